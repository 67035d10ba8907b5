/** What a spec relies on: its subject's folder, and the versions that its builds name. Whether they are there is for the rim to see. */
import type { Place } from '../model/problem.ts';
import type { Draft } from './interpret.ts';
import type { Reading } from './reading.ts';

/** `folder` is absolute, `text` as it was written. */
export interface RequiredFolder {
  readonly folder: string;
  readonly text: string;
  readonly at: Place;
  /** A version of the subject, seen from this folder; otherwise the folder itself is meant. */
  readonly build?: true;
}

export function findRequiredFolders(
  reading: Reading,
  raw: Draft,
  subjectFolder: string,
  builds: readonly string[],
): RequiredFolder[] {
  const own = raw.subject?.folder;
  const named =
    own === undefined
      ? []
      : [{ folder: subjectFolder, text: own, at: reading.document.placeOf(['subject', 'folder']) }];
  const value = raw.factors?.build;
  const base = Array.isArray(value) ? ['factors', 'build'] : ['factors', 'build', 'levels'];
  return [
    ...named,
    ...builds.map((text) => {
      const index = (
        Array.isArray(value) ? value : ((value as { levels: unknown[] } | undefined)?.levels ?? [])
      ).findIndex((_, position) => reading.text([...base, position]) === text);
      return { folder: subjectFolder, text, at: reading.document.placeOf([...base, index]), build: true as const };
    }),
  ];
}

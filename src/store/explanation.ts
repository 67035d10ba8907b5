/** What witnesses said of a study once it was finished: the one file that may come to its folder later, and be replaced. */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Witness } from '../model/witness.ts';
import { readJson, writeJson } from './data-file.ts';

const FILE = 'witnesses.json';
export const EXPLANATION_SCHEMA = 'seamark/witnesses@1';

export interface Explanation {
  readonly study: string;
  /** ISO 8601, UTC: when witnesses were asked last. */
  readonly gatheredAt: string;
  readonly witnesses: readonly Witness[];
}

/** undefined where nobody asked; a Problem that names the file where it can't be read. */
export function readExplanation(folder: string): Explanation | undefined {
  const path = join(folder, FILE);
  return existsSync(path) ? (readJson(path, EXPLANATION_SCHEMA) as unknown as Explanation) : undefined;
}

/** Written aside and named whole, over the one before. Returns its path. */
export function keepExplanation(folder: string, explanation: Explanation): string {
  const path = join(folder, FILE);
  writeJson(path, EXPLANATION_SCHEMA, explanation);
  chmodSync(path, 0o444);
  return path;
}

/** Each answer takes the place of what the same witness said of the same pair before; the others stay. */
export function withAnswers(before: readonly Witness[] = [], now: readonly Witness[]): readonly Witness[] {
  const keyOf = ({ name, treatment, baseline, candidate }: Witness) =>
    JSON.stringify([name, treatment, baseline, candidate]);
  const answers = new Map([...before, ...now].map((witness) => [keyOf(witness), witness]));
  return [...answers.values()];
}

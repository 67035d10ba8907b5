/** What a level of `build` names, before anything is copied or fetched. */
import { stat } from 'node:fs/promises';
import { relative, resolve as resolvePath } from 'node:path';
import { Problem, type Warning } from '../model/problem.ts';
import { requireProgram } from './prebuilt.ts';
import { findRepository, lookUp, noSuchRef, type Repository } from './repository.ts';
import { readBaselineText, requireBaseline } from './saved-baseline.ts';
import { isPath, readModuleText, readSourceText, type SourceText } from './source-text.ts';

export type Named = { readonly text: SourceText; readonly notes: readonly Warning[] } & (
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'module'; readonly module: string; readonly version: string }
  | { readonly kind: 'commit'; readonly repository: Repository; readonly sha: string }
  | { readonly kind: 'worktree'; readonly repository: Repository }
);

/** `subjectFolder` is the subject's own: levels are seen from there. Rejects with a Problem that says what there is instead. */
export async function nameSource(level: string, subjectFolder: string, signal?: AbortSignal): Promise<Named> {
  const whole = { base: level, changes: [] };
  const text = isPath(level) && (await isThere(resolvePath(subjectFolder, level))) ? whole : readSourceText(level);
  const { base } = text;
  const notes: Warning[] = [];
  const place = resolvePath(subjectFolder, base);
  const found = await stat(place).catch(() => undefined);
  const onDisk = found?.isDirectory()
    ? ({ kind: 'folder', folder: place } as const)
    : found?.isFile()
      ? ({ kind: 'file', file: place } as const)
      : undefined;
  if (isPath(base)) {
    if (onDisk) return { text, notes, ...onDisk };
    throw noSuchBuild(level, `is not there: ${relative('', place) || place}`);
  }
  const module = readModuleText(base);
  if (module) return { text, notes, kind: 'module', ...module };
  const repository = await findRepository(subjectFolder, signal).catch((error) => {
    if (onDisk && error instanceof Problem) return undefined; // a folder needs no repository
    throw error;
  });
  if (base === '.' || base === 'worktree') {
    if (repository?.root !== undefined) return { text, notes, kind: 'worktree', repository };
    if (base === '.' && onDisk) return { text, notes, ...onDisk };
    throw noSuchBuild(level, 'needs a git repository with a working tree, and the subject lies in none');
  }
  const ref = repository && (await lookUp(repository, base, signal));
  if (repository && ref) {
    if (ref.ambiguous)
      notes.push(
        warn(`\`${base}\` is a tag and a branch; the tag was taken`, `write refs/heads/${base} for the branch`),
      );
    if (onDisk)
      notes.push(
        warn(
          `\`${base}\` is a commit and a ${onDisk.kind}; the commit was taken`,
          `write ./${base} for the ${onDisk.kind}`,
        ),
      );
    return { text, notes, kind: 'commit', repository, sha: ref.sha };
  }
  if (onDisk) return { text, notes, ...onDisk };
  if (repository) throw await noSuchRef(repository, base, signal);
  throw noSuchBuild(level, `is no folder (${relative('', place) || place}), and the subject lies in no git repository`);
}

const warn = (message: string, cure: string): Warning => ({ code: 'ambiguous-build', message, cure });

function noSuchBuild(level: string, why: string): Problem {
  return new Problem({
    code: 'no-such-build',
    message: `The build \`${level}\` ${why}`,
    cure: "A build is a commit, branch or tag, `.` for the working tree, MODULE@VERSION, or a folder or program relative to the subject's folder.",
    blame: 'input',
  });
}

/** Throws a Problem where something is to be taken out of what is not copied. */
export function requireNoCopy({ changes }: SourceText, level: string): void {
  if (changes.every(({ kind }) => kind === 'variable')) return;
  throw new Problem({
    code: 'build-not-copied',
    message: `\`${level}\`: a folder or a file is built where it stands, and nothing is taken out of it or put in`,
    cure: 'Name a commit, or `.` for the working tree: these are copied first.',
    blame: 'input',
  });
}

/** Whether it names something, as far as can be told without the network and without a copy. Rejects with a Problem. */
export async function requireSource(
  level: string,
  { folder, signal }: { readonly folder: string; readonly signal?: AbortSignal },
): Promise<void> {
  const saved = readBaselineText(level);
  if (saved !== undefined) {
    requireBaseline(saved, folder);
    return;
  }
  const named = await nameSource(level, folder, signal);
  if (named.kind === 'folder' || named.kind === 'file') requireNoCopy(named.text, level);
  if (named.kind === 'file') await requireProgram(named.file);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

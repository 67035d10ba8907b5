/** Where a project keeps its studies: `.seamark/` in the working folder or above it, ignored by git. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { errorCode, explainWriteFailure } from './write-failure.ts';

export const KEEP = '.seamark';

/**
 * The nearest folder from `from` upwards that has a `.seamark`, no further up than the root of its git repository;
 * otherwise `from`. Outside git nothing above is looked at: a stray `.seamark` in a home folder must not collect studies.
 */
export function findProject(from: string): string {
  const passed: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    passed.push(folder);
    if (existsSync(join(folder, '.git'))) return passed.find((candidate) => existsSync(join(candidate, KEEP))) ?? from;
    if (dirname(folder) === folder) return from;
  }
}

/** Makes `.seamark` with its .gitignore; throws a Problem when it can't. Returns its path. */
export function ensureKeep(project: string): string {
  const keep = join(project, KEEP);
  try {
    unlessThere(() => mkdirSync(keep));
    unlessThere(() => writeFileSync(join(keep, '.gitignore'), '*\n', { flag: 'wx' }));
  } catch (error) {
    throw explainWriteFailure(error, describePlace(keep));
  }
  return keep;
}

/** Not `mkdir -p`: on a read-only file system that one reports a missing parent. */
export function unlessThere(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** A path as the user would type it. */
export function describePlace(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}

/** Failures of the disk, said as what to do about them. */
import { Problem } from '../model/problem.ts';

/** Out of space, over the quota, or over the limit on the size of a file (ulimit -f). */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const CLOSED = new Set(['EROFS', 'EACCES', 'EPERM']);

/** The Problem behind a failed write to `what`; DuckDB has no error codes, so its text is read as well. */
export function explainWriteFailure(error: unknown, what: string): Problem {
  if (error instanceof Problem) return error;
  const code = errorCode(error);
  const said = error instanceof Error ? error.message : String(error);
  if (FULL.has(code) || /no space left on device|disk quota exceeded|file too large/i.test(said)) {
    return new Problem(
      {
        code: 'disk-full',
        message: `There is no space left to write ${what}`,
        cure: 'Free some space; what a study measured until then is kept, and `seamark run --resume` goes on from there.',
        blame: 'run',
      },
      error,
    );
  }
  if (CLOSED.has(code)) {
    return new Problem(
      {
        code: 'folder-read-only',
        message: `Nothing can be written to ${what}: ${code === 'EROFS' ? 'the file system is read-only' : 'permission is denied'}`,
        cure: 'Run seamark from a folder you may write to, or make this one writable: studies are kept in `.seamark/` there.',
        blame: 'run',
      },
      error,
    );
  }
  return new Problem(
    {
      code: 'cannot-write',
      message: `Writing ${what} failed: ${said}`,
      cure: 'Check that the folder exists and may be written to.',
      blame: 'run',
    },
    error,
  );
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A full disk or a lost folder, which can be mended. */
export function isAboutDisk(problem: Problem): boolean {
  return ['disk-full', 'folder-read-only', 'cannot-write'].includes(problem.facts.code);
}

/** A file of text that a command is given by name; `-` is standard input. */
import { readFileSync } from 'node:fs';
import { Problem } from '../model/problem.ts';

/** Throws a Problem of this code and cure where it can't be read. */
export function readTextFile(file: string, { code, cure }: { readonly code: string; readonly cure: string }): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Problem({ code, message: `cannot read ${file}: ${reasonOf(error)}`, cure }, error);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : (error as Error).message;
}

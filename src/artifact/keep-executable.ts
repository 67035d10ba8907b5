/** An executable that is built in place is overwritten by the next build: a copy under `$OUT` is what runs. */
import { copyFile, open, rename, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { expand, type Variables } from '../machine/variables.ts';
import type { CommandLine } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';

export interface Place {
  readonly folder: string;
  readonly out: string;
  readonly variables: Variables;
  /** Whether anything was built; otherwise nothing is overwritten and nothing is copied. */
  readonly inPlace: boolean;
}

/** The line to start, and the executable behind it when it is a file of the subject. */
export async function keepExecutable(
  line: CommandLine,
  place: Place,
): Promise<{ readonly line: CommandLine; readonly file?: string }> {
  const [first = '', ...rest] = line.words;
  const program = expand(first, place.variables);
  // Without a slash it is found on the PATH: an interpreter, not something that was built here.
  if (line.shell !== undefined || !program.includes('/')) return { line };
  const file = resolve(place.folder, program);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new Problem({
      code: 'nothing-to-run',
      message: `\`run\` names ${first}, which is not there${place.inPlace ? ' after the build' : ''}`,
      cure: 'Let a build command make it (`go build -o $OUT/bench …`), or name the file that it makes.',
      blame: 'run',
    });
  }
  const inFolder = !relative(place.folder, file).startsWith('..');
  const inOut = !relative(place.out, file).startsWith('..');
  if (!place.inPlace || inOut || !inFolder || !(await isProgram(file))) {
    return { line: { ...line, words: [file, ...rest] }, file };
  }
  const copy = join(place.out, basename(file));
  await copyFile(file, `${copy}.new`);
  await rename(`${copy}.new`, copy); // a process may still run the old one
  return { line: { ...line, words: [copy, ...rest] }, file: copy };
}

/** Scripts look for files beside themselves: only machine code is copied. */
async function isProgram(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x7fELF';
  } finally {
    await handle.close();
  }
}

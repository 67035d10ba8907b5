/** A program that somebody built already: the test binary of a Go package, or what `run` starts. It is copied and never built. */
import { chmod, copyFile, open, realpath } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { execa } from 'execa';
import type { CommandLine, Experiment, Path } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import type { Artifact, BenchPackage } from './artifact.ts';
import { describeContents, hashFile } from './contents.ts';
import { keepSource, keyOf } from './kept-folder.ts';
import type { BuildLevel } from './source.ts';

/** Rejects with a Problem when it is no program. */
export async function openPrebuilt(file: string, subjectFolder: string): Promise<BuildLevel> {
  await requireProgram(file);
  const hash = await hashFile(file);
  const content = keyOf('file', hash);
  const name = basename(await realpath(file)).replaceAll(/[^\w.-]/g, '_');
  const { tree } = await keepSource(content, async (place) => {
    await copyFile(file, join(place, name));
    await chmod(join(place, name), 0o755);
    return [];
  });
  return { folder: subjectFolder, content, file: join(tree, name), said: `${basename(file)} (${hash.slice(0, 9)})` };
}

export async function requireProgram(file: string): Promise<void> {
  if (await isProgram(file)) return;
  throw new Problem({
    code: 'not-a-program',
    message: `${basename(file)} is no program of this system, and a file as a build is one`,
    cure: 'Name a Go test binary (`go test -c`) for go-bench, or the program that `run` starts.',
    blame: 'input',
  });
}

async function isProgram(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.toString('latin1');
    return start === '\x7fELF' || start.startsWith('#!');
  } finally {
    await handle.close();
  }
}

export interface PrebuiltUse {
  readonly out: string;
  readonly project: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly lines: readonly (readonly [Path | '', CommandLine])[];
}

/** The artifact that stands for a build. Rejects with a Problem where one file can't stand for all that `run` starts. */
export async function usePrebuilt(
  { subject }: Experiment,
  { folder, file = '' }: BuildLevel,
  { out, project, environment, lines }: PrebuiltUse,
): Promise<Artifact> {
  const packages = subject.kind === 'go-bench' ? [await describeTestProgram(file, folder)] : [];
  const contents = await describeContents({ executables: [file], folder: out, out, project, commands: [] });
  return {
    probed: false,
    folder,
    out,
    commands: Object.fromEntries(lines.map(([path, line]) => [path, withProgram(line, file, lines)])),
    packages,
    environment,
    contents,
  };
}

function withProgram(line: CommandLine, file: string, lines: PrebuiltUse['lines']): CommandLine {
  const programs = new Set(lines.map(([, { words }]) => words[0]));
  if (line.shell === undefined && programs.size === 1) return { words: [file, ...line.words.slice(1)] };
  throw new Problem({
    code: 'prebuilt-not-enough',
    message:
      line.shell === undefined
        ? `\`run\` starts several programs, and ${basename(file)} can stand for one only`
        : `\`run\` is a line for the shell, and ${basename(file)} can stand for a program only`,
    cure: 'Name a folder or a commit as the build.',
    blame: 'input',
  });
}

/** Which package it tests is written in it; where that lies decides where its testdata is looked for. */
async function describeTestProgram(file: string, subjectFolder: string): Promise<BenchPackage> {
  const ask = (words: readonly string[]) => execa('go', words, { cwd: subjectFolder, reject: false, stdin: 'ignore' });
  const inside = await ask(['version', '-m', file]);
  const name = /^\tpath\t(.*)\.test$/m.exec(inside.stdout)?.[1] ?? basename(file);
  const found = await ask(['list', '-f', '{{.Dir}}', name]);
  const folder = found.failed || found.stdout === '' ? subjectFolder : found.stdout;
  const label = relative(subjectFolder, folder) || '.';
  return { name, label, folder, file, resident: 'it was built by somebody else, without a way in for single batches' };
}

/** Finds and reads spec files: named, in a named folder, here or above, or from standard input (`-`). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Experiment } from '../model/experiment.ts';
import { Problem, Problems } from '../model/problem.ts';
import type { SpecResult } from '../spec/read-spec.ts';
import type { RequiredFolder } from '../spec/required-folders.ts';

export const SPEC_NAME = 'seamark.yaml';

export interface SpecFile {
  /** As it is named in messages: relative to the working folder where that is shorter. */
  readonly name: string;
  /** Absolute; the folder the spec's own folders are relative to. */
  readonly folder: string;
  readonly text: string;
}

/** `where`: a file, a folder that holds `seamark.yaml`, `-`, or nothing for the nearest one upwards from here. */
export function findSpecFile(where: string | undefined, workingFolder: string = process.cwd()): SpecFile {
  if (where === '-') return { name: '<stdin>', folder: workingFolder, text: readFileSync(0, 'utf8') };
  const path = where === undefined ? findUpwards(workingFolder) : locate(resolve(workingFolder, where), where);
  try {
    return { name: shorten(path, workingFolder), folder: dirname(path), text: readFileSync(path, 'utf8') };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'it may not be read' : (error as Error).message;
    throw new Problem(
      { code: 'spec-unreadable', message: `cannot read ${shorten(path, workingFolder)}: ${reason}` },
      error,
    );
  }
}

/** All experiments of the spec at `where`, or Problems. Folders that the spec relies on are checked to be there. */
export async function loadExperiments(
  where: string | undefined,
): Promise<{ file: SpecFile; experiments: readonly Experiment[] }> {
  const file = findSpecFile(where);
  const result = await readSpecFile(file);
  if (result.problems.length > 0) throw new Problems(result.problems);
  return { file, experiments: result.experiments };
}

/** The spec with what only the disk and the design room can tell added to its problems. */
export async function readSpecFile(file: SpecFile): Promise<SpecResult> {
  const { readSpec } = await import('../spec/read-spec.ts');
  const result = readSpec(file.text, { file: file.name, folder: file.folder });
  const { refuseDesign } = await import('../design/refuse-design.ts');
  const refused = new Map<string, Problem>();
  for (const { experiment, at } of result.designs) {
    const facts = refused.has(experiment.name) ? undefined : refuseDesign(experiment);
    if (facts) refused.set(experiment.name, new Problem({ ...facts, at }));
  }
  const missing = await Promise.all(result.requiredFolders.map(findMissing));
  return { ...result, problems: [...result.problems, ...missing.flat(), ...refused.values()] };
}

/** The one named, or the only one; several without a name is a Problem that lists them. */
export function chooseExperiment(experiments: readonly Experiment[], name: string | undefined): Experiment {
  const names = experiments.map((experiment) => experiment.name).join(', ');
  const chosen = name === undefined ? experiments[0] : experiments.find((experiment) => experiment.name === name);
  if (chosen !== undefined && (name !== undefined || experiments.length === 1)) return chosen;
  const message =
    name === undefined ? 'the spec holds several experiments' : `the spec holds no experiment \`${name}\``;
  throw new Problem({ code: 'which-experiment', message, cure: `choose one with --experiment: ${names}` });
}

async function findMissing(required: RequiredFolder): Promise<Problem[]> {
  // Of a subject that is not there no version is: that is said once.
  if (!required.build) return missingFolder(required);
  if (!existsSync(required.folder)) return [];
  const { requireSource } = await import('../artifact/named-source.ts');
  try {
    await requireSource(required.text, required);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [new Problem({ ...error.facts, at: required.at })];
  }
}

function missingFolder({ folder, text, at }: RequiredFolder): Problem[] {
  const kind = statSync(folder, { throwIfNoEntry: false });
  if (kind?.isDirectory()) return [];
  const message = kind === undefined ? `there is no folder \`${text}\`` : `\`${text}\` is not a folder`;
  return [
    new Problem({
      code: 'missing-folder',
      message,
      cure: 'name a folder that holds the subject, relative to the spec',
      at,
    }),
  ];
}

function locate(path: string, where: string): string {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) {
    const cure = 'name a spec file or its folder, or write one with `seamark init`';
    throw new Problem({ code: 'no-spec', message: `there is no file or folder ${where}`, cure });
  }
  if (!kind.isDirectory()) return path;
  if (existsSync(join(path, SPEC_NAME))) return join(path, SPEC_NAME);
  throw new Problem({
    code: 'no-spec',
    message: `there is no ${SPEC_NAME} in ${where}`,
    cure: `write one with \`seamark init ${where}\``,
  });
}

function findUpwards(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, SPEC_NAME);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) break;
  }
  const message = `there is no ${SPEC_NAME} here or in a folder above`;
  throw new Problem({ code: 'no-spec', message, cure: 'write one with `seamark init`, or name one' });
}

function shorten(path: string, workingFolder: string): string {
  const short = relative(workingFolder, path);
  return short === '' || short.length > path.length ? path : short;
}

/**
 * The experiment behind `seamark compare`: that of a spec with the two builds in it, or one that is written for what is here: the
 * benchmarks of a Go module, prebuilt test programs, any command.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { isPath, readModuleText } from '../artifact/source-text.ts';
import type { Experiment, Factor } from '../model/experiment.ts';
import { Problem, Problems } from '../model/problem.ts';
import { readSpec } from '../spec/read-spec.ts';
import { chooseExperiment, loadExperiments, SPEC_NAME } from './spec-file.ts';

/** What was asked for on the command line. */
export interface Wish {
  /** As they were typed: what a level of `build` may be, folders and files as seen from `cwd`. */
  readonly base: string;
  readonly candidate: string;
  readonly cwd: string;
  readonly spec?: string;
  readonly experiment?: string;
  readonly bench?: string;
  readonly package?: string;
  readonly build?: readonly string[];
  readonly run?: string;
  /** A fraction. */
  readonly margin?: number;
}

export interface Question {
  readonly experiment: Experiment;
  /** No spec says what to run: Seamark wrote the experiment, and may fit probe and budget to what is found. */
  readonly written: boolean;
  /** What the user would want to know before it starts, as sentences. */
  readonly notes: readonly string[];
}

/** Rejects with Problems: no spec and no module here, several modules, words that no command line is made of. */
export async function writeQuestion(wish: Wish): Promise<Question> {
  const own = ['bench', 'package', 'build', 'run'].filter((key) => wish[key as keyof Wish] !== undefined);
  const spec = wish.spec ?? (own.length > 0 || standAlone(wish) ? undefined : specAbove(wish.cwd));
  if (spec !== undefined) return { experiment: await fromSpec(wish, spec), written: false, notes: [] };
  const skipped = own.length > 0 && specAbove(wish.cwd) !== undefined;
  const notes = skipped ? [`the ${SPEC_NAME} here is left aside: --${own[0]} says what to run (--spec takes it)`] : [];
  return { experiment: fromScratch(wish), written: true, notes };
}

async function fromSpec(wish: Wish, spec: string): Promise<Experiment> {
  const { experiments } = await loadExperiments(spec);
  const experiment = chooseExperiment(experiments, wish.experiment);
  const { margin } = wish;
  const asked = margin === undefined ? experiment : { ...experiment, margin, margins: {} };
  return withBuilds(asked, sidesFrom(wish, experiment.subject.folder));
}

/** These builds, the first the baseline. What the spec expects of its own builds can't be asked of these. */
export function withBuilds(experiment: Experiment, sides: readonly [string, ...string[]]): Experiment {
  const build: Factor = { name: 'build', family: 'build', levels: sides.map((text) => ({ text })) };
  return {
    ...experiment,
    factors: [build, ...experiment.factors.filter(({ family }) => family !== 'build')],
    baseline: { ...experiment.baseline, build: sides[0] },
    expect: experiment.expect.filter(
      (one) =>
        one.kind === 'interaction' ||
        ![one.at, ...(one.kind === 'change' ? [one.from, one.to] : [])].some((place) => 'build' in place),
    ),
  };
}

/** Written as a spec and read as one, so that what is wrong is said as of any spec. */
function fromScratch(wish: Wish): Experiment {
  const folder = standAlone(wish) ? wish.cwd : findModule(wish);
  const sides = sidesFrom(wish, folder);
  const text = stringify({
    experiment: 'compare',
    subject: {
      ...(wish.run === undefined && !isProgram(wish)
        ? { kind: 'go-bench', package: packageFrom(wish, folder), bench: wish.bench ?? '.' }
        : { kind: 'command', run: wish.run ?? `./${basename(wish.candidate)}` }),
      ...(wish.build === undefined ? {} : { build: wish.build }),
    },
    factors: { build: sides },
  });
  const { experiments, problems } = readSpec(text, { file: 'the command line', folder });
  const [experiment] = experiments;
  if (problems.length > 0 || !experiment) throw new Problems(problems);
  const { file: _, margin, ...read } = experiment;
  return { ...read, margin: wish.margin ?? margin };
}

/** Words that mean the same from anywhere: registry versions, and prebuilt files. */
function standAlone({ base, candidate, cwd }: Wish): boolean {
  return [base, candidate].every(
    (side) => readModuleText(side) !== undefined || isFile(side, cwd) || isOwnModule(side, cwd),
  );
}

/** A program, and no test program of Go. */
function isProgram({ base, candidate, cwd }: Wish): boolean {
  return [base, candidate].every((side) => isFile(side, cwd)) && !candidate.endsWith('.test');
}

function isFile(text: string, cwd: string): boolean {
  return statSync(resolve(cwd, text), { throwIfNoEntry: false })?.isFile() === true;
}

/** A folder that is written as one and is a module by itself. */
function isOwnModule(text: string, cwd: string): boolean {
  return isPath(text) && existsSync(join(resolve(cwd, text), 'go.mod')) && resolve(cwd, text) !== cwd;
}

/** Folders and files as seen from the subject's folder, everything else as it was typed. */
function sidesFrom({ base, candidate, cwd }: Wish, folder: string): [string, string] {
  const seen = (text: string): string => {
    if (isAbsolute(text) || (!isPath(text) && !isFile(text, cwd))) return text;
    const near = relative(folder, resolve(cwd, text));
    return near === '' ? '.' : near.startsWith('..') ? near : `./${near}`;
  };
  return [seen(base), seen(candidate)];
}

function packageFrom({ package: pattern = './...', cwd }: Wish, folder: string): string {
  if (!isPath(pattern) || folder === cwd || pattern === './...') return pattern;
  const near = relative(folder, resolve(cwd, pattern));
  return near === '' ? '.' : `./${near}`;
}

/** The Go module around `cwd`, or the only one below; for a command where one stands. */
function findModule({ cwd, run, base, candidate }: Wish): string {
  if (run !== undefined) return cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'go.mod'))) return folder;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) break;
  }
  const below = modulesBelow(cwd);
  if (below[0] !== undefined && below.length === 1) return below[0];
  const shown = below.slice(0, 5).map((folder) => relative(cwd, folder));
  throw new Problem({
    code: below.length === 0 ? 'nothing-to-compare' : 'which-module',
    message:
      below.length === 0
        ? `there is neither a ${SPEC_NAME} nor a Go module here, above or below`
        : `there are ${below.length} Go modules below: ${shown.join(', ')}${below.length > 5 ? ', …' : ''}`,
    cure:
      below.length === 0
        ? `go to the repository, name modules of the registry (example.com/module@v1.2.0), or say how to run a program with --run; \`${base}\` and \`${candidate}\` are versions of what is here`
        : 'go to the folder of one of them',
  });
}

/** So deep, and no further: whoever has more modules than a screen holds goes to one. */
const DEEP = 3;

function modulesBelow(folder: string, depth = 0): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some(({ name }) => name === 'go.mod') ? [folder] : [];
  if (depth === DEEP) return own;
  const inside = entries.filter(
    (entry) => entry.isDirectory() && !/^[._]|^(vendor|node_modules|target|testdata)$/.test(entry.name),
  );
  return [...own, ...inside.flatMap(({ name }) => modulesBelow(join(folder, name), depth + 1))];
}

/** No further up than the repository: what lies above it is about something else. */
function specAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const spec = join(folder, SPEC_NAME);
    if (existsSync(spec)) return spec;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined;
  }
}

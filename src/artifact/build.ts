/**
 * Sources to built subjects. Build commands run in the folder of the build level, without a shell unless the spec asks
 * for one; `$OUT` is a folder of our own per build level and variant, under `<project>/.seamark/builds/`.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { faultBuild, keepFaultKey, plantsFaults } from '../instrument/fault.ts';
import { instrumentBuild } from '../instrument/probe-environment.ts';
import { ensureTool } from '../machine/toolbox.ts';
import { expand, expandAll, type Variables } from '../machine/variables.ts';
import type { CommandLine, Experiment, Path } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import type { Artifact, BenchPackage } from './artifact.ts';
import { buildBenchPackages } from './bench-packages.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';
import { requireCCompiler } from './c-compiler.ts';
import { describeContents } from './contents.ts';
import { keepExecutable } from './keep-executable.ts';
import { shareCargoTargets } from './share-target.ts';
import { buildSwitchedHost } from './switched-host.ts';

export interface BuildOptions {
  /** Folder that holds `.seamark/`. */
  readonly project: string;
  readonly signal?: AbortSignal;
  /** Told before each command: `cargo build --release` in `v2, probed`. */
  readonly onStep?: (step: string, build: string) => void;
}

/** One version of the subject, as the build factor names it. */
export interface BuildLevel {
  /** Undefined when the experiment has no build factor. */
  readonly level?: string;
  readonly folder: string;
}

/** The folders to build in, in the order of the levels. Rejects with a Problem that names a folder that is not there. */
async function listBuildLevels(experiment: Experiment): Promise<readonly BuildLevel[]> {
  const { folder } = experiment.subject;
  const factor = experiment.factors.find((candidate) => candidate.family === 'build');
  const levels: BuildLevel[] = factor
    ? factor.levels.map(({ text }) => ({ level: text, folder: resolve(folder, text) }))
    : [{ folder }];
  for (const one of levels) {
    const found = await stat(one.folder).catch(() => undefined);
    if (found?.isDirectory()) continue;
    throw new Problem({
      code: 'no-such-build',
      message: one.level
        ? `The build \`${one.level}\` is no folder: ${relative('', one.folder) || one.folder}`
        : `The subject's folder is not there: ${relative('', one.folder) || one.folder}`,
      cure: 'Levels of `build` are folders, relative to the subject, each holding a version of it.',
      blame: 'input',
    });
  }
  return levels;
}

/** Builds every level, and with the probe where it is asked for. */
export async function buildSubjects(
  experiment: Experiment,
  options: BuildOptions & { readonly probed: boolean },
): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  // Built in place, the last build is what stays in the user's folder: the bare one. Elsewhere it comes first and its Rust
  // serves both; the other way round a Go library that a Rust build makes would bring the probe into the bare one.
  const lines = commandLines(experiment);
  const bareFirst = lines.length > 0 && lines.every(([, line]) => /^\$\{?OUT\}?\//.test(line.words[0] ?? ''));
  const variants = !options.probed ? [false] : bareFirst ? [false, true] : [true, false];
  const levels = await listBuildLevels(experiment);
  const plants = plantsFaults(experiment);
  if ((options.probed || plants) && buildsGo(experiment)) await requireCompilerIn(levels, experiment);
  if (plants) return buildPlantable(experiment, levels, options, bareFirst);
  for (const level of levels) {
    for (const probed of variants) {
      if (probed && bareFirst) await shareRust(experiment, level, options);
      artifacts.push(await buildSubject(experiment, level, probed ? 'probe' : 'bare', options));
    }
  }
  return withSwitchedHost(experiment, artifacts, options);
}

/** Where the spec names a foreign library and nobody asks for another mode. */
async function withSwitchedHost(
  experiment: Experiment,
  artifacts: readonly Artifact[],
  { signal, onStep }: BuildOptions,
): Promise<readonly Artifact[]> {
  const { subject, mode, baseline } = experiment;
  if (subject.kind !== 'harness' || subject.library === undefined) return artifacts;
  if (mode !== undefined && mode !== 'in-process') return artifacts;
  const builds = artifacts.filter(({ probed, build }) => !probed && build !== undefined);
  // Stable: the baseline first, the others as they are.
  const sorted = builds.toSorted((a, b) => Number(b.build === baseline.build) - Number(a.build === baseline.build));
  if (sorted.length < 2) return artifacts;
  const switched = await buildSwitchedHost({
    experiment,
    subject,
    artifacts: sorted,
    environment: environmentOfThisProcess(),
    ...(signal ? { signal } : {}),
    ...(onStep ? { onStep } : {}),
  });
  return artifacts.map((artifact) => (artifact === sorted[0] ? { ...artifact, switched } : artifact));
}

/**
 * One program a level serves all arms, planted, bare and probed: none differs from another but in what its run switches on.
 * Built in place, it does not stay in the user's folder.
 */
async function buildPlantable(
  experiment: Experiment,
  levels: readonly BuildLevel[],
  options: BuildOptions & { readonly probed: boolean },
  underOut: boolean,
): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  for (const level of levels) {
    const artifact = await buildSubject(experiment, level, 'fault', options);
    artifacts.push(artifact, ...(options.probed ? [{ ...artifact, probed: true }] : []));
    if (!underOut && experiment.subject.build.length > 0) await buildSubject(experiment, level, 'bare', options);
  }
  return artifacts;
}

/** bare: as the user builds it · probe: with the probe in it · fault: with the probe, and with faults for who has the key. */
type Variant = 'bare' | 'probe' | 'fault';

const SAID: Readonly<Record<Variant, string>> = { bare: '', probe: ', probed', fault: ', for planted faults' };

function buildsGo({ subject }: Experiment): boolean {
  return subject.kind === 'go-bench' || subject.build.some(({ words }) => words[0] === 'go');
}

async function requireCompilerIn(levels: readonly BuildLevel[], { subject }: Experiment): Promise<void> {
  const folder = levels[0]?.folder ?? subject.folder;
  // $OUT is not known yet, and names no compiler.
  const environment = { ...environmentOfThisProcess(), ...subject.environment };
  await requireCCompiler('The probe (`probe:` in the spec)', { folder, environment });
}

async function shareRust(experiment: Experiment, { folder }: BuildLevel, { project }: BuildOptions): Promise<void> {
  const out = outFolder(experiment, folder, project);
  await makeFolder(join(out, 'probe'));
  await shareCargoTargets(join(out, 'bare'), join(out, 'probe'));
}

/** Builds one variant of one level. Rejects with a Problem: a tool that is missing, a command that failed or took too long. */
async function buildSubject(
  experiment: Experiment,
  { level, folder }: BuildLevel,
  variant: Variant,
  options: BuildOptions,
): Promise<Artifact> {
  const { subject } = experiment;
  const out = join(outFolder(experiment, folder, options.project), variant);
  await makeFolder(out);
  const faultKey = variant === 'fault' ? await keepFaultKey(out) : undefined;
  const variables: Variables = { OUT: out, SEED: String(experiment.workload?.seed ?? experiment.seed) };
  const own: Record<string, string> = expandAll(subject.environment, variables);
  const environment: Record<string, string> = { ...environmentOfThisProcess(), ...own };
  const step: BuildStep = {
    folder,
    // The probe is added to the subject's own GOFLAGS.
    environment: {
      ...environment,
      ...(variant === 'bare' ? {} : instrumentBuild(await ensureTool('toolexec'), environment.GOFLAGS)),
      ...(faultKey === undefined ? {} : faultBuild(faultKey)),
    },
    variables,
    limitS: experiment.limits.buildS,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const name = `${level ?? (basename(folder) || 'the subject')}${SAID[variant]}`;
  const lines = commandLines(experiment);
  await removeOld(lines, variables);
  for (const line of subject.build) {
    options.onStep?.(line.shell ?? line.words.join(' '), name);
    await runBuildStep(line, step, name);
  }
  const packages: readonly BenchPackage[] =
    subject.kind === 'go-bench'
      ? await buildBenchPackages(subject, step, {
          out,
          name,
          resident: wantsResident(experiment),
          onStep: options.onStep,
        })
      : [];
  const inPlace = subject.build.length > 0;
  const commands: Partial<Record<Path | '', CommandLine>> = {};
  const executables = new Set(packages.map((one) => one.file));
  for (const { resident } of packages) if (typeof resident === 'object') executables.add(resident.file);
  for (const [path, line] of lines) {
    const kept = await keepExecutable(line, { folder, out, variables, inPlace });
    commands[path] = kept.line;
    if (kept.file) executables.add(kept.file);
  }
  return {
    ...(level === undefined ? {} : { build: level }),
    probed: variant === 'probe',
    ...(faultKey === undefined ? {} : { faultKey }),
    folder,
    out,
    commands,
    packages,
    environment: own,
    contents: await describeContents({
      executables: [...executables],
      folder,
      out,
      project: options.project,
      commands: subject.build.map((line) => line.shell ?? line.words.join(' ')),
    }),
  };
}

/** Whether batches of Go benchmarks may take turns: between builds, unless the spec asks for something else. */
function wantsResident({ mode, factors }: Experiment): boolean {
  return mode === 'alternating' || (mode === undefined && factors.some(({ family }) => family === 'build'));
}

/** What `run` says, by path; also under '' for arms without one. */
function commandLines(experiment: Experiment): [Path | '', CommandLine][] {
  const { subject } = experiment;
  if (subject.kind === 'go-bench') return [];
  if (subject.kind === 'command') return [['', subject.run]];
  const lines = Object.entries(subject.run) as [Path, CommandLine][];
  const first = lines[0]?.[1];
  return first ? [...lines, ['', first]] : lines;
}

function outFolder(experiment: Experiment, folder: string, project: string): string {
  const { build, environment } = experiment.subject;
  const key = createHash('sha256')
    .update(JSON.stringify([folder, build, environment]))
    .digest('hex')
    .slice(0, 12);
  return join(project, '.seamark', 'builds', key);
}

async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw new Problem(
      {
        code: 'out-not-writable',
        message: `The folder for builds cannot be made: ${(error as NodeJS.ErrnoException).code ?? error}`,
        cure: `Make ${relative('', dirname(dirname(out))) || '.'} writable, or run in a copy of the project.`,
        blame: 'run',
      },
      error,
    );
  }
}

/**
 * Go does not notice that a foreign library it links has changed: with the executable still there it may say that nothing
 * is to be done. So what `run` names under $OUT goes first.
 */
async function removeOld(lines: readonly [string, CommandLine][], variables: Variables): Promise<void> {
  const out = variables.OUT ?? '';
  for (const [, line] of lines) {
    const file = expand(line.words[0] ?? '', variables);
    const inside = isAbsolute(file) ? relative(out, file) : '..';
    if (line.shell === undefined && !inside.startsWith('..') && inside !== '') await rm(file, { force: true });
  }
}

function environmentOfThisProcess(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('SEAMARK_')) kept[name] = value;
  }
  return kept;
}

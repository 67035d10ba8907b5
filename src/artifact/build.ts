/**
 * Sources to built subjects. Build commands run in the folder of the build level, without a shell unless the spec asks
 * for one; `$OUT` is a folder of our own per build level and variant.
 */
import { rm } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import { faultBuild, keepFaultKey, plantsFaults } from '../instrument/fault.ts';
import { instrumentBuild } from '../instrument/probe-environment.ts';
import { ensureTool } from '../machine/toolbox.ts';
import { expand, expandAll, type Variables } from '../machine/variables.ts';
import type { CommandLine, Experiment, Path } from '../model/experiment.ts';
import type { Artifact, BenchPackage } from './artifact.ts';
import { buildBenchPackages } from './bench-packages.ts';
import { beginBuild, keepBuild, recallBuild, seedTargets } from './build-cache.ts';
import { listBuildLevels, refusePrebuilt } from './build-levels.ts';
import {
  type BuildPlace,
  environmentOfThisProcess,
  findPlace,
  makeFolder,
  shareRust,
  wantsResident,
} from './build-place.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';
import { requireCCompiler } from './c-compiler.ts';
import { describeContents } from './contents.ts';
import { keepExecutable } from './keep-executable.ts';
import { usePrebuilt } from './prebuilt.ts';
import type { BuildLevel } from './source.ts';
import { buildSwitchedHost } from './switched-host.ts';

export interface BuildOptions {
  /** Folder that holds `.seamark/`. */
  readonly project: string;
  readonly signal?: AbortSignal;
  /** Told before each command: `cargo build --release` in `v2, probed`. */
  readonly onStep?: (step: string, build: string) => void;
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
  const levels = await listBuildLevels(experiment, options);
  const plants = plantsFaults(experiment);
  if (options.probed || plants) refusePrebuilt(levels);
  if ((options.probed || plants) && buildsGo(experiment)) await requireCompilerIn(levels, experiment);
  if (plants) return buildPlantable(experiment, levels, options, bareFirst);
  for (const level of levels) {
    const place = await findPlace(experiment, level, options.project);
    for (const probed of variants) {
      if (probed && bareFirst) await shareRust(place);
      artifacts.push(await buildSubject(experiment, { ...level, place }, probed ? 'probe' : 'bare', options));
    }
  }
  return withSwitchedHost(experiment, levels, artifacts, options);
}

/** Where the spec names a foreign library and nobody asks for another mode. */
async function withSwitchedHost(
  experiment: Experiment,
  levels: readonly BuildLevel[],
  artifacts: readonly Artifact[],
  { signal, onStep }: BuildOptions,
): Promise<readonly Artifact[]> {
  const { subject, mode, baseline } = experiment;
  if (subject.kind !== 'harness' || subject.library === undefined) return artifacts;
  if (mode !== undefined && mode !== 'in-process') return artifacts;
  if (levels.some(({ file }) => file !== undefined)) return artifacts; // without its library
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
    const placed = { ...level, place: await findPlace(experiment, level, options.project) };
    const artifact = await buildSubject(experiment, placed, 'fault', options);
    artifacts.push(artifact, ...(options.probed ? [{ ...artifact, probed: true }] : []));
    if (level.content !== undefined || underOut || experiment.subject.build.length === 0) continue;
    await buildSubject(experiment, placed, 'bare', options);
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

/** Builds one variant of one level, or finds it built. Rejects with a Problem: a tool that is missing, a command that failed or took too long. */
async function buildSubject(
  experiment: Experiment,
  level: BuildLevel & { readonly place: BuildPlace },
  variant: Variant,
  options: BuildOptions,
): Promise<Artifact> {
  const { place } = level;
  // A program that is built already is only looked at, and runs where the subject is today.
  const kept = level.file === undefined ? place.kept : undefined;
  const facts = {
    ...(level.level === undefined ? {} : { build: level.level }),
    ...(level.said === undefined ? {} : { said: level.said }),
    ...(level.notes === undefined ? {} : { notes: level.notes }),
  };
  const out = join(place.folder, variant);
  // The hook's path says which probe it puts in.
  const stamp = variant === 'bare' ? '' : await ensureTool('toolexec');
  const known = kept && (await recallBuild(kept, variant, stamp));
  if (known) return { ...known, ...facts };
  if (kept) {
    await beginBuild(kept, variant);
    await seedTargets(kept, variant);
  }
  await makeFolder(out);
  const { artifact, files } = await makeArtifact(experiment, level, { variant, out, toolexec: stamp }, options);
  if (kept) await keepBuild(kept, variant, stamp, artifact, files);
  return { ...artifact, ...facts };
}

async function makeArtifact(
  experiment: Experiment,
  { level, folder, environment: levelOwn, content, file }: BuildLevel,
  { variant, out, toolexec }: { readonly variant: Variant; readonly out: string; readonly toolexec: string },
  options: BuildOptions,
): Promise<{ readonly artifact: Artifact; readonly files: readonly string[] }> {
  const { subject } = experiment;
  const faultKey = variant === 'fault' ? await keepFaultKey(out) : undefined;
  const variables: Variables = { OUT: out, SEED: String(experiment.workload?.seed ?? experiment.seed) };
  const own: Record<string, string> = expandAll(subject.environment, variables);
  const lines = commandLines(experiment);
  if (file !== undefined) {
    const use = { out, project: options.project, environment: own, lines };
    return { artifact: await usePrebuilt(experiment, { folder, file }, use), files: [file] };
  }
  const environment: Record<string, string> = { ...environmentOfThisProcess(), ...own, ...levelOwn };
  // A copy of a version is no repository, and one around the cache folder would be none of the subject's.
  if (content !== undefined) environment.GOFLAGS = `${environment.GOFLAGS ?? ''} -buildvcs=false`.trim();
  const step: BuildStep = {
    folder,
    // The probe is added to the subject's own GOFLAGS.
    environment: {
      ...environment,
      ...(variant === 'bare' ? {} : instrumentBuild(toolexec, environment.GOFLAGS)),
      ...(faultKey === undefined ? {} : faultBuild(faultKey)),
    },
    variables,
    limitS: experiment.limits.buildS,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const name = `${level ?? (basename(folder) || 'the subject')}${SAID[variant]}`;
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
  const files = [...executables];
  const artifact = {
    probed: variant === 'probe',
    ...(faultKey === undefined ? {} : { faultKey }),
    folder,
    out,
    commands,
    packages,
    environment: own,
    ...(levelOwn === undefined ? {} : { buildEnvironment: levelOwn }),
    contents: await describeContents({
      executables: files,
      folder,
      out,
      project: options.project,
      commands: subject.build.map((line) => line.shell ?? line.words.join(' ')),
    }),
  };
  return { artifact, files };
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

/** What is calibrated: one treatment of the user's experiment, or of the lab that comes with Seamark, built once. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Artifact } from '../artifact/artifact.ts';
import { planExperiment } from '../design/plan.ts';
import { cacheFolder } from '../machine/cache-folder.ts';
import { packageRoot } from '../machine/package-root.ts';
import type { Experiment, Factor, Level } from '../model/experiment.ts';
import type { Plan } from '../model/plan.ts';
import { Problem, Problems } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';
import type { Executor } from '../model/run.ts';
import { parseQuantity } from '../model/unit.ts';
import { readSpec } from '../spec/read-spec.ts';
import { findProject } from '../store/project.ts';
import { machineFolder, subjectKey } from './calibration-place.ts';
import { requireFaultSites } from './fault-sites.ts';
import type { LiveLine } from './live-line.ts';
import { chooseExperiment, loadExperiments } from './spec-file.ts';

export const FAULT = 'fault.delay';

/** Of the lab: a payload whose work is well above what the boundary costs, and the cheapest hand-over. */
const LAB = { payload: '4 KiB', handover: 'borrow' } as const;

export interface CalibratedSubject {
  /** One treatment; the fault's only level plants nothing. */
  readonly experiment: Experiment;
  readonly treatment: string;
  readonly lab: boolean;
  /** Where its builds are kept. */
  readonly project: string;
  /** Where its studies are kept, and where they run. */
  readonly folder: string;
  readonly scratch: string;
}

export interface Choice {
  readonly experiment?: string;
  /** Levels by factor that stand for the rest; else the baseline's, or the first. */
  readonly at: Readonly<Record<string, string>>;
  readonly site?: string;
  /** A module of the registry in place of a spec, with what `go test` takes for package and benchmarks. */
  readonly module?: string;
  readonly package?: string;
  readonly bench?: string;
}

/** `spec`: as `seamark run` takes it; undefined for a module that is named, else the lab. */
export async function chooseSubject(spec: string | undefined, choice: Choice): Promise<CalibratedSubject> {
  const lab = spec === undefined && choice.module === undefined;
  const { experiments } =
    choice.module === undefined
      ? await loadExperiments(spec ?? join(packageRoot(), 'templates', 'first-crossing'))
      : writeForModule(choice.module, choice);
  const read = chooseExperiment(experiments, choice.experiment);
  const experiment = narrow(read, { ...choice, at: { ...(lab ? LAB : {}), ...choice.at } });
  const folder = join(await machineFolder(), subjectKey(read));
  const scratch = join(
    cacheFolder(),
    'calibration-work',
    createHash('sha256').update(folder).digest('hex').slice(0, 12),
  );
  mkdirSync(scratch, { recursive: true });
  return {
    experiment,
    treatment: describeTreatment(experiment),
    lab,
    project: spec === undefined ? scratch : findProject(process.cwd()),
    folder,
    scratch,
  };
}

/** Written as a spec and read as one, so that what is wrong is said as of any spec. */
function writeForModule(module: string, { package: pattern, bench }: Choice): { experiments: readonly Experiment[] } {
  const name = module.replace(/@.*/, '').replaceAll(/[^\w.-]+/g, '-');
  const subject = { kind: 'go-bench', package: pattern ?? '.', ...(bench === undefined ? {} : { bench }) };
  const text = stringify({ experiment: name, subject, factors: { build: [module] } });
  const { experiments, problems } = readSpec(text, { file: 'the command line', folder: process.cwd() });
  if (problems.length > 0) throw new Problems(problems);
  return { experiments };
}

/** One level of each factor, one path, one noisy metric, and the fault beside them. */
function narrow(read: Experiment, { at, site }: Choice): Experiment {
  const unknown = Object.keys(at).find((name) => !read.factors.some((factor) => factor.name === name));
  if (unknown !== undefined) throw noSuchFactor(unknown, read);
  const paths = read.paths.includes('go->rust') ? (['go->rust'] as const) : read.paths.slice(0, 1);
  const kept = read.factors.filter(({ family }) => family !== 'fault' && family !== 'probe');
  const factors = kept.map((factor) => ({ ...factor, levels: [chooseLevel(factor, at, read.baseline)] }));
  const metric = read.metrics.primary === 'time.mean' ? 'time.mean' : 'time.p50';
  return {
    ...read,
    paths,
    factors: [...factors, faultOf(['none'], site)],
    baseline: { ...Object.fromEntries(factors.map(({ name, levels }) => [name, levels[0]!.text])), [FAULT]: 'none' },
    metrics: { primary: metric, gate: [], explore: [] },
    design: { kind: 'full-factorial' },
    margins: {},
    expect: [],
    probe: 'off',
  };
}

function chooseLevel(
  { name, levels }: Factor,
  at: Readonly<Record<string, string>>,
  baseline: Readonly<Record<string, string>>,
): Level {
  const wanted = at[name];
  const found = levels.find(({ text }) => text === (wanted ?? baseline[name])) ?? (wanted ? undefined : levels[0]);
  if (found) return found;
  throw new Problem({
    code: 'unknown-level',
    message: `\`${name}\` has no level \`${wanted}\``,
    cure: `It has ${levels.map(({ text }) => text).join(', ')}.`,
  });
}

function noSuchFactor(name: string, { factors }: Experiment): Problem {
  return new Problem({
    code: 'unknown-factor',
    message: `there is no factor \`${name}\``,
    cure: `The factors here are ${factors.map((factor) => factor.name).join(', ') || 'none'}.`,
  });
}

function faultOf(levels: readonly string[], site: string | undefined): Factor {
  return {
    name: FAULT,
    family: 'fault',
    levels: levels.map((text) => ({ text, ...parseQuantity(text) })),
    ...(site === undefined ? {} : { site }),
  };
}

/** The function whose calls are held up; undefined: all of them. */
export function siteOf({ factors }: Experiment): string | undefined {
  return factors.find(({ family }) => family === 'fault')?.site;
}

/** The same question with these delays, where they were: `none` against `0 ns` is a subject against itself. */
export function withDelays(experiment: Experiment, levels: readonly string[]): Experiment {
  return withFaults(experiment, [faultOf(levels, siteOf(experiment))]);
}

/** The same question with nothing planted anywhere. */
export function withoutDelays(experiment: Experiment): Experiment {
  return withFaults(experiment, [faultOf(['none'], undefined)]);
}

/** The same question with these faults and no others, each judged against its level `none`. */
export function withFaults(experiment: Experiment, faults: readonly Factor[]): Experiment {
  const others = experiment.factors.filter(({ family }) => family !== 'fault');
  const places = others.map(({ name }): [string, string] => [name, experiment.baseline[name] ?? '']);
  return {
    ...experiment,
    factors: [...others, ...faults],
    baseline: Object.fromEntries([...places, ...faults.map(({ name }): [string, string] => [name, 'none'])]),
  };
}

function describeTreatment({ paths, factors }: Experiment): string {
  const levels = factors
    .filter(({ family }) => family !== 'fault' && family !== 'build')
    .map((factor) => `${factor.name}=${factor.levels[0]!.text}`);
  return [...paths, ...levels].join(' · ');
}

/** What was built of a subject, and what every study of it is told. */
export interface BuiltTwice {
  readonly experiment: Experiment;
  readonly artifacts: readonly Artifact[];
  readonly environment: Environment;
  /** File that is run -> SHA-256. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** `plants`: a build in which delays can be planted and crossings counted; otherwise as the user builds it. */
export async function buildCalibrated(
  { experiment, project }: CalibratedSubject,
  plants: boolean,
  line: LiveLine,
  signal: AbortSignal,
): Promise<BuiltTwice> {
  const [{ buildSubjects }, { discoverBenchmarks }, { describeEnvironment }, { BENCHMARK_FACTOR }] = await Promise.all([
    import('../artifact/build.ts'),
    import('../subject/discovery.ts'),
    import('../machine/environment.ts'),
    import('../factor/realise.ts'),
  ]);
  const wanted = withDelays(experiment, plants ? ['none', '1 ns'] : ['none']);
  const artifacts = await buildSubjects(wanted, {
    project,
    signal,
    probed: plants,
    onStep: (step, build) => line.show(`building ${build}: ${step}`),
  });
  line.clear();
  requireFaultSites(wanted, artifacts);
  const found = await discoverBenchmarks({ experiment: wanted, artifacts, conditions: { signal } });
  // Benchmarks are different work: the first stands for all.
  const factors = found.experiment.factors.map((factor) =>
    factor.name === BENCHMARK_FACTOR ? { ...factor, levels: factor.levels.slice(0, 1) } : factor,
  );
  return {
    experiment: withDelays({ ...found.experiment, factors }, ['none']),
    artifacts,
    environment: await describeEnvironment(),
    hashes: Object.fromEntries(
      artifacts.flatMap(({ contents }) => contents.executables.map(({ name, sha256 }) => [name, sha256])),
    ),
  };
}

/** One study's question, ready to be run. */
export async function prepareTrial(
  { artifacts }: BuiltTwice,
  experiment: Experiment,
  signal: AbortSignal,
): Promise<{ readonly experiment: Experiment; readonly plan: Plan; readonly executor: Executor }> {
  const [{ createExecutor }, { chooseCores }] = await Promise.all([
    import('../subject/executor.ts'),
    import('../machine/cores.ts'),
  ]);
  const executor = createExecutor({
    experiment,
    artifacts,
    conditions: { cores: await chooseCores(experiment.cores), signal },
  });
  return { experiment, executor, plan: planExperiment(experiment, { modes: executor.modes }) };
}

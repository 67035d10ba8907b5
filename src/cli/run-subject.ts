/** From an experiment to something that can be measured: built, looked into, planned. */
import type { Artifact } from '../artifact/artifact.ts';
import { expectedModes, withDuet } from '../design/modes.ts';
import { planExperiment } from '../design/plan.ts';
import { describeFaults } from '../instrument/fault.ts';
import { ensureTool } from '../machine/toolbox.ts';
import type { Experiment } from '../model/experiment.ts';
import { MODES, type Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';
import type { Executor } from '../model/run.ts';
import type { ProbePrices } from '../study/probe-level.ts';
import { requireFaultSites } from './fault-sites.ts';
import type { LiveLine } from './live-line.ts';

export interface BuiltSubject {
  /** With the benchmarks that were found, where the subject is a Go package. */
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly executor: Executor;
  /** What was built: once a level of the build factor, once more with the probe. */
  readonly subjects: readonly Artifact[];
  readonly cores: readonly number[];
  readonly environment: Environment;
  /** File that is run -> SHA-256. */
  readonly artifacts: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
  /** Seconds a probed crossing costs more than a bare one on this machine; undefined when nothing is probed. */
  readonly probeCostS?: number;
  /** Where the experiment has crossings timed: what lowering the probe would save. */
  readonly probePrices?: ProbePrices;
}

/** Throws a Problem when a subject of this kind can't be planned as it was asked for: builds take minutes, and this is known before. */
export async function requirePlan(wanted: Experiment): Promise<void> {
  const { chooseCores } = await import('../machine/cores.ts');
  planExperiment(wanted, withDuet(expectedModes(wanted), await chooseCores(wanted.cores)));
}

/** `settle`: what is left to be fixed once the benchmarks are known, such as a budget that grows with them. */
export async function buildArtifacts(
  wanted: Experiment,
  project: string,
  line: LiveLine,
  signal: AbortSignal,
  settle: (found: Experiment) => Experiment = (found) => found,
): Promise<BuiltSubject> {
  const [
    { buildSubjects },
    { warnOfUnshared },
    { createExecutor },
    { discoverBenchmarks },
    { describeEnvironment },
    { chooseCores },
  ] = await Promise.all([
    import('../artifact/build.ts'),
    import('../artifact/switched-host.ts'),
    import('../subject/executor.ts'),
    import('../subject/discovery.ts'),
    import('../machine/environment.ts'),
    import('../machine/cores.ts'),
  ]);
  const conditions = { cores: await chooseCores(wanted.cores), signal };
  const probed = wantsProbe(wanted);
  const artifacts = await buildSubjects(wanted, {
    project,
    signal,
    probed,
    onStep: (step, build) => line.show(`building ${build}: ${step}`),
  });
  line.clear();
  requireFaultSites(wanted, artifacts);
  const { experiment: found, warnings } = await discoverBenchmarks({ experiment: wanted, artifacts, conditions });
  const experiment = settle(found);
  const prices = probed ? await priceProbe(wanted, line, signal) : {};
  signal.throwIfAborted();
  const executor = createExecutor({ experiment, artifacts, conditions });
  return {
    experiment,
    plan: planExperiment(experiment, withDuet(executor, conditions.cores)),
    executor,
    subjects: artifacts,
    cores: conditions.cores,
    environment: { ...(await describeEnvironment()), ...describeFaults(experiment), ...describeContents(artifacts) },
    artifacts: listHashes(artifacts),
    warnings: [...warnings, ...warnOfSources(artifacts), ...warnOfUnshared(artifacts)],
    ...prices,
  };
}

/** Measured once on a machine and then kept: a few seconds the first time. */
export async function priceProbe(
  { probe }: Experiment,
  line: LiveLine,
  signal: AbortSignal,
): Promise<Pick<BuiltSubject, 'probeCostS' | 'probePrices'>> {
  const { COST_EVERY, measureProbeCost } = await import('../instrument/probe-cost.ts');
  line.show("measuring the probe's own cost");
  const { countersS, everyS, fullS } = await measureProbeCost(await ensureTool('toolexec'), signal);
  line.clear();
  if (probe === 'counters') return { probeCostS: countersS };
  return { probeCostS: fullS, ...(probe === 'full' ? { probePrices: { fullS, everyS, every: COST_EVERY } } : {}) };
}

/** Whether some arm of the plan runs a build that holds the probe. */
export function wantsProbe(experiment: Experiment): boolean {
  const plan = planExperiment(experiment, { modes: MODES });
  const levels = experiment.factors.filter(({ family }) => family === 'probe').flatMap((factor) => factor.levels);
  return plan.arms.some(({ role }) => role === 'probed') || levels.some(({ text }) => text !== 'off');
}

/** File that is run -> SHA-256. */
export function listHashes(artifacts: readonly Artifact[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    artifacts.flatMap((artifact) =>
      artifact.contents.executables.map(({ name, sha256 }) => [`${nameBuild(artifact)}: ${name}`, sha256]),
    ),
  );
}

/** Once, whatever it was built for. */
function warnOfSources(artifacts: readonly Artifact[]): Warning[] {
  return artifacts.filter(({ probed }) => !probed).flatMap(({ notes = [] }) => notes);
}

function nameBuild({ build, probed }: Artifact): string {
  return `${build ?? 'the subject'}${probed ? ', probed' : ''}`;
}

/** What is inside, by group: toolchain and settings, modules, crates, hashes. */
function describeContents(artifacts: readonly Artifact[]): Environment {
  return Object.fromEntries(
    artifacts.flatMap((artifact) => {
      const { executables, go, modules, crates, libraries = [] } = artifact.contents;
      const name = nameBuild(artifact);
      const groups: [string, Environment[string]][] = [
        [`${name}: source`, artifact.said === undefined ? {} : { version: artifact.said }],
        [`${name}: files`, Object.fromEntries(executables.map((file) => [file.name, file.sha256]))],
        [`${name}: go`, go],
        [`${name}: modules`, modules],
        [`${name}: crates`, crates],
        [`${name}: libraries`, Object.fromEntries(libraries.map((library) => [library, 'linked']))],
        [`${name}: sizes`, Object.fromEntries(executables.map((file) => [`${file.name}Bytes`, file.bytes]))],
      ];
      return groups.filter(([, facts]) => Object.keys(facts).length > 0);
    }),
  );
}

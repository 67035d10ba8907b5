/** Versions that are really built and measured: what a search asks of the world. */
import { BENCHMARK_FACTOR } from '../factor/realise.ts';
import type { Sought, Version } from '../model/bisection.ts';
import type { Experiment, Path } from '../model/experiment.ts';
import { machineClock } from '../runner/clock.ts';
import { lockMachine } from '../store/lock.ts';
import type { SearchWorld } from '../study/bisection.ts';
import { findBranch } from './bisect-line.ts';
import { type ConductSurroundings, conductExperiment } from './conduct.ts';
import { buildArtifacts } from './run-subject.ts';

export interface WorldOptions {
  /** The question of both ends; its builds are replaced by those of each pair. */
  readonly experiment: Experiment;
  readonly project: string;
  readonly cwd: string;
  readonly wait: boolean;
  readonly explain: boolean;
  /** Seconds that a study may take, as far as it is up to the budget. */
  readonly studyS: number;
  readonly surroundings: ConductSurroundings;
}

/** Of a study of culprit and parent: enough to be sure of a few per cent. */
const CHECK_BLOCKS = 60;

export function makeWorld({
  experiment,
  project,
  cwd,
  wait,
  explain,
  studyS,
  surroundings,
}: WorldOptions): SearchWorld {
  const { line, onEvent, signal } = surroundings;
  const bare: Experiment = {
    ...experiment,
    metrics: { primary: experiment.metrics.primary, gate: [], explore: [] },
    probe: 'off',
  };
  return {
    study: async ({ role, baseline, candidate, sought, resumed }, onSchedule) => {
      line.say(
        role === 'ends'
          ? `both ends first: ${candidate.name} against ${baseline.name}`
          : `the culprit against its parent: ${candidate.name} against ${baseline.name}`,
      );
      const asked = { ...(role === 'ends' ? bare : experiment), budgetS: Math.min(studyS, experiment.budgetS) };
      const narrowed = role === 'check' && sought ? { ...narrow(asked, sought), maxBlocks: CHECK_BLOCKS } : asked;
      const startedS = machineClock.nowS();
      let buildS: number | undefined;
      const { result } = await conductExperiment(
        withPair(narrowed, baseline, candidate),
        {
          ...{ project, wait, explain: explain && role === 'check', forSearch: role === 'ends' },
          ...(resumed === undefined ? {} : { resumed }),
        },
        {
          line,
          signal,
          onEvent: (event) => {
            if (event.kind === 'begun') buildS = (machineClock.nowS() - startedS) / 2;
            if (event.kind === 'scheduled') onSchedule(event.schedule);
            onEvent(event);
          },
        },
      );
      return { result, ...(buildS === undefined ? {} : { buildS }) };
    },
    prepare: async (baseline, candidate, sought) =>
      buildArtifacts(withPair(narrow(bare, sought), baseline, candidate), project, line, signal),
    hold: () =>
      lockMachine({
        doing: `bisection of ${experiment.name}`,
        wait,
        signal,
        onWait: (owner) => line.show(`waiting for another study on this machine to end: ${owner.doing}`),
      }),
    branchOf: (merge) => findBranch(merge, cwd, signal),
  };
}

export function withPair(experiment: Experiment, baseline: Version, candidate: Version): Experiment {
  const levels = [{ text: baseline.level }, { text: candidate.level }];
  return {
    ...experiment,
    factors: [
      { name: 'build', family: 'build', levels },
      ...experiment.factors.filter(({ family }) => family !== 'build'),
    ],
    baseline: { ...experiment.baseline, build: baseline.level },
    expect: [],
  };
}

/** To the one treatment of these levels. */
export function narrow(experiment: Experiment, { levels }: Pick<Sought, 'levels'>): Experiment {
  const { subject } = experiment;
  const benchmark = levels[BENCHMARK_FACTOR];
  const baseline = Object.fromEntries(Object.entries(experiment.baseline).filter(([name]) => name === 'build'));
  return {
    ...experiment,
    paths: levels.path === undefined ? experiment.paths : [levels.path as Path],
    factors: experiment.factors.flatMap((factor) => {
      if (factor.family === 'build') return [factor];
      const kept = factor.levels.filter(({ text }) => text === levels[factor.name]);
      return kept.length > 0 ? [{ ...factor, levels: kept }] : [];
    }),
    baseline: { ...baseline, ...pick(experiment.baseline, levels) },
    design: { kind: 'full-factorial' },
    subject: subject.kind === 'go-bench' && benchmark !== undefined ? { ...subject, bench: only(benchmark) } : subject,
  };
}

const pick = (names: Readonly<Record<string, string>>, levels: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(levels).filter(([name]) => name in names));

/** `Decode/small`, or `pkg.Decode` where several packages have benchmarks, as an expression that matches it alone. */
function only(benchmark: string): string {
  const [first = '', ...rest] = benchmark.replace(/^[\w./-]*?\.(?=\p{Lu})/u, '').split('/');
  const exactly = (text: string) => `^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  return [`Benchmark${first.replace(/^Benchmark/, '')}`, ...rest].map(exactly).join('/');
}

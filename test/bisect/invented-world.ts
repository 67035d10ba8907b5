/** A history on invented time whose noise a machine really gave: recorded blocks of nothing changed, replayed in order. */
import { planExperiment } from '../../src/design/plan.ts';
import type { Line, Version } from '../../src/model/bisection.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { inventExperiment } from '../../src/model/invented-experiment.ts';
import type { Mode, Treatment } from '../../src/model/plan.ts';
import { Problem } from '../../src/model/problem.ts';
import { type InventedMachine, inventMachine } from '../../src/runner/invented.ts';
import type { SearchWorld } from '../../src/study/bisection.ts';
import { conductTrial } from '../../src/study/trial.ts';

export interface InventedHistory {
  readonly commits: number;
  /** The first slower one, counted from 0. */
  readonly culprit: number;
  /** Log-ratio of the slower ones against the others. */
  readonly effect: number;
  readonly unbuildable?: readonly number[];
  /** Levels beside these commits that are as slow as the culprit. */
  readonly slowToo?: readonly string[];
  /** Log-ratios of blocks, in recorded order, from `start` on and round again. */
  readonly noise: readonly number[];
  readonly start: number;
  readonly mode: Mode;
  readonly seed: number;
  /** Seconds of a build. */
  readonly buildS: number;
  readonly scratch: string;
  /** Log-ratio by which this level looks slower now than it is, set against another. */
  readonly drift?: (level: string) => number;
  readonly branchOf?: SearchWorld['branchOf'];
}

export interface InventedSearch {
  readonly line: Line;
  readonly world: SearchWorld;
  readonly machine: InventedMachine;
  /** Levels that were built, in order. */
  readonly builds: readonly string[];
}

export function version(name: string, more: Partial<Version> = {}): Version {
  return { level: name, name, weight: 1, ...more };
}

const OPERATION_S = 1e-4;

export function inventSearch(history: InventedHistory): InventedSearch {
  const { commits, culprit, effect, noise, start, mode, seed, scratch, drift = () => 0 } = history;
  const versions = Array.from({ length: commits }, (_, at) => version(`c${at}`));
  const line: Line = { kind: 'commits', what: 'commits', good: version('good'), versions };
  const slow = new Set([...versions.slice(culprit).map(({ level }) => level), ...(history.slowToo ?? [])]);
  let blocks = 0;
  const machine = inventMachine({
    seed,
    modes: [mode],
    batchNoise: 0,
    // A block's noise lies on its candidate's process: it is what the machine gave as the log-ratio of such a pair.
    secondsPerOperation: (treatment) => {
      const level = treatment.levels.build!;
      const own = slow.has(level) ? effect : 0;
      return (
        OPERATION_S *
        Math.exp(own + (isCandidate(treatment) ? noise[(start + blocks++) % noise.length]! + drift(level) : 0))
      );
    },
  });
  let candidate = '';
  const isCandidate = (treatment: Treatment) => treatment.levels.build === candidate;
  const builds: string[] = [];
  const pair = (baseline: Version, wanted: Version, more: Partial<Experiment> = {}) => {
    candidate = wanted.level;
    const experiment = inventExperiment({
      ...{ seed, maxBlocks: history.mode === 'interleaved' ? 300 : 60, budgetS: 600, ...more },
      factors: [{ name: 'build', family: 'build', levels: [{ text: baseline.level }, { text: wanted.level }] }],
      baseline: { build: baseline.level },
    });
    return { experiment, plan: planExperiment(experiment, { modes: machine.executor.modes }) };
  };
  const build = ({ level }: Version) => {
    builds.push(level);
    machine.spend(history.buildS);
    if (history.unbuildable?.includes(versions.findIndex((each) => each.level === level))) {
      throw new Problem({ code: 'build-failed', message: `${level} can not be built`, blame: 'run' });
    }
  };
  const world: SearchWorld = {
    study: async ({ role, baseline, candidate: wanted }, onSchedule) => {
      build(wanted);
      const { result } = await conductTrial({
        ...pair(baseline, wanted),
        forSearch: role === 'ends',
        executor: machine.executor,
        environment: {},
        artifacts: {},
        scratch,
        clock: machine.clock,
        signal: new AbortController().signal,
        onEvent: (event) => {
          if (event.kind === 'scheduled') onSchedule(event.schedule);
        },
      });
      return { result, buildS: history.buildS };
    },
    prepare: async (baseline, wanted) => {
      build(wanted);
      const ready = pair(baseline, wanted);
      return {
        ...ready,
        executor: {
          ...machine.executor,
          open: (arm, options) => {
            candidate = wanted.level;
            return machine.executor.open(arm, options);
          },
        },
      };
    },
    hold: async () => () => {},
    branchOf: history.branchOf ?? (async () => undefined),
  };
  return { line, world, machine, builds };
}

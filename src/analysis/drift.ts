/**
 * Whether the arms' own times moved over the study: one robust trend of all of them together, since what drifts is the
 * machine. Arms of a block are paired, which cancels what is slower than a block; what is left is said.
 */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Mode, Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import { median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';
import { findTrend } from '../stats/trend.ts';
import { type Block, isExact, pairBlocks, runValue } from './samples.ts';

/** Less than this from start to end is not worth a word. */
const WORTH_SAYING = 0.1;
/** Share of the spread of the pairs that a block's own drift may be before it widens them. */
const WITHIN = 0.5;
const LEVEL = 0.01;
const LEAST_BLOCKS = 8;
/** Longer series are thinned to medians of neighbours: the trend takes all pairs of values. */
const MOST_POINTS = 200;

export interface Drift {
  /** From the first block to the last, as a fraction: 0.12 is 12 % slower. */
  readonly change: number;
  readonly pValue: number;
  /** ln, from one block to the next. */
  readonly perBlock: number;
  readonly blocks: number;
}

/** The metric that drift and outliers are told of: the primary, or plain time where that is a count or the probe's. */
export function watchedMetric({ metrics }: Experiment): string {
  const isOther = isExact(metrics.primary) || findMetric(metrics.primary)?.source === 'probe';
  return isOther ? 'time.p50' : metrics.primary;
}

/** `blocks` in the order in which they ran; undefined where they are too few to tell. */
export function measureDrift(plan: Plan, metric: string, blocks: readonly Block[]): Drift | undefined {
  const levels = levelsOf(plan, metric, blocks);
  if (levels.length < LEAST_BLOCKS) return undefined;
  const group = Math.ceil(levels.length / MOST_POINTS);
  const points = Array.from({ length: Math.floor(levels.length / group) }, (_, i) =>
    median(levels.slice(i * group, (i + 1) * group)),
  );
  const { slope, pValue } = findTrend(points);
  const perBlock = slope / group;
  return { change: Math.expm1(perBlock * (levels.length - 1)), pValue, perBlock, blocks: levels.length };
}

export function driftWarnings(plan: Plan, metric: string, blocks: readonly Block[], mode: Mode): Warning[] {
  const drift = measureDrift(plan, metric, blocks);
  if (!drift || drift.pValue >= LEVEL) return [];
  const percent = `${Math.abs(100 * drift.change).toFixed(1)} %`;
  const moved = `${metric} of all treatments together ${drift.change > 0 ? 'rose' : 'fell'} by ${percent} from the first block to the last`;
  // Runs that follow each other within a block meet different moments of the drift; batches that take turns do not.
  if (mode === 'interleaved' && plan.contrasts.length > 0) {
    const spread = median(
      plan.contrasts.map((contrast) =>
        robustSd(pairBlocks(blocks, contrast, metric, mode).map((pair) => pair.logRatio)),
      ),
    );
    if (Math.abs(drift.perBlock) > WITHIN * spread) {
      return [
        {
          code: 'drift-within-blocks',
          message: `${moved}: within one block already by as much as half the spread of the ratios`,
          cure: 'the order is random, so the drift widens the intervals and moves none; shorter runs, or a mode whose batches take turns, see through it',
        },
      ];
    }
  }
  if (Math.abs(drift.change) < WORTH_SAYING) return [];
  return [
    {
      code: 'drift',
      message: `${moved}: the machine changed`,
      cure: 'comparisons are paired in blocks and see through it; the treatments’ own values hold for the study as a whole, not for any moment of it',
    },
  ];
}

/** A number a block: the median over its main arms of how far each is from its own middle, ln. */
function levelsOf(plan: Plan, metric: string, blocks: readonly Block[]): number[] {
  const arms = plan.arms.filter(({ role }) => role === 'main').map(({ id }) => id);
  const logOf = (block: Block, arm: string): number | undefined => {
    const run = block.runs.get(arm);
    const value = run && runValue(run, metric);
    return value !== undefined && value > 0 ? Math.log(value) : undefined;
  };
  const centres = new Map(
    arms.map((arm) => [arm, median(blocks.flatMap((block) => logOf(block, arm) ?? []))] as const),
  );
  return blocks.flatMap((block) => {
    const apart = arms.flatMap((arm) => {
      const log = logOf(block, arm);
      return log === undefined ? [] : [log - centres.get(arm)!];
    });
    return apart.length === 0 ? [] : [median(apart)];
  });
}

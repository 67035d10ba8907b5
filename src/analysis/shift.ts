/** How the whole distribution of single operations moved between two arms: quantile by quantile, one log-ratio a block. */
import type { Experiment } from '../model/experiment.ts';
import type { Comparison, QuantileShift } from '../model/result.ts';
import { EACH_QUANTILES } from '../model/run.ts';
import { shiftFunction } from '../stats/shift-function.ts';
import type { Block, PairedArms } from './samples.ts';

/** All intervals hold together at 95 %, for which so many blocks are needed. */
const ALPHA = 0.05;
const FEWEST_BLOCKS = 6;

export interface ShiftInput {
  readonly metric: string;
  readonly experiment: Experiment;
  readonly seed: number;
  readonly arms: PairedArms;
  /** Those the comparison rests on. */
  readonly blocks: readonly Block[];
}

/**
 * The field of a comparison: only of the primary metric, if that is a time, and where runs timed single operations. A block
 * counts when both its runs have every quantile above zero that most runs have.
 */
export function shiftIn({ metric, experiment, seed, arms, blocks }: ShiftInput): Pick<Comparison, 'shift'> {
  if (metric !== experiment.metrics.primary || !metric.startsWith('time.')) return {};
  const rows = blocks.flatMap((block) => {
    const row = logRatios(
      block.runs.get(arms.baselineArm)?.quantiles ?? [],
      block.runs.get(arms.candidateArm)?.quantiles ?? [],
    );
    return row.length === 0 ? [] : [row];
  });
  if (rows.length < FEWEST_BLOCKS) return {};
  // Quantiles of the tail need many operations: those that hardly a run could time are left out, not the runs.
  const columns = EACH_QUANTILES.filter(
    (_, i) => rows.filter((row) => i < row.length).length >= 0.9 * rows.length,
  ).length;
  const whole = rows.filter((row) => row.length >= columns).map((row) => row.slice(0, columns));
  if (columns === 0 || whole.length < FEWEST_BLOCKS) return {};
  const shift = shiftFunction(whole, { alpha: ALPHA, seed }).map(
    ({ centre, low, high }, i): QuantileShift => ({
      quantile: EACH_QUANTILES[i]!,
      ratio: Math.exp(centre),
      low: Math.exp(low),
      high: Math.exp(high),
    }),
  );
  return { shift };
}

/** Of the quantiles that both have; none where a clock too coarse for the operation gave a zero. */
function logRatios(from: readonly number[], to: readonly number[]): number[] {
  const ratios = Array.from(
    { length: Math.min(from.length, to.length) },
    (_, i) => Math.log(to[i]!) - Math.log(from[i]!),
  );
  return ratios.every(Number.isFinite) ? ratios : [];
}

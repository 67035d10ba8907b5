/** Intervals of statistics without a form of their own: blocks drawn again with replacement, percentiles of what they give. */
import { quantile } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';
import { resample } from '../stats/resample.ts';

const RESAMPLES = 300;

/** Rows are blocks, of which each draw keeps the means of their columns: what the statistic is asked of. */
export function resampleBlocks(
  rows: readonly (readonly number[])[],
  random: Random,
  statistic: (means: readonly number[]) => number,
): number[] {
  const ofDrawn = (drawn: readonly (readonly number[])[]): number => {
    const sums = drawn[0]!.map(() => 0);
    for (const row of drawn) for (let level = 0; level < sums.length; level++) sums[level]! += row[level]!;
    return statistic(sums.map((sum) => sum / drawn.length));
  };
  return [...resample(rows, ofDrawn, RESAMPLES, random)];
}

/** Infinity among the values is the largest, and no middle of two: an end is either seen or open. */
export function percentileEnds(
  values: readonly number[],
  confidence: number,
): { readonly low: number; readonly high: number } {
  const tail = (1 - confidence) / 2;
  const finite = values.filter(Number.isFinite);
  const at = (p: number) => {
    const among = (p * values.length) / Math.max(1, finite.length);
    return finite.length === 0 || among > 1 ? Infinity : quantile(finite, among);
  };
  return { low: at(tail), high: at(1 - tail) };
}

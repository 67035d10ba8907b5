/** Intervals of statistics without a form of their own: blocks drawn again with replacement, percentiles of what they give. */
import { quantile } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';

const RESAMPLES = 300;

export function resampleBlocks<Row>(
  rows: readonly Row[],
  random: Random,
  statistic: (rows: readonly Row[]) => number,
): number[] {
  return Array.from({ length: RESAMPLES }, () => statistic(rows.map(() => rows[random.integer(rows.length)]!)));
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

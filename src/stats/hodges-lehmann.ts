/**
 * The Hodges-Lehmann estimate: the median of all n(n+1)/2 Walsh averages (x_i + x_j)/2, i <= j, with the interval that
 * inverts the signed-rank test. Assumes values symmetric about their centre, nothing about their shape.
 * Source: Hollander, Wolfe & Chicken 3.2-3.3.
 */
import { sortNumbers } from './quantile.ts';
import { criticalCount } from './signed-rank.ts';

export interface Interval {
  readonly centre: number;
  /** −Infinity when there are too few values for this level. */
  readonly low: number;
  readonly high: number;
  /** Level that was reached, at least 1 − alpha; 1 for an infinite interval. */
  readonly confidence: number;
}

/** The centre is NaN for no values. RangeError for a value that is no number. */
export function hodgesLehmann(values: readonly number[], alpha: number): Interval {
  const n = values.length;
  if (values.some(Number.isNaN)) throw new RangeError('one of the values is no number: leave it out, and say so');
  if (n === 0) return { centre: Number.NaN, low: -Infinity, high: Infinity, confidence: 1 };
  const sorted = Float64Array.from(sortNumbers(values));
  const total = (n * (n + 1)) / 2;
  const centre = (walshAverage(sorted, Math.ceil(total / 2)) + walshAverage(sorted, Math.floor(total / 2) + 1)) / 2;
  const { k, reached } = criticalCount(n, alpha / 2);
  if (k === 0) return { centre, low: -Infinity, high: Infinity, confidence: 1 };
  return {
    centre,
    low: walshAverage(sorted, k),
    high: walshAverage(sorted, total + 1 - k),
    confidence: 1 - 2 * reached,
  };
}

/**
 * The k-th smallest Walsh average, 1-based, of ascending values, without forming them all: halve the range, count in
 * O(n) how many lie below, and move each end to an average that exists, so the search ends exactly.
 */
export function walshAverage(sorted: Float64Array, k: number): number {
  let low = 2 * sorted[0]!;
  let high = 2 * sorted[sorted.length - 1]!;
  while (low < high) {
    const middle = low + (high - low) / 2;
    const pivot = middle < high ? middle : low; // neighbouring numbers: the middle rounds up to `high`, and nothing would move
    const { count, below, above } = countSums(sorted, pivot);
    if (count >= k) high = below;
    else low = above;
  }
  return low / 2;
}

/** Of the sums x_i + x_j, i <= j: how many are at most `pivot`, the largest of these and the smallest of the others. */
function countSums(sorted: Float64Array, pivot: number): { count: number; below: number; above: number } {
  const n = sorted.length;
  let count = 0;
  let below = -Infinity;
  let above = Infinity;
  let j = n - 1;
  for (let i = 0; i < n; i++) {
    const x = sorted[i]!;
    while (j >= i && x + sorted[j]! > pivot) j--;
    if (j < i) {
      above = Math.min(above, x + x);
      break;
    }
    count += j - i + 1;
    below = Math.max(below, x + sorted[j]!);
    if (j + 1 < n) above = Math.min(above, x + sorted[j + 1]!);
  }
  return { count, below, above };
}

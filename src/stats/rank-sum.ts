/**
 * Wilcoxon's rank-sum test of two independent samples (Mann-Whitney) and the shift between them by Hodges and Lehmann: the
 * median of all differences, with the interval that inverts the test. Exact up to 50 values together, ties counted by their
 * mid-ranks; above it the normal approximation with continuity and ties.
 * Source: Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 4.1-4.3.
 */
import type { Interval } from './hodges-lehmann.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { sortNumbers } from './quantile.ts';

/** Counts of subsets stay whole numbers in a float64: C(50, 25) is below 2^53. */
const EXACT_UP_TO = 50;

/** Two-sided p-value; 1 when a sample is empty or all values are equal. RangeError for a value that is no number. */
export function rankSumP(first: readonly number[], second: readonly number[]): number {
  refuseNaN(first, second);
  const { doubled, tieTerm } = doubledRanks([...first, ...second]);
  const [m, k] = [first.length, second.length];
  const n = m + k;
  const variance = ((m * k) / 12) * (n + 1 - tieTerm / (n * (n - 1)));
  if (m === 0 || k === 0 || !(variance > 0)) return 1;
  const sum = doubled.slice(0, m).reduce((total, rank) => total + rank, 0);
  if (n <= EXACT_UP_TO)
    return tieTerm === 0 ? exactP(untiedCounts(n, m), sum / 2) : exactP(subsetCounts(doubled, m), sum);
  const distance = Math.max(0, Math.abs(sum / 2 - (m * (n + 1)) / 2) - 0.5);
  return Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)));
}

/** The least p-value that untied samples of these sizes can have: that of two samples wholly apart. 1 where one is empty. */
export function leastRankSumP(m: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(m, k); i++) ways *= (m + k + 1 - i) / i;
  return Math.min(1, 2 / ways);
}

/**
 * How much larger `second` is than `first`: the median of all differences, its interval from the k-th smallest to the k-th
 * largest difference. Assumes two distributions of one shape. `low` is −Infinity and `high` Infinity when there are too few
 * values for this level (see leastRankSumP; four of each do at 5 %); the centre is NaN when a sample is empty. RangeError for a value that is no number.
 */
export function rankSumShift(first: readonly number[], second: readonly number[], alpha: number): Interval {
  refuseNaN(first, second);
  const differences = sortNumbers(second.flatMap((b) => first.map((a) => b - a)));
  const total = differences.length;
  if (total === 0) return { centre: Number.NaN, low: -Infinity, high: Infinity, confidence: 1 };
  const centre = (differences[Math.ceil(total / 2) - 1]! + differences[Math.floor(total / 2)]!) / 2;
  const { k, reached } = criticalCount(first.length, second.length, alpha / 2);
  if (k === 0) return { centre, low: -Infinity, high: Infinity, confidence: 1 };
  return { centre, low: differences[k - 1]!, high: differences[total - k]!, confidence: 1 - 2 * reached };
}

function refuseNaN(...samples: readonly (readonly number[])[]): void {
  if (samples.some((values) => values.some(Number.isNaN))) throw new RangeError('a value is not a number');
}

/** Number k of whole u with P(U <= u) <= tail for untied samples of m and k values, and P(U <= k − 1) itself. */
function criticalCount(m: number, k: number, tail: number): { readonly k: number; readonly reached: number } {
  const n = m + k;
  if (n > EXACT_UP_TO) {
    const sd = Math.sqrt((m * k * (n + 1)) / 12);
    const last = Math.floor((m * k) / 2 + normalQuantile(tail) * sd - 0.5);
    return last < 0 ? { k: 0, reached: 0 } : { k: last + 1, reached: normalCdf((last + 0.5 - (m * k) / 2) / sd) };
  }
  const counts = untiedCounts(n, m);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const least = (m * (m + 1)) / 2;
  let [u, below] = [0, 0];
  while (u <= m * k && (below + counts[least + u]!) / all <= tail) {
    below += counts[least + u]!;
    u++;
  }
  return { k: u, reached: below / all };
}

function exactP(counts: Float64Array, sum: number): number {
  let [atMost, atLeast, all] = [0, 0, 0];
  for (let s = 0; s < counts.length; s++) {
    all += counts[s]!;
    if (s <= sum) atMost += counts[s]!;
    if (s >= sum) atLeast += counts[s]!;
  }
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / all);
}

const known = new Map<string, Float64Array>();

/** The ranks 1 … n: the same for all samples of these sizes. */
function untiedCounts(n: number, size: number): Float64Array {
  const key = `${n} ${size}`;
  const counts =
    known.get(key) ??
    subsetCounts(
      Array.from({ length: n }, (_, i) => i + 1),
      size,
    );
  known.set(key, counts);
  return counts;
}

/** In how many ways `size` of these ranks have each sum; index is the sum. */
function subsetCounts(ranks: readonly number[], size: number): Float64Array {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  ways[0]![0] = 1;
  for (const rank of ranks) {
    for (let taken = size; taken >= 1; taken--) {
      const [own, smaller] = [ways[taken]!, ways[taken - 1]!];
      for (let s = most; s >= rank; s--) own[s]! += smaller[s - rank]!;
    }
  }
  return ways[size]!;
}

/** Mid-ranks doubled, so that they stay whole, in the order of the values; tieTerm: the sum of t³ − t over ties. */
function doubledRanks(values: readonly number[]): { doubled: number[]; tieTerm: number } {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const doubled = new Array<number>(values.length).fill(0);
  let tieTerm = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
    const size = end - start + 1;
    tieTerm += size ** 3 - size;
    for (let i = start; i <= end; i++) doubled[order[i]!] = start + end + 2;
    start = end + 1;
  }
  return { doubled, tieTerm };
}

/**
 * Wilcoxon's signed-rank test. Exact null distribution by counting (n <= 200), above it the normal approximation with
 * continuity and ties. Zeros keep their mid-rank, half on each side; ties get mid-ranks, and then the null is that of
 * these very ranks under random signs, counted exactly.
 * Source: Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3.1.
 */
import { normalCdf, normalQuantile } from './normal.ts';

const EXACT_UP_TO = 200;

export interface SignedRank {
  /** Sum of the ranks of positive values, V of R's wilcox.test. */
  readonly statistic: number;
  /** Two-sided. 1 for no values. */
  readonly pValue: number;
  /** Share of values that are zero or equal another in size. */
  readonly tied: number;
}

/** Tests that the values lie symmetrically about `centre`. RangeError for a value that is no number. */
export function signedRankTest(values: readonly number[], centre = 0): SignedRank {
  const n = values.length;
  if (n === 0) return { statistic: 0, pValue: 1, tied: 0 };
  if (values.some(Number.isNaN)) throw new RangeError('one of the values is no number: leave it out, and say so');
  const differences = values.map((value) => value - centre);
  const { doubled, tied } = doubledRanks(differences.map(Math.abs));
  let statistic = 0; // doubled, so that mid-ranks stay whole
  const free: number[] = []; // doubled ranks whose sign is up to chance
  let fixed = 0; // what zeros add whatever the signs
  differences.forEach((difference, i) => {
    const rank = doubled[i]!;
    if (difference === 0) fixed += rank / 2;
    else free.push(rank);
    statistic += difference > 0 ? rank : difference === 0 ? rank / 2 : 0;
  });
  const pValue =
    n > EXACT_UP_TO
      ? approximateP(free, statistic - fixed)
      : tied === 0
        ? untiedP(n, statistic / 2)
        : exactP(free, statistic - fixed);
  return { statistic: statistic / 2, pValue, tied: tied / n };
}

/**
 * Number k of whole v with P(V <= v) <= tail for n values without ties, and P(V <= k − 1) itself: the interval of
 * Hodges-Lehmann runs from the k-th smallest to the k-th largest Walsh average. k = 0: there is no such interval.
 */
export function criticalCount(n: number, tail: number): { readonly k: number; readonly reached: number } {
  if (n > EXACT_UP_TO) return approximateCount(n, tail);
  const cumulative = nullCumulative(n);
  let k = 0;
  while (k < cumulative.length && cumulative[k]! <= tail) k++;
  return { k, reached: k === 0 ? 0 : cumulative[k - 1]! };
}

const cumulatives = new Map<number, Float64Array>();

/** P(V <= v) for v = 0 … n(n+1)/2, n values without ties. */
export function nullCumulative(n: number): Float64Array {
  const known = cumulatives.get(n);
  if (known) return known;
  const mass = signNull(Array.from({ length: n }, (_, i) => i + 1));
  for (let v = 1; v < mass.length; v++) mass[v] = mass[v]! + mass[v - 1]!;
  cumulatives.set(n, mass);
  return mass;
}

/** Mass of the sum of `ranks` each taken with probability one half; index is the sum. */
function signNull(ranks: readonly number[]): Float64Array {
  const mass = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  mass[0] = 1;
  let top = 0;
  for (const rank of ranks) {
    for (let v = top; v >= 0; v--) {
      const half = mass[v]! / 2;
      mass[v + rank]! += half;
      mass[v] = half;
    }
    top += rank;
  }
  return mass;
}

/** Without ties and zeros the null is known from n alone; it is symmetric about the middle of its range. */
function untiedP(n: number, statistic: number): number {
  const cumulative = nullCumulative(n);
  const nearer = Math.min(statistic, (n * (n + 1)) / 2 - statistic);
  return Math.min(1, 2 * cumulative[nearer]!);
}

function exactP(ranks: readonly number[], statistic: number): number {
  const mass = signNull(ranks);
  let atMost = 0;
  let atLeast = 0;
  for (let v = 0; v < mass.length; v++) {
    if (v <= statistic) atMost += mass[v]!;
    if (v >= statistic) atLeast += mass[v]!;
  }
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

function approximateP(ranks: readonly number[], statistic: number): number {
  const centre = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const sd = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0)) / 2;
  if (sd === 0) return 1;
  // Doubled ranks move in steps of 2: half a step is 1.
  const distance = Math.max(0, Math.abs(statistic - centre) - 1);
  return Math.min(1, 2 * normalCdf(-distance / sd));
}

function approximateCount(n: number, tail: number): { readonly k: number; readonly reached: number } {
  const centre = (n * (n + 1)) / 4;
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  const last = Math.floor(centre + normalQuantile(tail) * sd - 0.5);
  if (last < 0) return { k: 0, reached: 0 };
  return { k: last + 1, reached: normalCdf((last + 0.5 - centre) / sd) };
}

function doubledRanks(sizes: readonly number[]): { doubled: number[]; tied: number } {
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[a]! - sizes[b]!);
  const doubled = new Array<number>(sizes.length).fill(0);
  let tied = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && sizes[order[end + 1]!] === sizes[order[start]!]) end++;
    for (let i = start; i <= end; i++) doubled[order[i]!] = start + end + 2;
    if (end > start || sizes[order[start]!] === 0) tied += end - start + 1;
    start = end + 1;
  }
  return { doubled, tied };
}

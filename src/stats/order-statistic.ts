/** Intervals of a quantile from the order of the values alone: no shape assumed. Source: Hahn & Meeker, 5.2; David & Nagaraja 7.1. */
import type { Interval } from './hodges-lehmann.ts';
import { quantileOfSorted, sortNumbers } from './quantile.ts';

/**
 * The quantile p (type 7) with an interval from order statistic to order statistic, each tail at most (1 − confidence)/2.
 * An end is infinite when no order statistic is far enough out; `confidence` of the answer is the coverage reached.
 */
export function quantileInterval(values: readonly number[], p: number, confidence = 0.95): Interval {
  const sorted = sortNumbers(values);
  const n = sorted.length;
  const tail = (1 - confidence) / 2;
  const cumulative = binomialCumulative(n, p);
  // Ranks are 1-based: value of rank r lies above the quantile with P(B < r), at or below it with P(B >= r).
  let lowRank = 0;
  while (lowRank + 1 <= n && cumulative[lowRank]! <= tail) lowRank++;
  let highRank = n + 1;
  while (highRank - 1 >= 1 && 1 - cumulative[highRank - 2]! <= tail) highRank--;
  const below = lowRank === 0 ? 0 : cumulative[lowRank - 1]!;
  const above = highRank === n + 1 ? 0 : 1 - cumulative[highRank - 1]!;
  return {
    centre: quantileOfSorted(sorted, p),
    low: lowRank === 0 ? -Infinity : sorted[lowRank - 1]!,
    high: highRank === n + 1 ? Infinity : sorted[highRank - 1]!,
    confidence: 1 - below - above,
  };
}

/** The median with its interval. */
export function medianInterval(values: readonly number[], confidence = 0.95): Interval {
  return quantileInterval(values, 0.5, confidence);
}

/** P(B <= b) for b = 0 … n, B binomial. */
function binomialCumulative(n: number, p: number): Float64Array {
  const cumulative = new Float64Array(n + 1);
  let logMass = n * Math.log1p(-p);
  let sum = 0;
  for (let b = 0; b <= n; b++) {
    sum += Math.exp(logMass);
    cumulative[b] = Math.min(1, sum);
    logMass += Math.log((n - b) / (b + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return cumulative;
}

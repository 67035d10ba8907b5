/**
 * The Harrell-Davis quantile: all order statistics, each weighed by the chance that it is the quantile's in a resample. Smoother
 * than a single order statistic where values are few. Source: Harrell & Davis 1982, Biometrika 69(3). No command uses it yet.
 */
import { betaCdf } from './beta.ts';
import { sortNumbers } from './quantile.ts';

/** NaN for no values; the least and the largest value at 0 and 1. `values` need no order and are not changed. */
export function harrellDavis(values: readonly number[], p: number): number {
  const sorted = sortNumbers(values);
  const n = sorted.length;
  if (n === 0 || !(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return sorted[0]!;
  if (p === 1) return sorted[n - 1]!;
  const [a, b] = [(n + 1) * p, (n + 1) * (1 - p)];
  let before = 0;
  return sorted.reduce((sum, value, i) => {
    const until = betaCdf((i + 1) / n, a, b);
    const weight = until - before;
    before = until;
    return sum + weight * value;
  }, 0);
}

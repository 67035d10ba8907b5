/** Quantiles of type 7 (Hyndman & Fan 1996), the definition of R, NumPy and Julia by default. */

/** NaN for no values. `values` need no order and are not changed. */
export function quantile(values: readonly number[], p: number): number {
  return quantileOfSorted(sortNumbers(values), p);
}

/** NaN for no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return at === below ? low : low + (at - below) * (high - low);
}

/** NaN for no values. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const rough = values.reduce((sum, value) => sum + value, 0) / values.length;
  // Second pass: takes back what the first lost to rounding.
  return rough + values.reduce((sum, value) => sum + (value - rough), 0) / values.length;
}

/** A new ascending array. */
export function sortNumbers(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * The best division of a series into stretches of constant level: exact, and fast where there are changes.
 * Source: Killick, Fearnhead & Eckley, Optimal detection of changepoints with a linear computational cost (JASA 2012).
 */

export interface SegmentOptions {
  /** What one more change point must save, in units of the squared values. */
  readonly penalty: number;
  /** Fewest values of a stretch, at least 1. */
  readonly least: number;
}

/**
 * Change points, each the index of the first value of a new stretch, ascending: they minimise the sum of squares about the
 * stretches' means plus `penalty` for each change point. Empty for fewer than twice `least` values. Throws RangeError for a
 * value that is not finite.
 */
export function segment(values: readonly number[], { penalty, least }: SegmentOptions): number[] {
  const n = values.length;
  const { sums, squares } = accumulate(values);
  if (n < 2 * least) return [];
  const cost = new Float64Array(n + 1).fill(Infinity);
  const previous = new Int32Array(n + 1);
  cost[0] = -penalty;
  // A start that can't win from `end` on still may for ends before end + least: a stretch from `end` would be too short.
  const doomedAt = new Int32Array(n + 1).fill(n + 1);
  const starts = new Int32Array(n + 1);
  const totals = new Float64Array(n + 1);
  let count = 0;
  for (let end = least; end <= n; end++) {
    if (cost[end - least]! < Infinity) starts[count++] = end - least;
    let best = Infinity;
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      // Written out: this line is run a million times for two thousand values.
      const sum = sums[end]! - sums[start]!;
      const total = cost[start]! + squares[end]! - squares[start]! - (sum * sum) / (end - start);
      totals[i] = total;
      if (total < best) {
        best = total;
        previous[end] = start;
      }
    }
    cost[end] = best + penalty;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      if (doomedAt[start]! > n && totals[i]! > best + penalty) doomedAt[start] = end + least;
      if (doomedAt[start]! > end) starts[kept++] = start;
    }
    count = kept;
  }
  const points: number[] = [];
  for (let at = previous[n]!; at > 0; at = previous[at]!) points.push(at);
  return points.reverse();
}

/** Running sums and squares about the middle of all: large levels lose no digits. */
function accumulate(values: readonly number[]): { readonly sums: Float64Array; readonly squares: Float64Array } {
  const n = values.length;
  const centre = values.reduce((sum, value) => sum + value / n, 0);
  if (!Number.isFinite(centre)) throw new RangeError('a series must hold finite numbers');
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const value = values[i]! - centre;
    sums[i + 1] = sums[i]! + value;
    squares[i + 1] = squares[i]! + value * value;
  }
  return { sums, squares };
}

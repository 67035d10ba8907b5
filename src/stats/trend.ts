/**
 * A straight trend in values in run order that a few wild values do not move: the median of all slopes between two values
 * (Theil 1950, Sen 1968), and Kendall's test that there is none (Mann 1945; normal approximation with continuity and ties).
 */
import { normalCdf } from './normal.ts';
import { median } from './quantile.ts';

export interface Trend {
  /** Change from one value to the next. NaN for fewer than two values. */
  readonly slope: number;
  /** Two-sided; 1 for fewer than three values, or where all are equal. Values that depend on their neighbours make it too small. */
  readonly pValue: number;
}

/** O(n²): some hundred values at most, then. RangeError for a value that is not finite. */
export function findTrend(values: readonly number[]): Trend {
  if (!values.every(Number.isFinite)) throw new RangeError('a value is not a finite number');
  const n = values.length;
  const slopes: number[] = [];
  let concordance = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const difference = values[j]! - values[i]!;
      slopes.push(difference / (j - i));
      concordance += Math.sign(difference);
    }
  }
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  const distance = Math.max(0, Math.abs(concordance) - 1);
  const pValue = n < 3 || !(variance > 0) ? 1 : Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)));
  return { slope: median(slopes), pValue };
}

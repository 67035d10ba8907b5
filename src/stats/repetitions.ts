/**
 * How often to repeat inside one unit before starting the next. Two-stage sampling: Cochran, Sampling Techniques, 10.6;
 * for benchmarks Kalibera & Jones, "Rigorous benchmarking in reasonable time", ISMM 2013, 6.3.
 */
export interface Costs {
  /** What a unit costs to begin with, in any measure. */
  readonly unit: number;
  /** What one repetition in it costs, in the same measure, above zero. */
  readonly repetition: number;
  /** Variance of one repetition over the variance between units. */
  readonly varianceRatio: number;
}

/** The number of repetitions, at least one and not whole, at which a given cost buys the least variance of the mean. */
export function bestRepetitions({ unit, repetition, varianceRatio }: Costs): number {
  if (!(repetition > 0 && unit >= 0 && varianceRatio >= 0)) {
    throw new RangeError('a repetition must cost something, and neither a unit nor a variance be negative');
  }
  return Math.max(1, Math.sqrt((varianceRatio * unit) / repetition));
}

/**
 * The shift function: how far each quantile of a distribution moved, slow operations and fast ones, with a band that holds all
 * of them at once. The block is the unit: quantiles are taken in each run, and only their log-ratios, one row a block, come
 * here. Centres are Hodges-Lehmann; the band is as wide as the re-studentised max-t over all quantiles says for means, and by
 * √(π/3) wider, since on normal noise the centre varies by that more than a mean (elsewhere by less).
 * Source: Doksum 1974; Wilcox 2012, Introduction to Robust Estimation 5.1; for the band see max-t.ts.
 */
import { hodgesLehmann } from './hodges-lehmann.ts';
import { maxT } from './max-t.ts';

const CENTRE_TO_MEAN = Math.sqrt(Math.PI / 3);

export interface Shift {
  /** Log-ratio, as are `low` and `high`. */
  readonly centre: number;
  readonly low: number;
  readonly high: number;
}

export interface ShiftOptions {
  /** Chance that any of the intervals misses. */
  readonly alpha: number;
  readonly seed: number;
  /**
   * What each log-ratio may be off by itself, both arms together: quantiles read from histograms are off by up to a bucket,
   * ln 2^(1/64) an arm. 0 by default.
   */
  readonly error?: number;
}

/**
 * `rows`: blocks x quantiles, log-ratios, finite; at least two blocks. One shift a quantile; infinite ends where the blocks are
 * too few for the level (six are needed at 5 %). RangeError for rows that are ragged, empty or not finite.
 */
export function shiftFunction(rows: readonly (readonly number[])[], { alpha, seed, error = 0 }: ShiftOptions): Shift[] {
  const band = maxT(rows, alpha, seed);
  return band.centre.map((middle, quantile) => {
    const { centre } = hodgesLehmann(
      rows.map((row) => row[quantile]!),
      alpha,
    );
    const reach = band.critical === Infinity ? Infinity : CENTRE_TO_MEAN * (band.high[quantile]! - middle) + error;
    return { centre, low: centre - reach, high: centre + reach };
  });
}

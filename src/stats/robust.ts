/** Spread and dependence that a few wild values do not move. */
import { mean, median } from './quantile.ts';

/** 1.4826 times the median absolute deviation: the standard deviation if the values were normal. NaN for no values. */
export function robustSd(values: readonly number[]): number {
  const centre = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

/**
 * Autocorrelation at lag 1 of values in run order, after clipping to the median ± 3 robust standard deviations: one
 * burst must not hide, nor fake, a drift. 0 for fewer than three values or no spread.
 */
export function lagOne(values: readonly number[]): number {
  if (values.length < 3) return 0;
  const centre = median(values);
  const reach = 3 * robustSd(values);
  const clipped =
    reach > 0 ? values.map((value) => Math.min(centre + reach, Math.max(centre - reach, value))) : [...values];
  const middle = mean(clipped);
  let products = 0;
  let squares = 0;
  clipped.forEach((value, i) => {
    squares += (value - middle) ** 2;
    if (i > 0) products += (value - middle) * (clipped[i - 1]! - middle);
  });
  return squares === 0 ? 0 : products / squares;
}

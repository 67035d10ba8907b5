/** The chi-squared distribution, by the gamma distribution (Abramowitz & Stegun 26.4.19). */
import { gammaQuantile, logGammaTails } from './gamma.ts';

/** P(X <= x) with df degrees of freedom; 0 below zero. */
export function chiSquaredCdf(x: number, df: number): number {
  return x <= 0 ? 0 : Math.exp(logGammaTails(df / 2, x / 2).lower);
}

/** P(X > x), also when it is tiny. */
export function chiSquaredUpper(x: number, df: number): number {
  return x <= 0 ? 1 : Math.exp(logGammaTails(df / 2, x / 2).upper);
}

/** x with P(X <= x) = p; 0 at 0, Infinity at 1, NaN outside. */
export function chiSquaredQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2);
}

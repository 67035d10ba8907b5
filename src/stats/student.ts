/** Student's t distribution, by the beta distribution (Abramowitz & Stegun 26.7.1), exact far out in the tails. */
import { betaLogitQuantile, logBeta, logBetaTails } from './beta.ts';
import { normalCdf, normalDensity, normalQuantile } from './normal.ts';

export function studentDensity(t: number, df: number): number {
  if (df === Infinity) return normalDensity(t);
  return Math.exp(-0.5 * (df + 1) * Math.log1p((t * t) / df) - logBeta(df / 2, 0.5)) / Math.sqrt(df);
}

/** P(T <= t); df > 0, not necessarily whole, Infinity for the normal. NaN for df that is not. */
export function studentCdf(t: number, df: number): number {
  if (df === Infinity) return normalCdf(t);
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (!Number.isFinite(t)) return t < 0 ? 0 : 1;
  const square = t * t;
  const beyond = 0.5 * Math.exp(logBetaTails(df / (df + square), df / 2, 0.5, square / (df + square)).lower);
  return t < 0 ? beyond : 1 - beyond;
}

/** t with P(T <= t) = p; −Infinity at 0, Infinity at 1, NaN outside. */
export function studentQuantile(p: number, df: number): number {
  if (df === Infinity) return normalQuantile(p);
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p === 0) return -Infinity;
  if (p === 0.5) return 0;
  // Both tails hold 2p: df / (df + t²) is a beta number, and its odds are df / t².
  return -Math.sqrt(df * Math.exp(-betaLogitQuantile(2 * p, df / 2, 0.5)));
}

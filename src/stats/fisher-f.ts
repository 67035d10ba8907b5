/** Fisher's F distribution, by the beta distribution (Abramowitz & Stegun 26.6.2). */
import { betaLogitQuantile, logBetaTails } from './beta.ts';

/** P(F <= x) with df1 over df2 degrees of freedom; 0 below zero. */
export function fCdf(x: number, df1: number, df2: number): number {
  return Math.exp(logTails(x, df1, df2).lower);
}

/** P(F > x): the p-value of an analysis of variance, also when it is tiny. */
export function fUpper(x: number, df1: number, df2: number): number {
  return Math.exp(logTails(x, df1, df2).upper);
}

/** x with P(F <= x) = p; 0 at 0, Infinity at 1, NaN outside. */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  return (df2 / df1) * Math.exp(betaLogitQuantile(p, df1 / 2, df2 / 2));
}

function logTails(x: number, df1: number, df2: number) {
  if (x <= 0) return { lower: -Infinity, upper: 0 };
  if (x === Infinity) return { lower: 0, upper: -Infinity };
  const sum = df1 * x + df2;
  return logBetaTails((df1 * x) / sum, df1 / 2, df2 / 2, df2 / sum);
}

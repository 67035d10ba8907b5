/**
 * The beta distribution, in logarithms, so that far tails keep their digits: about 1e-13 relative for parameters up to a
 * thousand. By the continued fraction on whichever side of the mean converges.
 * Source: Abramowitz & Stegun 26.5.8; Lentz's method as modified by Thompson & Barnett 1986.
 */
import { logGamma, stirlingRest } from './gamma.ts';
import { invertLogTail, type LogTails } from './log-tail.ts';

/** ln B(a, b); without the cancellation of three large terms when one parameter is large. */
export function logBeta(a: number, b: number): number {
  const [small, large] = [Math.min(a, b), Math.max(a, b)];
  if (!(large >= 12)) return logGamma(small) + logGamma(large) - logGamma(small + large);
  // ln Γ(large) − ln Γ(large + small) by Stirling, the leading terms taken together.
  const rest = stirlingRest(large) - stirlingRest(large + small);
  return logGamma(small) + rest - (large - 0.5) * Math.log1p(small / large) - small * Math.log(large + small) + small;
}

/**
 * Both tails of a beta distribution at x; NaN outside 0 to 1. `complement` is 1 − x, for a caller who knows it better than a
 * subtraction does.
 */
export function logBetaTails(x: number, a: number, b: number, complement = 1 - x): LogTails {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && complement >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: -Infinity, upper: 0 };
  if (complement === 0) return { lower: 0, upper: -Infinity };
  return tailsFrom({ x, complement, logFront: a * Math.log(x) + b * Math.log(complement) - logBeta(a, b) }, a, b);
}

/** P(X <= x): the regularised incomplete beta function. NaN outside 0 to 1. */
export function betaCdf(x: number, a: number, b: number): number {
  return Math.exp(logBetaTails(x, a, b).lower);
}

/** x with P(X <= x) = p; NaN outside. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p === 0) return 0;
  if (p === 1) return 1;
  return 1 / (1 + Math.exp(-betaLogitQuantile(p, a, b)));
}

/** ln(x / (1 − x)) of the quantile x: keeps the digits of x near 0 and of 1 − x near 1. 0 < p < 1, NaN elsewhere. */
export function betaLogitQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1) || !(a > 0) || !(b > 0)) return Number.NaN;
  const whole = logBeta(a, b);
  // The logit of a beta number has a log-concave density: x^a (1 − x)^b / B(a, b). In logarithms, since x may be below all numbers.
  const logDensity = (u: number) => -a * softPlus(-u) - b * softPlus(u) - whole;
  const tails = (u: number) =>
    tailsFrom({ x: Math.exp(-softPlus(-u)), complement: Math.exp(-softPlus(u)), logFront: logDensity(u) }, a, b);
  return invertLogTail({ p, start: Math.log(a / b), logDensity, tails });
}

/** ln(1 + e^u). */
const softPlus = (u: number): number => (u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u)));

interface Place {
  readonly x: number;
  readonly complement: number;
  /** ln of x^a (1 − x)^b / B(a, b). */
  readonly logFront: number;
}

function tailsFrom({ x, complement, logFront }: Place, a: number, b: number): LogTails {
  if (x * (b + 1) < (a + 1) * complement) {
    const lower = Math.min(0, logFront + Math.log(fraction(x, a, b) / a));
    return { lower, upper: Math.log(-Math.expm1(lower)) };
  }
  const upper = Math.min(0, logFront + Math.log(fraction(complement, b, a) / b));
  return { lower: Math.log(-Math.expm1(upper)), upper };
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, tiny);
    c = nonZero(1 + even / c, tiny);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, tiny);
    c = nonZero(1 + odd / c, tiny);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value);

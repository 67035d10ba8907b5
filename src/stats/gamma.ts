/**
 * The gamma function and the gamma distribution, in logarithms, so that far tails keep their digits: about 1e-13 relative for
 * shapes up to a thousand. Series below the shape, continued fraction above it.
 * Source: Abramowitz & Stegun 6.1.41, 6.5.29, 6.5.31; Lentz's method as modified by Thompson & Barnett 1986.
 */
import { invertLogTail, type LogTails } from './log-tail.ts';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const STIRLING_FROM = 12;

/** ln Γ(x) for x > 0; NaN elsewhere. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === Infinity) return Infinity;
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_FROM) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRest(shifted) - Math.log(product);
}

/** What Stirling's formula leaves of ln Γ(x), x >= 12, to 1e-17. */
export function stirlingRest(x: number): number {
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / x;
}

/** ln P(X <= x) and ln P(X > x), X of a gamma distribution of that shape and scale 1; x >= 0. */
export function logGammaTails(shape: number, x: number): LogTails {
  if (!(shape > 0) || !(x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: -Infinity, upper: 0 };
  if (x === Infinity) return { lower: 0, upper: -Infinity };
  return tailsFrom(shape, x, shape * Math.log(x) - x - logGamma(shape));
}

/** x with P(X <= x) = p, scale 1; 0 at 0, Infinity at 1, NaN outside. */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p <= 1) || !(shape > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const whole = logGamma(shape);
  // The logarithm of a gamma number has a log-concave density: x^shape e^-x / Γ(shape).
  const logDensity = (u: number) => shape * u - Math.exp(u) - whole;
  const tails = (u: number) => tailsFrom(shape, Math.exp(u), logDensity(u));
  return Math.exp(invertLogTail({ p, start: Math.log(shape), logDensity, tails }));
}

/** `logFront` is ln of x^shape e^-x / Γ(shape), known also where x is below all numbers. */
function tailsFrom(shape: number, x: number, logFront: number): LogTails {
  if (x < shape + 1) {
    const lower = Math.min(0, logFront + Math.log(series(shape, x)));
    return { lower, upper: Math.log(-Math.expm1(lower)) };
  }
  const upper = Math.min(0, logFront + Math.log(fraction(shape, x)));
  return { lower: Math.log(-Math.expm1(upper)), upper };
}

function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function fraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 100_000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

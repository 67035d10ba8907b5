/**
 * The standard normal distribution, to about 1e-14 relative also far out in the tails.
 * Centre: Marsaglia's series (Journal of Statistical Software 11(4), 2004). Tail: the continued fraction of Mills' ratio.
 */
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
const SERIES_UP_TO = 3;

export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/** P(Z <= x). */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > SERIES_UP_TO) return 1 - upperTail(x);
  if (x < -SERIES_UP_TO) return upperTail(-x);
  return 0.5 + normalDensity(x) * centreSeries(x);
}

/** x with P(Z <= x) = p; −Infinity at 0, Infinity at 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Abramowitz & Stegun 26.2.23 to start from (error < 4.5e-4), then Halley's method, which triples the digits each time.
  const t = Math.sqrt(-2 * Math.log(p));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x);
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}

function centreSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return sum;
}

/** P(Z > x) for x > 0 that is not small. */
function upperTail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

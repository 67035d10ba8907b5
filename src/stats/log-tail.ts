/**
 * Quantiles of a distribution with a log-concave density. Its tails are log-concave too (Bagnoli & Bergstrom 2005), so Newton's
 * method on the logarithm of the smaller tail converges from anywhere, and as well at 1e-300 as in the middle.
 */
/** ln P(U <= u) and ln P(U > u). */
export interface LogTails {
  readonly lower: number;
  readonly upper: number;
}

export interface TailQuantile {
  /** Share below the quantile, 0 < p < 1. */
  readonly p: number;
  readonly start: number;
  readonly logDensity: (u: number) => number;
  readonly tails: (u: number) => LogTails;
}

export function invertLogTail({ p, start, logDensity, tails }: TailQuantile): number {
  const below = p <= 0.5;
  const target = below ? Math.log(p) : Math.log1p(-p);
  let u = start;
  for (let step = 0; step < 100; step++) {
    const { lower, upper } = tails(u);
    const tail = below ? lower : upper;
    const slope = Math.exp(logDensity(u) - tail);
    const move = ((target - tail) / slope) * (below ? 1 : -1);
    u += move;
    if (!(Math.abs(move) > 4e-16 * Math.max(1, Math.abs(u)))) break;
  }
  return u;
}

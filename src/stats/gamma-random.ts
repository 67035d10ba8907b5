/** Random numbers of the gamma and beta distributions. Source: Marsaglia & Tsang 2000, ACM TOMS 26(3). */
import type { Random } from './random.ts';

/** A gamma number of that shape (at least 1) and scale 1. */
export function drawGamma(random: Random, shape: number): number {
  if (!(shape >= 1)) throw new RangeError(`A gamma number needs a shape of at least 1, not ${shape}.`);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A beta number; both parameters at least 1. */
export function drawBeta(random: Random, a: number, b: number): number {
  const x = drawGamma(random, a);
  return x / (x + drawGamma(random, b));
}

/** Order statistics `rank` and `rank` + 1 (1-based; the second 1 when there is none) of n uniform numbers, without drawing the others. */
export function drawOrderStatistics(random: Random, n: number, rank: number): readonly [number, number] {
  const first = drawBeta(random, rank, n - rank + 1);
  if (rank >= n) return [first, 1];
  // Given the first, the other n − rank are uniform above it, and the second is the least of them.
  return [first, first + (1 - first) * -Math.expm1(Math.log1p(-random.uniform()) / (n - rank))];
}

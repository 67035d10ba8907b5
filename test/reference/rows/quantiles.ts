/**
 * Quantiles of single operations: one value a process, Hodges-Lehmann over blocks. The model: the process sd 1 %, lognormal
 * times of sigma .15, and 2 of 100 times a Pareto number of index 2. A quantile of so many times needs two of their order
 * statistics only, which are drawn as uniform ones and sent through the inverse distribution: exact, and no time is drawn in vain.
 */
import { drawOrderStatistics } from '../../../src/stats/gamma-random.ts';
import { normalCdf } from '../../../src/stats/normal.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { coverage, type Source } from '../rates.ts';
import { between, type Row } from '../row.ts';

const BLOCKS = 20;
const TIMES = 2000;
const PROCESS_SD = 0.01;
const BODY_SD = 0.15;
const TAIL_SHARE = 0.02;
const TAIL_INDEX = 2;

/** Block log-ratios of the quantile p of two processes of the same program. */
const quantileNoise =
  (p: number): Source =>
  (random, blocks) =>
    Array.from({ length: blocks }, () => logQuantile(random, p) - logQuantile(random, p));

function logQuantile(random: Random, p: number): number {
  const at = (TIMES - 1) * p;
  const [u, v] = drawOrderStatistics(random, TIMES, Math.floor(at) + 1);
  const [low, high] = [Math.exp(logTimeAt(u)), Math.exp(logTimeAt(v))];
  return PROCESS_SD * random.normal() + Math.log(low + (at - Math.floor(at)) * (high - low));
}

/** The logarithm that a share u of the times stays below, by halving. */
function logTimeAt(u: number): number {
  let [low, high] = [-2, 20];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (shareBelow(middle) < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(ln time <= y): a normal, or for the tail the sum of a normal and an exponential of rate TAIL_INDEX. */
function shareBelow(y: number): number {
  const body = normalCdf(y / BODY_SD);
  const shift = TAIL_INDEX * BODY_SD;
  const beyond = Math.exp(-TAIL_INDEX * y + (shift * shift) / 2) * normalCdf(y / BODY_SD - shift);
  return body - TAIL_SHARE * beyond;
}

export const rows: readonly Row[] = [0.5, 0.95, 0.99].map((p): Row => {
  return {
    part: 'quantiles',
    figure: `95 % interval holds p${100 * p}, ${BLOCKS} blocks of ${TIMES} times`,
    ...between(0.935, 0.97),
    measure: (replicates, seed) => coverage(quantileNoise(p), BLOCKS, replicates, seedFor(seed, p)),
    inTest: { replicates: 200, holds: (reached) => 0.9 <= reached && reached <= 0.99 },
  };
});

/** A seed of its own for each quantile, so that their rows do not rise and fall together. */
function seedFor(seed: number, p: number): number {
  return createRandom(seed, 'quantiles', p).bits();
}

/** What fits of growth promise: superlinear growth told from linear with a fixed cost, and where throughput peaks. */
import { fitPowerLaw } from '../../../src/stats/power-law.ts';
import { median, quantile } from '../../../src/stats/quantile.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { fitScalability, scalabilityAt } from '../../../src/stats/scalability.ts';
import { atLeast, atMost, type Row } from '../row.ts';

const SIZES = Array.from({ length: 13 }, (_, i) => 2 ** (4 + i));
const PROCESSES = 5;
const SPREAD = 0.05;
/** Size at which the fixed cost equals the variable one. */
const EVEN_AT = 64;

const LOADS = [1, 2, 4, 8, 12, 16, 24, 32];
const LAW = { gamma: 1000, sigma: 0.05, kappa: 0.002 };
const PEAK = Math.sqrt((1 - LAW.sigma) / LAW.kappa);
const LOAD_SPREAD = 0.03;

function calledSuperlinear(exponent: number, replicates: number, seed: number): number {
  let called = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed, 'superlinearity', replicate);
    const x = repeat(SIZES);
    const y = x.map((size) => (EVEN_AT ** exponent + size ** exponent) * spread(random, SPREAD));
    if (fitPowerLaw(x, y).superlinear === 'yes') called++;
  }
  return called / replicates;
}

/** How far the peak of each fit lies from the true one, a fraction with its sign. */
function missedPeaks(replicates: number, seed: number): number[] {
  return Array.from({ length: replicates }, (_, replicate) => {
    const random = createRandom(seed, 'scalability', replicate);
    const n = repeat(LOADS);
    const x = n.map((load) => scalabilityAt({ ...LAW, peak: PEAK, squares: 0 }, load) * spread(random, LOAD_SPREAD));
    return fitScalability(n, x).peak / PEAK - 1;
  });
}

const repeat = (values: readonly number[]): number[] =>
  values.flatMap((value) => Array.from({ length: PROCESSES }, () => value));
const spread = (random: Random, sd: number): number => Math.exp(sd * random.normal());

export const rows: readonly Row[] = [
  {
    part: 'superlinearity',
    figure: 'called at exponent 1 with a fixed cost',
    ...atMost(0.06),
    measure: (replicates, seed) => calledSuperlinear(1, replicates, seed),
    inTest: { replicates: 200, holds: (reached) => reached <= 0.1 },
  },
  {
    part: 'superlinearity',
    figure: 'called at exponent 1.1',
    ...atLeast(0.95),
    measure: (replicates, seed) => calledSuperlinear(1.1, replicates, seed),
    inTest: { replicates: 100, holds: (reached) => reached >= 0.9 },
  },
  {
    part: 'scalability',
    figure: 'median of the peak off by',
    ...atMost(0.03),
    measure: (replicates, seed) => Math.abs(median(missedPeaks(replicates, seed))),
    inTest: { replicates: 200, holds: (reached) => reached <= 0.03 },
  },
  {
    part: 'scalability',
    figure: '90 % of peaks are off by less than',
    ...atMost(0.08),
    measure: (replicates, seed) => quantile(missedPeaks(replicates, seed).map(Math.abs), 0.9),
    inTest: { replicates: 200, holds: (reached) => reached <= 0.09 },
  },
];

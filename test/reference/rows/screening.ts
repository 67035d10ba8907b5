/** What sizes of steps promise: noise alone has none, and a size that is there lies in its interval. */
import { hodgesLehmann } from '../../../src/stats/hodges-lehmann.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { readSteps } from '../../../src/stats/step-sizes.ts';
import { atLeast, atMost, type Row } from '../row.ts';

/** Noise of a step in one block; ten steps a factor, one a trajectory. */
const NOISE = 0.03;
const STEPS = 10;
const BLOCKS = 20;

/** Share of studies whose interval for the mean size satisfies `wanted`; steps of this size go up and down in turn. */
function share(
  size: number,
  replicates: number,
  seed: number,
  wanted: (interval: { readonly low: number; readonly high: number }) => boolean,
): number {
  let count = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed, 'screening', size, replicate);
    const changes = Array.from({ length: BLOCKS }, () =>
      Array.from({ length: STEPS }, (_, step) => (step % 2 === 0 ? size : -size) + NOISE * random.normal()),
    );
    if (wanted(hodgesLehmann(readSteps(changes).size.filter(Number.isFinite), 0.05))) count++;
  }
  return count / replicates;
}

const part = 'screening';

export const rows: readonly Row[] = [
  {
    part,
    figure: 'μ* of an inert factor, 3 % noise a step, 20 blocks: interval above 0',
    ...atMost(0.03),
    measure: (replicates, seed) => share(0, replicates, seed, ({ low }) => low > 0),
    inTest: { replicates: 200, holds: (reached) => reached <= 0.07 },
  },
  {
    part,
    figure: 'steps of 3 % that cancel: interval of μ* above 1 %',
    ...atLeast(0.95),
    measure: (replicates, seed) => share(0.03, replicates, seed, ({ low }) => low > 0.01),
    inTest: { replicates: 100, holds: (reached) => reached >= 0.85 },
  },
  {
    part,
    figure: 'steps of 3 % that cancel: interval of μ* wholly above the truth',
    ...atMost(0.03),
    measure: (replicates, seed) => share(0.03, replicates, seed, ({ low }) => low > 0.03),
    inTest: { replicates: 200, holds: (reached) => reached <= 0.07 },
  },
];

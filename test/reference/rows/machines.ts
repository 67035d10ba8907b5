/** What intervals over several machines promise: Hartung and Knapp's hold the mean effect as often as they say. */
import { createRandom } from '../../../src/stats/random.ts';
import { poolEffects } from '../../../src/stats/random-effects.ts';
import { between, type Row } from '../row.ts';

const TRUTH = 0.03;
/** Standard error of one machine's effect, alike on all as the method's table has it. */
const WITHIN = 0.005;
/** Cheap enough to leave little to chance: three standard errors of the share are then 0.7 %. */
const TIMES = 5;

function coverage(machines: number, tau: number, replicates: number, seed: number): number {
  let held = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed, 'machines', machines, tau, replicate);
    const effects = Array.from({ length: machines }, () => TRUTH + tau * random.normal() + WITHIN * random.normal());
    const { low, high } = poolEffects(
      effects,
      effects.map(() => WITHIN ** 2),
    );
    if (low <= TRUTH && TRUTH <= high) held++;
  }
  return held / replicates;
}

export const rows: readonly Row[] = [3, 5, 8, 15].flatMap((machines) =>
  [0, 0.005, 0.015].map(
    (tau): Row => ({
      part: 'machines',
      figure: `Hartung-Knapp, ${machines} machines, ${tau * 100} % between them`,
      ...between(0.935, 0.965),
      measure: (replicates, seed) => coverage(machines, tau, TIMES * replicates, seed),
      inTest: { replicates: 80, holds: (reached) => reached >= 0.9 && reached <= 0.99 },
    }),
  ),
);

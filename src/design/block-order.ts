/** What the seed says of one block: who starts first, who runs when, how the environment is padded. */
import type { BlockOrder, Plan } from '../model/plan.ts';
import type { Stage } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';

/** The size of the environment moves the stack, and that moves times by percents (Mytkowicz et al., ASPLOS 2009). */
const PADDING_BYTES = 4096;

/**
 * Depends on the plan's seed and arms, the stage and the block number alone, so a resumed study repeats it exactly. Blocks are
 * numbered from 0 in each stage. `only` leaves out all other main arms (the fresh stage needs those of what was found),
 * and with them their A/A and probed arms; the order of those that stay does not change.
 */
export function orderBlock(
  plan: Plan,
  stage: Stage,
  block: number,
  rounds: number,
  only?: ReadonlySet<string>,
): BlockOrder {
  const random = createRandom(plan.seed, 'block', stage, block);
  const present = plan.arms.filter((arm) => block % arm.every === 0);
  const kept = new Set(present.filter((arm) => only?.has(arm.treatment.id) ?? true).map((arm) => arm.id));
  const shuffled = () => random.shuffle(present.map((arm) => arm.id)).filter((id) => kept.has(id));
  const padding = Object.fromEntries(present.map((arm) => [arm.id, random.integer(PADDING_BYTES)]));
  const opening = shuffled();
  return {
    block,
    opening,
    rounds: Array.from({ length: Math.max(1, rounds) }, shuffled),
    padding: Object.fromEntries(opening.map((id) => [id, padding[id]!])),
  };
}

/** What the seed says of one block: who starts first, who runs when, how the environment is padded. */
import type { Arm, BlockOrder, Plan } from '../model/plan.ts';
import type { Stage } from '../model/run.ts';
import { createRandom, type Random } from '../stats/random.ts';
import { probedBlockArms } from './probed-blocks.ts';

/** The size of the environment moves the stack, and that moves times by percents (Mytkowicz et al., ASPLOS 2009). */
const PADDING_BYTES = 4096;

/**
 * Depends on the plan's seed and arms, the stage and the block number alone, so a resumed study repeats it exactly. Blocks are
 * numbered from 0 in each stage. `only` leaves out all other main arms (the fresh stage needs those of what was found),
 * and with them their A/A and probed arms; the order of those that stay does not change. A/A arms with blocks of their own run
 * in stage 'self' alone, beside what they repeat; probed arms in stage 'probed' beside their bare twins, and in the pilot.
 */
export function orderBlock(
  plan: Plan,
  stage: Stage,
  block: number,
  rounds: number,
  only?: ReadonlySet<string>,
): BlockOrder {
  const random = createRandom(plan.seed, 'block', stage, block);
  const beside = plan.arms.filter(({ role }) => role !== 'off');
  const present = presentArms(beside, stage, block);
  const kept = new Set(present.filter((arm) => only?.has(arm.treatment.id) ?? true).map((arm) => arm.id));
  const shuffled = () => random.shuffle(present.map((arm) => arm.id)).filter((id) => kept.has(id));
  const padding = Object.fromEntries(present.map((arm) => [arm.id, random.integer(PADDING_BYTES)]));
  const opening = shuffled();
  const order = {
    block,
    opening,
    rounds: Array.from({ length: Math.max(1, rounds) }, shuffled),
    padding: Object.fromEntries(opening.map((id) => [id, padding[id]!])),
  };
  const off = stage === 'probed' ? plan.arms.find(({ role }) => role === 'off') : undefined;
  if (!off || !(only?.has(off.treatment.id) ?? true)) return order;
  return insertOff(order, off.id, createRandom(plan.seed, 'probe off', stage, block));
}

function presentArms(arms: readonly Arm[], stage: Stage, block: number): readonly Arm[] {
  if (stage === 'self') return selfArms(arms);
  if (stage === 'probed') return probedBlockArms(arms);
  const usual = arms.filter((arm) => !isApart(arm) && block % arm.every === 0);
  // A probed process in a judged block would train the processor for one arm and not for the other.
  return stage === 'pilot' ? usual : usual.filter(({ role }) => role !== 'probed');
}

/** Anywhere, alike likely, by a stream of its own: what the seed says of all other arms stays what it is without it. */
function insertOff(order: BlockOrder, id: string, random: Random): BlockOrder {
  const insert = (ids: readonly string[]) => ids.toSpliced(random.integer(ids.length + 1), 0, id);
  return {
    ...order,
    opening: insert(order.opening),
    rounds: order.rounds.map(insert),
    padding: { ...order.padding, [id]: random.integer(PADDING_BYTES) },
  };
}

/**
 * Whether an arm checks itself in blocks of its own. A third process that runs the same code as the baseline's, at the same
 * addresses, trains the processor's branch predictor for it and not for the candidate: a candidate that differs anywhere
 * then looks several per cent slower (docs/method.md, "The same treatment twice").
 */
export function isApart(arm: Arm): boolean {
  return arm.role === 'aa' && arm.every > 1;
}

/** Those that take part in a self-check: arms apart, and what they repeat. */
function selfArms(arms: readonly Arm[]): readonly Arm[] {
  const repeated = new Set(arms.filter(isApart).map((arm) => arm.treatment.id));
  return arms.filter((arm) => isApart(arm) || (arm.role === 'main' && repeated.has(arm.treatment.id)));
}

/** What the blocks of self-checks add to the price of a block of all main arms, as a share of it. */
export function selfShare(arms: readonly Arm[]): number {
  const every = arms.find(isApart)?.every ?? Infinity;
  return selfArms(arms).length / arms.filter((arm) => arm.role === 'main').length / every;
}

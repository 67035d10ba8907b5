/** What the blocks of a pilot cost, apart: starting and ending processes, and each round. */
import { isApart, selfShare } from '../design/block-order.ts';
import type { Arm } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { median } from '../stats/quantile.ts';
import type { BlockEntry } from '../store/journal.ts';
import { OBSERVED_BLOCKS } from './warm-up.ts';

export interface BlockPrice {
  /** Starting, comparing and ending the processes. */
  readonly fixedS: number;
  /** One batch of every process, the asking included. */
  readonly roundS: number;
}

/** Seconds an average block takes, with its share of those that check and explain; what a probed process costs, dear blocks of the pilot tell. */
export function priceBlock(
  blocks: readonly BlockEntry[],
  arms: readonly Arm[],
  secondsOf: (price: BlockPrice) => number,
): number {
  const settled = typicalBlocks(blocks);
  const price = (some: readonly BlockEntry[]): number | undefined => {
    const prices = some.flatMap((block) => splitPrice(block) ?? []);
    return prices.length > 0 ? median(prices.map(secondsOf)) : undefined;
  };
  const every = sideEvery(arms);
  const plain = price(settled.filter((block) => every === undefined || block.block % every !== 0));
  const dear = price(settled.filter((block) => every !== undefined && block.block % every === 0));
  const usual = plain ?? dear ?? price(blocks) ?? 1;
  const own = every === undefined ? usual : usual + (((dear ?? usual) - usual) * besideShare(arms)) / every;
  return own + usual * selfShare(arms);
}

/** Medians over the blocks that ran as the rest of the study will; undefined when none of them tells. */
export function typicalPrice(blocks: readonly BlockEntry[]): BlockPrice | undefined {
  const prices = typicalBlocks(blocks).flatMap((block) => splitPrice(block) ?? []);
  if (prices.length === 0) return undefined;
  return {
    fixedS: median(prices.map((price) => price.fixedS)),
    roundS: Math.max(1e-9, median(prices.map((price) => price.roundS))),
  };
}

/** The first blocks also searched for their pace. */
function typicalBlocks(blocks: readonly BlockEntry[]): readonly BlockEntry[] {
  const later = blocks.slice(OBSERVED_BLOCKS);
  return later.length > 1 ? later : blocks.length > 1 ? blocks.slice(1) : blocks;
}

function splitPrice(block: BlockEntry): BlockPrice | undefined {
  const runs = listRuns([block]);
  const rounds = Math.max(0, ...runs.map((run) => run.batches.length));
  if (rounds === 0) return undefined;
  const batchesS = runs.reduce(
    (total, run) =>
      total + run.batches.reduce((sum, seconds) => sum + run.iterations * seconds + (run.askingS ?? 0), 0),
    0,
  );
  const wholeS = block.endedS - block.startedS;
  return { fixedS: Math.max(0, wholeS - batchesS), roundS: batchesS / rounds };
}

/** What the pilot's probed processes took, once more for their bare twins, and for one that no pilot has: the probe built in and off. */
function besideShare(arms: readonly Arm[]): number {
  const count = (role: Arm['role']) => arms.filter((arm) => arm.role === role).length;
  return 2 + count('off') / count('probed');
}

function sideEvery(arms: readonly Arm[]): number | undefined {
  const side = arms.filter((arm) => arm.every > 1 && !isApart(arm)).map((arm) => arm.every);
  return side.length > 0 ? Math.min(...side) : undefined;
}

export function listRuns(blocks: readonly BlockEntry[]): RunOutcome[] {
  return blocks.flatMap((block) => block.outcomes.filter((outcome) => outcome.kind === 'run'));
}

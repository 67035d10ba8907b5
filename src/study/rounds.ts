/** How much batches vary beside the processes they run in, as the pilot saw it: what a further round is worth. */
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';
import type { BlockEntry } from '../store/journal.ts';

/** Batches of a millisecond vary about three times as much as the processes they run in, on a calm machine. */
const LEAST_RATIO = 10;
/** A pilot of twelve blocks can't tell more than this apart. */
const MOST_RATIO = 40;
const LEAST_BLOCKS = 6;
const LEAST_BATCHES = 4;
/** Of normal values, the variance of a median of n over that of one value is this over n. */
const MEDIAN_LOSS = Math.PI / 2;

/**
 * Variance of one round's log-ratio over the variance that is left between blocks when the rounds of a block are taken out;
 * of all contrasts together, and between 10 and 40 (for batches of a millisecond; times `scale`). Robust spreads: a burst is no reason to run more rounds.
 */
export function varianceRatio(blocks: readonly BlockEntry[], plan: Plan, scale = 1): number {
  const [least, most] = [LEAST_RATIO * scale, MOST_RATIO * scale];
  let withinBlocks = 0;
  let betweenBlocks = 0;
  for (const { baselineArm, candidateArm } of plan.contrasts) {
    const ratios = blocks.flatMap((block) => roundRatios(block, baselineArm, candidateArm));
    if (ratios.length < LEAST_BLOCKS) continue;
    const within = median(ratios.map(robustSd)) ** 2;
    const between = robustSd(ratios.map(median)) ** 2;
    const rounds = median(ratios.map((block) => block.length));
    withinBlocks += within;
    betweenBlocks += between - (MEDIAN_LOSS * within) / rounds;
  }
  if (withinBlocks === 0) return least;
  if (betweenBlocks <= 0) return most;
  return Math.min(most, Math.max(least, withinBlocks / betweenBlocks));
}

/** Of one block: empty when an arm is missing or ran too few rounds. */
function roundRatios(block: BlockEntry, baselineArm: string, candidateArm: string): number[][] {
  const find = (arm: string) =>
    block.outcomes.find((outcome): outcome is RunOutcome => outcome.kind === 'run' && outcome.arm === arm)?.batches;
  const [from, to] = [find(baselineArm), find(candidateArm)];
  if (!from || !to || Math.min(from.length, to.length) < LEAST_BATCHES) return [];
  const ratios = from.flatMap((seconds, round) => {
    const ratio = Math.log((to[round] ?? Number.NaN) / seconds);
    return Number.isFinite(ratio) ? [ratio] : [];
  });
  return ratios.length < LEAST_BATCHES ? [] : [ratios];
}

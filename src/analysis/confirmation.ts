/**
 * Proof that a change is the cause: good, bad and reverted builds in the same fresh blocks. The culprit is confirmed when bad is
 * slower than good and slower than reverted, each one-sided at 5 %; as both must hold, neither level is
 * corrected (intersection-union: Berger, Technometrics 24, 1982).
 */
import type { RevertOutcome } from '../model/confirmation.ts';
import type { Warning } from '../model/problem.ts';
import { hodgesLehmann, type Interval } from '../stats/hodges-lehmann.ts';

/** Log-ratios of each pair of arms, block by block, plus being slower. */
export interface RevertBlocks {
  readonly badOverGood: readonly number[];
  readonly badOverReverted: readonly number[];
  readonly revertedOverGood: readonly number[];
}

export interface RevertProof {
  readonly outcome: RevertOutcome;
  /** Log-ratios with their 90 % intervals, so that each end is a one-sided 5 %. */
  readonly badOverGood: Interval;
  readonly badOverReverted: Interval;
  readonly revertedOverGood: Interval;
  /** Whether what reverting left over is shown to be there, and not only not excluded. */
  readonly restShown: boolean;
  readonly warnings: readonly Warning[];
}

const ONE_SIDED = 0.05;
/** Below this a one-sided 5 % is out of the signed-rank test's reach whatever the blocks say. */
const LEAST_BLOCKS = 5;
const FEW_BLOCKS = 12;

export interface RevertOptions {
  /** The smallest change that matters, as a fraction. */
  readonly margin: number;
  /**
   * A change, as a fraction, that this mode shows where nothing differs; 0 by default. Long-lived processes taking turns were
   * seen to be off by 0.25 % for a whole study.
   */
  readonly offset?: number;
}

/** Blocks must not be those by which the culprit was found. */
export function proveByRevert(blocks: RevertBlocks, { margin, offset = 0 }: RevertOptions): RevertProof {
  const badOverGood = hodgesLehmann(blocks.badOverGood, 2 * ONE_SIDED);
  const badOverReverted = hodgesLehmann(blocks.badOverReverted, 2 * ONE_SIDED);
  const revertedOverGood = hodgesLehmann(blocks.revertedOverGood, 2 * ONE_SIDED);
  const reach = Math.log1p(margin);
  const nothing = Math.log1p(offset);
  const restored = -reach < revertedOverGood.low && revertedOverGood.high < reach;
  const outcome =
    badOverGood.low <= nothing
      ? 'not-reproduced'
      : badOverReverted.low <= nothing
        ? 'revert-ineffective'
        : restored
          ? 'restored'
          : 'partly-restored';
  return {
    outcome,
    badOverGood,
    badOverReverted,
    revertedOverGood,
    restShown: revertedOverGood.low > nothing,
    warnings: warnAbout(blocks),
  };
}

function warnAbout(blocks: RevertBlocks): Warning[] {
  const fewest = Math.min(...Object.values(blocks).map((values: readonly number[]) => values.length));
  if (fewest >= FEW_BLOCKS) return [];
  const none = fewest < LEAST_BLOCKS ? `; below ${LEAST_BLOCKS} nothing can be confirmed` : '';
  return [
    {
      code: 'few-blocks',
      message: `it rests on ${fewest} ${fewest === 1 ? 'block' : 'blocks'}, fewer than ${FEW_BLOCKS}${none}`,
      cure: 'give a larger budget, or a faster block',
    },
  ];
}

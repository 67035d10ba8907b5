/** What a study says of itself while it runs; the live line draws it. */
import { collectBlocks, isExact, pairBlocks } from '../analysis/samples.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Contrast, Mode, Plan, Schedule } from '../model/plan.ts';
import type { Outcome, Stage } from '../model/run.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import type { Overrun } from './overrun.ts';

/** The contrast worth watching, as ratios: nothing is decided by it. */
export interface Glimpse {
  readonly contrast: Contrast;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export type StudyEvent =
  /** `before`: blocks of an earlier part of a resumed study. */
  | { readonly kind: 'begun'; readonly treatments: number; readonly budgetS: number; readonly before: number }
  | {
      readonly kind: 'block';
      readonly stage: Stage;
      /** Blocks of this stage that were run without a failure, and how many it may take at most: Infinity while watching. */
      readonly blocks: number;
      readonly of: number;
      readonly elapsedS: number;
      /** Seconds the rest may take at most, as far as is known. */
      readonly leftS: number;
      readonly glimpse?: Glimpse;
    }
  | {
      readonly kind: 'dropped';
      readonly stage: Stage;
      readonly block: number;
      readonly arm: string;
      readonly message: string;
    }
  | {
      readonly kind: 'scheduled';
      readonly blocks: number;
      readonly blockS: number;
      readonly mode: Mode;
      readonly chosen: boolean;
      /** As it was settled. */
      readonly schedule: Schedule;
      /** Where the budget is less than the least study may take. */
      readonly overrun?: Overrun;
    }
  /** `effects`: of a design, that matter and have to do so again. */
  | {
      readonly kind: 'repeating';
      readonly found: readonly Contrast[];
      readonly effects: number;
      readonly blocks: number;
    }
  | { readonly kind: 'with-processes'; readonly mode: Mode; readonly blocks: number }
  | { readonly kind: 'storing' };

/** Beyond this many blocks the line is not worth an interval a block. */
const OFTEN = 200;
const SELDOM_EVERY = 10;
const LEAST = 6;

/** The first contrast (builds come first in a plan) over the blocks of this stage, at 95 %. */
export function glimpse(
  { experiment, plan, outcomes }: { experiment: Experiment; plan: Plan; outcomes: readonly Outcome[] },
  stage: Stage,
  mode: Mode,
  blocks: number,
): Glimpse | undefined {
  const { primary } = experiment.metrics;
  if (blocks < LEAST || isExact(primary) || (blocks > OFTEN && blocks % SELDOM_EVERY !== 0)) return undefined;
  const seen = collectBlocks(outcomes, stage);
  for (const contrast of plan.contrasts) {
    const pairs = pairBlocks(seen, contrast, primary, mode);
    if (pairs.length < LEAST) continue;
    const { centre, low, high } = hodgesLehmann(
      pairs.map((pair) => pair.logRatio),
      0.05,
    );
    return { contrast, ratio: Math.exp(centre), low: Math.exp(low), high: Math.exp(high) };
  }
  return undefined;
}

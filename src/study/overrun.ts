/** Looks and repetition take so many blocks at least, whatever the budget is: where it can't be kept, that is said before and after. */
import { freshBlocksFor } from '../analysis/verdict.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import { formatQuantity } from '../model/unit.ts';

/** Up to this many budgets are no overrun: blocks are priced by a pilot, and the last one ends when it ends. */
const OVERRUN = 1.1;

export interface Overrun {
  /** Seconds the whole study may take. */
  readonly mostS: number;
  readonly budgetS: number;
}

/** Once the pilot, which took `elapsedS`, has settled the schedule; undefined where the budget will do. */
export function foreseeOverrun(
  { looks, blockS, stopping }: Pick<Schedule, 'looks' | 'blockS' | 'stopping'>,
  { budgetS }: Pick<Plan, 'budgetS'>,
  elapsedS: number,
): Overrun | undefined {
  const most = looks.at(-1)?.blocks ?? 0;
  const mostS = elapsedS + (most + freshBlocksFor(most)) * blockS;
  return stopping === 'anytime' || mostS <= budgetS * OVERRUN ? undefined : { mostS, budgetS };
}

/** Of a study that took `elapsedS`. */
export function warnOfOverrun(
  { stopping }: Pick<Schedule, 'stopping'>,
  { budgetS }: Pick<Plan, 'budgetS'>,
  elapsedS: number,
): Warning[] {
  if (stopping === 'anytime' || elapsedS <= budgetS * OVERRUN) return [];
  const [took, budget] = [elapsedS, budgetS].map((value) => formatQuantity({ dimension: 'seconds', value }));
  return [
    {
      code: 'over-budget',
      message: `the study took ${took}, and its budget was ${budget}`,
      cure: 'the pilot, the fewest blocks that can decide and the repetition of what they find are run whatever the budget is: give it more, or fewer treatments',
    },
  ];
}

/** What a finished study means to the shell: only builds can fail; paths and levels are compared for their own sake. */
import type { Bisection } from '../model/bisection.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Comparison, Result } from '../model/result.ts';
import { confirms } from '../report/confirmation-view.ts';

const FINE = 0;
const REGRESSION = 1;
const UNDECIDED = 4;

/** 0 fine, 1 a regression against the baseline build was confirmed, 4 a build comparison is undecided. */
export function exitCodeFor(
  { comparisons, confirmation }: Pick<Result, 'comparisons' | 'confirmation'>,
  { metrics }: Pick<Experiment, 'metrics'>,
  onUndecided: 'pass' | 'fail' | undefined,
): number {
  // That the candidate is slower is what is asked for: the answer is whether the change is why.
  if (confirmation) return confirms(confirmation) ? FINE : UNDECIDED;
  const gating = comparisons.filter(
    ({ kind, metric }) => kind === 'build' && (metric === metrics.primary || metrics.gate.includes(metric)),
  );
  if (gating.some(isWorse)) return REGRESSION;
  if (!gating.some(({ verdict }) => verdict === 'undecided')) return FINE;
  return onUndecided === 'pass' ? FINE : onUndecided === 'fail' ? REGRESSION : UNDECIDED;
}

/** Of a search, which is no gate: 0 where a culprit was found and its check confirmed it, else 4. */
export function exitCodeOfSearch({ outcome, culprit }: Pick<Bisection, 'outcome' | 'culprit'>): number {
  return outcome === 'found' && culprit?.standing === 'confirmed' ? FINE : UNDECIDED;
}

/** An exact count that grew is as sure as it gets; every metric is better when lower. */
function isWorse({ verdict, baselineValue, candidateValue }: Comparison): boolean {
  return verdict === 'regression' || (verdict === 'different' && candidateValue > baselineValue);
}

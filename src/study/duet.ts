/** A duet is fair only where the same treatment against itself, each on cores of its own, comes out as no change: the pilot tells. */

import { collectBlocks } from '../analysis/samples.ts';
import { checkSelf } from '../analysis/self-check.ts';
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { BlockEntry } from '../store/journal.ts';
import { pilotOf } from './pilot.ts';

/** Fewer pairs have no interval at 95 %. */
const LEAST_PAIRS = 6;

/** Throws a Problem `duet-unfair` where the pilot's A/A is off by more than the margin, excludes no change, or has too few pairs. */
export function requireFairDuet(blocks: readonly BlockEntry[], plan: Plan, experiment: Experiment): void {
  const metric = experiment.metrics.primary;
  const seen = collectBlocks(
    pilotOf(blocks, 'duet').flatMap(({ outcomes }) => outcomes),
    'pilot',
  );
  const checks = checkSelf(plan, metric, seen, 'duet');
  const edge = Math.log1p(marginOf(experiment, metric));
  if (checks.length === 0) throw new Error('a duet was planned without an A/A arm');
  for (const { arm, pairs, ratio, low, high } of checks) {
    const off = Math.abs(Math.log(ratio)) > edge || low > 1 || high < 1;
    if (pairs >= LEAST_PAIRS && !off) continue;
    const percent = (value: number) => `${((value - 1) * 100).toFixed(1).replace('-', '−')} %`;
    const said =
      pairs < LEAST_PAIRS
        ? `was set against itself in ${pairs} blocks of the pilot only`
        : `against itself differs by ${percent(ratio)} [${percent(low)}, ${percent(high)}]`;
    throw new Problem({
      code: 'duet-unfair',
      message: `Cores of their own do not treat processes alike here: in the pilot ${arm} ${said}`,
      cure: 'Leave out --mode duet: processes that take turns share what the cores are worth.',
      blame: 'run',
    });
  }
}

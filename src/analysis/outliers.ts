/** Runs that lie far from the others of their arm: counted and said, never removed. What decides does not mind them. */
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { ArmOutliers } from '../model/result.ts';
import { fisherExact } from '../stats/fisher-exact.ts';
import { median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';
import { type Block, runValue } from './samples.ts';

/** Robust standard deviations of the logarithm: normal values lie beyond in 1 of 1.7 million. */
const FENCE = 5;
const LEAST_RUNS = 8;
const MANY = 0.1;
const LEVEL = 0.01;

/** Of each main arm with enough runs for a fence. Runs that are all alike have no spread, and no outliers are told. */
export function countOutliers(plan: Plan, metric: string, blocks: readonly Block[]): ArmOutliers[] {
  return plan.arms
    .filter(({ role }) => role === 'main')
    .flatMap(({ id }) => {
      const logs = blocks.flatMap((block) => {
        const run = block.runs.get(id);
        const value = run && runValue(run, metric);
        return value !== undefined && value > 0 ? [Math.log(value)] : [];
      });
      if (logs.length < LEAST_RUNS) return [];
      const [centre, reach] = [median(logs), FENCE * robustSd(logs)];
      const beyond = reach > 0 ? logs.filter((log) => Math.abs(log - centre) > reach) : [];
      const slow = beyond.filter((log) => log > centre).length;
      return [{ arm: id, metric, runs: logs.length, above: slow, below: beyond.length - slow }];
    });
}

export function outlierWarnings(plan: Plan, outliers: readonly ArmOutliers[]): Warning[] {
  const far = ({ above, below }: ArmOutliers) => above + below;
  const [runs, beyond] = [
    outliers.reduce((sum, one) => sum + one.runs, 0),
    outliers.reduce((sum, one) => sum + far(one), 0),
  ];
  const warnings: Warning[] = [];
  if (beyond > MANY * runs) {
    warnings.push({
      code: 'outliers',
      message: `${beyond} of ${runs} runs lie far from the others of their treatment, and were kept`,
      cure: 'something else ran, or the machine changes its speed: intervals are wider for it; look at the runs in order',
    });
  }
  const byArm = new Map(outliers.map((one) => [one.arm, one]));
  const pairs = plan.contrasts.flatMap(({ kind, baselineArm, candidateArm }) => {
    const [from, to] = [byArm.get(baselineArm), byArm.get(candidateArm)];
    return kind === 'build' && from && to ? [{ from, to }] : [];
  });
  for (const { from, to } of pairs) {
    const p = fisherExact([far(from), from.runs - far(from)], [far(to), to.runs - far(to)]);
    if (p * pairs.length >= LEVEL) continue;
    warnings.push({
      code: 'outliers-differ',
      message: `${far(to)} of ${to.runs} runs of ${to.arm} lie far from the others, ${far(from)} of ${from.runs} of ${from.arm}`,
      cure: 'a finding in itself: the verdict is about the middle, and one build strays from its own more often',
    });
  }
  return warnings;
}

/** Which treatment also runs with the probe switched off: by what the pilot's probed runs saw cross. */
import { mayRunOff } from '../design/probe-off.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { median } from '../stats/quantile.ts';

/** The one with the most crossings a second of its own, of any kind: there a branch at each of them weighs most. The first of equals. */
export function chooseProbeOff(
  experiment: Experiment,
  plan: Plan,
  runs: readonly RunOutcome[],
): Pick<Schedule, 'probeOff'> {
  if (!mayRunOff(experiment, plan)) return {};
  const rated = plan.arms
    .filter(({ role }) => role === 'probed')
    .map(({ id, treatment }) => ({ treatment: treatment.id, rate: rateCrossings(runs, id) }));
  const most = rated.reduce((first, one) => (one.rate > first.rate ? one : first), { treatment: '', rate: 0 });
  return most.rate > 0 ? { probeOff: most.treatment } : {};
}

/** Crossings a second, the median over the pilot's runs; 0 where none of them tells. */
function rateCrossings(runs: readonly RunOutcome[], arm: string): number {
  const rates = runs.flatMap(({ stage, arm: ran, boundary, batches }) => {
    const operationS = median(batches);
    if (stage !== 'pilot' || ran !== arm || !boundary || !(boundary.operations > 0 && operationS > 0)) return [];
    const crossings = boundary.sites.reduce((sum, { closed }) => sum + closed, 0);
    return [crossings / boundary.operations / operationS];
  });
  return rates.length === 0 ? 0 : median(rates);
}

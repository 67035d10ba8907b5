/** Boundary maps of a study, one for each probed treatment: sums over the windows of all its probed runs. */
import { mapWindows, type WindowedRun } from '../analysis/boundary-map.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import type { RecordFiles } from '../store/record-files.ts';

/** Sums rest on every run, of the pilot too; percentiles on the record files that were kept, as far as they lie in a window. */
export function drawMaps(
  records: RecordFiles,
  plan: Plan,
  runs: readonly RunOutcome[],
  costOf: (treatment: string) => number | undefined,
  timedEvery: Schedule['timedEvery'] = {},
): BoundaryMap[] {
  return plan.arms
    .filter((arm) => arm.role === 'probed')
    .flatMap((arm) => {
      const windowed = runs.filter((run) => run.arm === arm.id).flatMap((run) => toWindowed(run, records));
      if (windowed.length === 0) return [];
      const probeCostS = costOf(arm.treatment.id);
      const every = timedEvery[arm.treatment.id];
      const map = mapWindows(windowed, { of: arm.treatment.id, ...(probeCostS === undefined ? {} : { probeCostS }) });
      return [every === undefined ? map : { ...map, every }];
    });
}

function toWindowed({ boundary, end, records: name }: RunOutcome, records: RecordFiles): WindowedRun[] {
  if (!boundary) return [];
  const file = name === undefined ? undefined : records.open(name);
  return [{ window: boundary, wallS: end.wallS, ...(file ? { file } : {}) }];
}

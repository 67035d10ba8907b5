/** Boundary maps from the record files that were kept, one for each probed treatment. */
import { mapBoundary } from '../analysis/boundary-map.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import type { RecordFiles } from '../store/record-files.ts';

/** The pilot's files count only while there are no others: its batches still change their size. */
export function drawMaps(
  records: RecordFiles,
  plan: Plan,
  runs: readonly RunOutcome[],
  probeCostS: number | undefined,
): BoundaryMap[] {
  return plan.arms
    .filter((arm) => arm.role === 'probed')
    .flatMap((arm) => {
      const here = runs.filter((run) => run.arm === arm.id && run.records !== undefined && records.has(run.records));
      const judged = here.filter((run) => run.stage !== 'pilot');
      const chosen = judged.length > 0 ? judged : here;
      if (chosen.length === 0) return [];
      const map = mapBoundary(
        chosen.map((run) => ({ file: records.open(run.records ?? '') })),
        {
          of: arm.treatment.id,
          operations: chosen.reduce((sum, run) => sum + run.operations, 0),
          ...(probeCostS === undefined ? {} : { probeCostS }),
        },
      );
      return [map];
    });
}

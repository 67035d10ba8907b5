/** Boundary maps from the record files that were kept, one for each probed treatment. */
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import type { RecordFiles } from '../store/record-files.ts';

export function drawMaps(_records: RecordFiles, _plan: Plan, _runs: readonly RunOutcome[]): BoundaryMap[] {
  return [];
}

/** Record files of a block that has ended: summed for the journal, and the oldest let go. */
import type { Plan } from '../model/plan.ts';
import type { Outcome } from '../model/run.ts';
import { type RecordFiles, WORKING_BYTES } from '../store/record-files.ts';
import type { SiteTotals } from '../store/site-totals.ts';

/** `names`: the files this block's processes may have written. A dropped block keeps none. */
export function readRecords(
  records: RecordFiles,
  plan: Plan,
  outcomes: readonly Outcome[],
  names: readonly string[],
): SiteTotals[] {
  if (names.length === 0) return [];
  const runs = outcomes.filter((outcome) => outcome.kind === 'run');
  const kept = new Set(runs.map((run) => run.records));
  for (const name of names) if (!kept.has(name)) records.discard(name);
  const sites = runs.flatMap((run) => {
    try {
      return records.sum(run);
    } catch (error) {
      // Broken by a process that died while it closed the file, or not a record file at all: no map can rest on it.
      if (run.records === undefined || !isRefusal(error)) throw error;
      records.discard(run.records);
      return [];
    }
  });
  records.trim(probedArms(plan), WORKING_BYTES);
  return sites;
}

/** Indices of the arms that write record files. */
export function probedArms(plan: Plan): number[] {
  return plan.arms.flatMap((arm, index) => (arm.role === 'probed' ? [index] : []));
}

/** FormatRefusal belongs to a room that this one does not know; its name and code are its contract. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'FormatRefusal';
}

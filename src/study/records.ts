/** Record files of a block that has ended: those that tell nothing, and the oldest of the rest, are let go. */
import type { Plan } from '../model/plan.ts';
import type { Outcome, RunOutcome } from '../model/run.ts';
import { type RecordFiles, WORKING_BYTES } from '../store/record-files.ts';

/** `names`: the files this block's processes may have written. A dropped block keeps none, nor does a run without a window. */
export function keepRecords(
  records: RecordFiles,
  plan: Plan,
  outcomes: readonly Outcome[],
  names: readonly string[],
): void {
  if (names.length === 0) return;
  const told = new Set(
    outcomes.flatMap((outcome) => (outcome.kind === 'run' && outcome.boundary ? [outcome.records] : [])),
  );
  for (const name of names) if (!told.has(name)) records.discard(name);
  records.trim(probedArms(plan), WORKING_BYTES);
}

/** Indices of the arms that write record files. */
export function probedArms(plan: Plan): number[] {
  return plan.arms.flatMap((arm, index) => (arm.role === 'probed' ? [index] : []));
}

/** A file that was let go is not named any more. */
export function forgetRecords({ records, ...run }: RunOutcome, kept: RecordFiles): RunOutcome {
  return records !== undefined && kept.has(records) ? { ...run, records } : run;
}

/** Starts the processes of a block. */
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { type BlockWork, RunFailure } from './block-work.ts';
import { ProcessRun } from './process-run.ts';

/** Opens and prepares one process. It is in `work.opened` as soon as it exists. */
export async function openRun(work: BlockWork, arm: Arm, position: number): Promise<ProcessRun> {
  const block = work.order.block;
  const paddingBytes = work.order.padding[arm.id] ?? 0;
  const startedS = work.clock.nowS() - work.originS;
  const records = work.recordFile?.(arm, block);
  const opening = work.executor.open(arm, {
    block,
    paddingBytes,
    seed: work.experiment.workload?.seed ?? work.experiment.seed,
    ...(records === undefined ? {} : { recordFile: records.path }),
  });
  let known = false;
  try {
    const session = await work.stop.orStop(opening);
    const run = new ProcessRun({ arm, position, paddingBytes, startedS }, session, records?.name);
    work.opened.push(run);
    known = true;
    await work.stop.orStop(run.prepare());
    return run;
  } catch (error) {
    // Stopped while it was being started: nobody else knows of this process, so it is ended when it arrives.
    if (!known && work.stop.asked) opening.then((session) => session.close()).catch(() => {});
    throw error instanceof Problem ? new RunFailure(arm, error) : error;
  }
}

/**
 * Opens several at once: nothing is timed yet, and a block of fifteen processes should not wait for each in turn.
 * Rejects with the first failure in position order, after all have settled.
 */
export async function openAll(work: BlockWork, arms: readonly Arm[], atOnce: number): Promise<ProcessRun[]> {
  const runs: ProcessRun[] = [];
  const failures: { readonly position: number; readonly error: unknown }[] = [];
  let next = 0;
  const open = async () => {
    while (next < arms.length && failures.length === 0 && !work.stop.asked) {
      const position = next;
      next += 1;
      try {
        runs[position] = await openRun(work, arms[position]!, position);
      } catch (error) {
        failures.push({ position, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, arms.length) }, open));
  failures.sort((a, b) => a.position - b.position);
  if (failures[0]) throw failures[0].error;
  return runs;
}

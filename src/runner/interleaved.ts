/** One process after the other in shuffled order, one batch each (in the pilot several, where a process can): nothing waits for its turn. */
import { holdsProbe } from '../model/plan.ts';
import type { Outcome, RunOutcome } from '../model/run.ts';
import { type BlockWork, findArm } from './block-work.ts';
import { compareChecksums } from './checksums.ts';
import { openRun } from './opening.ts';
import { findPace } from './pace.ts';

export async function runInterleaved(work: BlockWork): Promise<Outcome[]> {
  const { experiment, order, pace, stage, wishes, stop } = work;
  const outcomes: RunOutcome[] = [];
  for (const [position, id] of order.opening.entries()) {
    const arm = findArm(work, id);
    work.blame(arm);
    const run = await openRun(work, arm, position);
    compareChecksums(
      experiment,
      work.opened.map((opened) => ({ arm: opened.slot.arm, checksum: opened.prepared.checksum })),
    );
    // Processes are short and each is the unit: there is nothing to warm up that the next one would keep.
    run.iterations = pace.iterations(arm) ?? (await stop.orStop(findPace(run.spend, run.prepared, pace)));
    await stop.orStop(run.timeSeveral(order.rounds.length, work.clock));
    run.wholeWindow();
    const judged = !holdsProbe(arm) && stage !== 'probed';
    if (wishes.counts && work.counting !== false && judged) await stop.orStop(run.count());
    if (wishes.each > 0 && judged) await stop.orStop(run.timeEach(wishes.each));
    await stop.orStop(run.close());
    outcomes.push(await run.outcome(order.block, stage, work.mode));
  }
  return outcomes;
}

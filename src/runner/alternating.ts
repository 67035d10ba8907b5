/**
 * All processes of a block live at once and short batches take turns: drift slower than a round hits all arms alike. In a duet
 * the batches of a round run at the same time instead, each on cores of its own.
 */
import { holdsProbe } from '../model/plan.ts';
import type { Outcome, Stage } from '../model/run.ts';
import { type BlockWork, findArm } from './block-work.ts';
import { compareChecksums } from './checksums.ts';
import { blaming, openAll, sideBySide } from './opening.ts';
import { findPace } from './pace.ts';
import type { ProcessRun } from './process-run.ts';

export async function runAlternating(work: BlockWork): Promise<Outcome[]> {
  const { experiment, order, pace, stage, wishes, stop } = work;
  const arms = order.opening.map((id) => findArm(work, id));
  const runs = await openAll(work, arms);
  compareChecksums(
    experiment,
    runs.map((run) => ({ arm: run.slot.arm, checksum: run.prepared.checksum })),
  );
  for (const run of runs) {
    work.blame(run.slot.arm);
    // The search for a pace reads times, so it has the machine to itself.
    run.iterations = pace.iterations(run.slot.arm) ?? (await stop.orStop(findPace(run.spend, run.prepared, pace)));
  }
  const [watched, others] = split(runs, (run) => pace.course?.(run.slot.arm) !== undefined);
  for (const run of watched) {
    work.blame(run.slot.arm);
    await stop.orStop(run.warmUp(pace.course?.(run.slot.arm)));
  }
  await sideBySide(work, others, (run) => blaming(run.slot.arm, stop.orStop(run.warmUp(pace.warmUp?.(run.slot.arm)))));
  for (const run of runs) run.beginWindow();
  await (work.mode === 'duet' ? playTogether(work, runs) : takeTurns(work, runs));
  for (const run of runs) run.endWindow();
  for (const run of runs) {
    work.blame(run.slot.arm);
    // Processes with a probe, and those beside them, explain: what they count and their percentiles are judged by nobody.
    if (holdsProbe(run.slot.arm) || stage === 'probed') continue;
    if (wishes.counts && work.counting !== false) await stop.orStop(run.count());
    if (wishes.each > 0) await stop.orStop(run.timeEach(wishes.each));
  }
  await stop.orStop(Promise.all(runs.map((run) => run.close())));
  return Promise.all(runs.map((run) => run.outcome(order.block, stage, work.mode)));
}

function split<T>(items: readonly T[], holds: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** The measurement itself: between two batches nothing happens but one question and one answer. */
async function takeTurns(work: BlockWork, runs: readonly ProcessRun[]): Promise<void> {
  const byArm = new Map(runs.map((run) => [run.slot.arm.id, run]));
  const rounds = work.order.rounds.map((round) =>
    round.map((id) => {
      const run = byArm.get(id);
      if (!run) throw new Error(`a round names the arm ${id}, which this block did not open`);
      return run;
    }),
  );
  for (const [at, round] of rounds.entries()) {
    if (endsPart(at, rounds.length, work.stage)) for (const run of runs) run.cutWindow();
    for (const run of round) {
      work.blame(run.slot.arm);
      await work.stop.orStop(run.time(work.clock));
    }
  }
}

/** Parts that a window is read in; more where the layers of builds are told from it, so that disturbed ones can go. */
const PARTS = 4;
const PROBED_PARTS = 16;

/** Before a round and after whole ones, so that it hits no arm more than another. */
function endsPart(round: number, rounds: number, stage: Stage): boolean {
  const parts = stage === 'probed' ? PROBED_PARTS : PARTS;
  return round > 0 && Math.floor((round * parts) / rounds) > Math.floor(((round - 1) * parts) / rounds);
}

/** Processes with a probe have no cores of their own and play after the others. */
async function playTogether(work: BlockWork, runs: readonly ProcessRun[]): Promise<void> {
  const bare = runs.filter((run) => !holdsProbe(run.slot.arm));
  const probed = runs.filter((run) => holdsProbe(run.slot.arm));
  for (let round = 0; round < work.order.rounds.length; round += 1) {
    await work.stop.orStop(Promise.all(bare.map((run) => blaming(run.slot.arm, run.time(work.clock)))));
    for (const run of probed) {
      if (endsPart(round, work.order.rounds.length, work.stage)) run.cutWindow();
      work.blame(run.slot.arm);
      await work.stop.orStop(run.time(work.clock));
    }
  }
}

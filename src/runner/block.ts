/**
 * Executes one block: a fresh process for each of its arms, outputs compared before anything is timed, then batches in
 * the order the seed drew. A process that fails takes its block with it, and the rest are ended; the block is counted.
 */
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Outcome } from '../model/run.ts';
import { runAlternating } from './alternating.ts';
import { type BlockRequest, type BlockWork, RunFailure } from './block-work.ts';
import { runInterleaved } from './interleaved.ts';
import { Interruption, Stop } from './interruption.ts';
import { readWishes } from './wishes.ts';

/**
 * Resolves to one outcome a process, in position order, or to one BlockFailure. Rejects with an Interruption when the
 * signal fires, with a Problem `checksum-differs` when outputs disagree, and with whatever is a defect of Seamark.
 * Whichever it is, no process of the block is left.
 */
export async function runBlock(request: BlockRequest, signal: AbortSignal): Promise<Outcome[]> {
  using stop = new Stop(signal);
  let atWork: Arm | undefined;
  const work: BlockWork = {
    ...request,
    wishes: readWishes(request.experiment),
    stop,
    arms: new Map(request.plan.arms.map((arm) => [arm.id, arm])),
    opened: [],
    blame: (arm) => {
      atWork = arm;
    },
  };
  try {
    return request.mode === 'interleaved' ? await runInterleaved(work) : await runAlternating(work);
  } catch (error) {
    if (stop.asked) throw new Interruption();
    if (!(error instanceof Problem) || error.facts.code === 'checksum-differs') throw error;
    const failed = error instanceof RunFailure ? error.arm : atWork;
    return [
      {
        kind: 'failure',
        block: request.order.block,
        stage: request.stage,
        arm: failed?.id ?? request.order.opening[0] ?? '',
        problem: error.facts,
      },
    ];
  } finally {
    await Promise.all(work.opened.map((run) => run.close()));
  }
}

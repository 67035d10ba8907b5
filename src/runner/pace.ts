/** How many iterations a batch has: known from the pilot, or found out while it runs. */
import type { Arm } from '../model/plan.ts';
import type { Batch, Prepared } from '../model/run.ts';

export interface Pace {
  /** Iterations of a batch of this arm; undefined until the pilot has settled it. */
  iterations(arm: Arm): number | undefined;
  /** Iterations for an operation that takes so long: a multiple of `cycle`, at least one. */
  batchFor(secondsPerOperation: number, cycle: number): number;
  /** Batches that warm a process of this arm up; undefined for the usual time. */
  warmUp?(arm: Arm): number | undefined;
  /** Batches of a process whose beginning is to be read: it runs them in turn, with nothing beside it. */
  course?(arm: Arm): number | undefined;
}

/** A batch shorter than this says too little about its operation to set the pace by. */
const TELLING_S = 0.0002;
const GROWTH = 10;
const ATTEMPTS = 12;

/** Grows a batch from one cycle until its time tells how long an operation takes. */
export async function findPace(
  run: (iterations: number) => Promise<Batch>,
  prepared: Prepared,
  pace: Pace,
): Promise<number> {
  const cycle = Math.max(1, prepared.cycle);
  let iterations = cycle;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const batch = await run(iterations);
    const secondsPerOperation = batch.seconds / batch.iterations;
    const wanted = secondsPerOperation > 0 ? pace.batchFor(secondsPerOperation, cycle) : iterations * GROWTH;
    if (batch.seconds >= TELLING_S || wanted <= iterations) return Math.max(cycle, wanted);
    iterations = Math.min(wanted, iterations * GROWTH);
  }
  return iterations;
}

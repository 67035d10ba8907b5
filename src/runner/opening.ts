/** Starts the processes of a block. */
import { availableParallelism } from 'node:os';
import { type Arm, holdsProbe } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { type BlockWork, findArm, RunFailure } from './block-work.ts';
import { Interruption } from './interruption.ts';
import { ProcessRun } from './process-run.ts';

/** Opens and prepares one process. It is in `work.opened` as soon as it exists. */
export async function openRun(work: BlockWork, arm: Arm, position: number): Promise<ProcessRun> {
  const block = work.order.block;
  const paddingBytes = work.order.padding[arm.id] ?? 0;
  const startedS = work.clock.nowS() - work.originS;
  const records = work.recordFile?.(arm, block);
  const timedEvery = work.timedEvery?.(arm);
  const opening = work.executor.open(arm, {
    block,
    mode: work.mode,
    ...ownCores(work, arm),
    paddingBytes,
    seed: work.experiment.workload?.seed ?? work.experiment.seed,
    ...(records === undefined ? {} : { recordFile: records.path }),
    ...(timedEvery === undefined ? {} : { timedEvery }),
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
    throw blamed(arm, error);
  }
}

/** In a duet each bare process has cores of its own, by its place in the order that the seed drew: no arm keeps the better ones. */
function ownCores(work: BlockWork, arm: Arm): { readonly cores?: readonly number[] } {
  if (work.mode !== 'duet' || holdsProbe(arm) || !work.cores) return {};
  const bare = work.order.opening.filter((id) => !holdsProbe(findArm(work, id)));
  const each = Math.floor(work.cores.length / bare.length);
  const at = bare.indexOf(arm.id);
  return each < 1 ? {} : { cores: work.cores.slice(at * each, (at + 1) * each) };
}

/** Names whose failure it was, where several are at work. */
export function blaming<T>(arm: Arm, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw blamed(arm, error);
  });
}

function blamed(arm: Arm, error: unknown): unknown {
  return error instanceof Problem ? new RunFailure(arm, error) : error;
}

/** Opens all arms of a block, several at once. Rejects with the first failure in position order, after all have settled. */
export async function openAll(work: BlockWork, arms: readonly Arm[]): Promise<ProcessRun[]> {
  return sideBySide(work, arms, (arm, position) => openRun(work, arm, position));
}

/** Before anything is timed, processes need not wait for each other; more than this only makes them share the cores. */
const AT_ONCE = Math.min(4, availableParallelism());

/** Results in the order of the items. After a failure nothing more is begun; it is thrown when what was begun has settled. */
export async function sideBySide<Item, Answer>(
  work: BlockWork,
  items: readonly Item[],
  begin: (item: Item, position: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const failures: { readonly position: number; readonly error: unknown }[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.length === 0 && !work.stop.asked) {
      const position = next;
      next += 1;
      try {
        answers[position] = await begin(items[position]!, position);
      } catch (error) {
        failures.push({ position, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  failures.sort((a, b) => a.position - b.position);
  if (failures[0]) throw failures[0].error;
  if (work.stop.asked) throw new Interruption();
  return answers;
}

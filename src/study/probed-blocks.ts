/** Which treatment the next block of probed runs holds: follows from the journal, so a resumed study goes on with the same. */
import { listProbedGroups } from '../design/probed-blocks.ts';
import type { Plan } from '../model/plan.ts';
import type { BlockEntry } from '../store/journal.ts';

type Group = ReadonlySet<string>;

/**
 * Groups whose turn it is after so many judged and fresh blocks: each once in as many as its arms say, the first after the first
 * block, the next after the second, so that they do not come all at once. `only`: treatments that the stage is about.
 */
export function dueProbed(
  plan: Plan,
  blocks: readonly BlockEntry[],
  timed: number,
  only: ReadonlySet<string> | undefined,
): readonly Group[] {
  const every = plan.arms.find(({ role }) => role === 'probed')?.every ?? Infinity;
  return listProbedGroups(plan).filter(
    (group, at) =>
      isAsked(group, only) && countProbed(plan, blocks, group).ran < Math.ceil((timed - (at % every)) / every),
  );
}

const isAsked = (group: Group, only: ReadonlySet<string> | undefined): boolean =>
  only === undefined || [...group].some((treatment) => only.has(treatment));

/** Blocks of probed runs of a group, all and those without a failure. */
export function countProbed({ arms }: Plan, blocks: readonly BlockEntry[], group: Group) {
  const own = new Set(arms.filter(({ treatment }) => group.has(treatment.id)).map(({ id }) => id));
  const its = blocks.filter(({ stage, outcomes }) => stage === 'probed' && outcomes.some(({ arm }) => own.has(arm)));
  return { ran: its.length, good: its.filter(({ outcomes }) => outcomes.every(({ kind }) => kind === 'run')).length };
}

/** When too many blocks were dropped for the rest to be believed: those that fail may be the slow ones. */
import { MOST_DROPPED } from '../analysis/fitness.ts';
import type { Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { BlockFailure } from '../model/run.ts';
import type { BlockEntry } from '../store/journal.ts';
import { livingModes } from './pilot.ts';

const JUDGED_FROM = 10;
/** A subject that fails this often from the very start will not come round. */
const FROM_START = 3;

/** The Problem that ends the study, or undefined while it may go on. */
export function judgeDropping(all: readonly BlockEntry[], plan: Plan): Problem | undefined {
  // A mode that the pilot gave up says nothing of the others.
  const living = livingModes(all, plan);
  const blocks = all.filter(({ mode }) => living.includes(mode));
  const failures = blocks.flatMap((block) =>
    block.outcomes.filter((outcome) => outcome.kind === 'failure').slice(0, 1),
  );
  const last = failures.at(-1);
  if (!last) return undefined;
  if (blocks.length === FROM_START && failures.length === FROM_START) {
    return invalid(`Every one of the first ${FROM_START} blocks failed`, last);
  }
  if (blocks.length >= JUDGED_FROM && failures.length > MOST_DROPPED * blocks.length) {
    return invalid(`${failures.length} of ${blocks.length} blocks failed, more than one in ten`, last);
  }
  return undefined;
}

function invalid(what: string, last: BlockFailure): Problem {
  return new Problem({
    code: 'runs-fail',
    message: `${what}; the last: ${last.problem.message}`,
    cure:
      last.problem.cure ??
      'Make the subject run dependably first: what fails is not a random part of what is measured.',
    ...(last.problem.detail === undefined ? {} : { detail: last.problem.detail }),
    blame: 'run',
  });
}

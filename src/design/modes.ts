/** Which modes the pilot of an experiment tries: all that may turn out the cheapest, or the one asked for and what would check it. */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import { type Contrast, holdsProbe, type Mode, type Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Executor } from '../model/run.ts';

/** What planning needs to know of a subject: see Executor. */
export interface SubjectTraits extends Pick<Executor, 'modes' | 'cannot'> {
  /** How many cores the runs may have; undefined where it does not matter. */
  readonly cores?: number;
}

/** What a subject is expected to be able to do, before it is built. */
export function expectedModes({ subject }: Experiment): SubjectTraits {
  switch (subject.kind) {
    case 'harness':
      return {
        modes: subject.library !== undefined ? ['in-process', 'alternating'] : ['alternating'],
      };
    case 'go-bench':
      return { modes: ['alternating', 'interleaved'] };
    case 'command':
      return { modes: ['interleaved'] };
  }
}

/** Fewer cores are shared, and then what one arm does slows the other. */
const DUET_CORES = 4;

/** A duet takes cores that nobody else needs: `cores` are those that runs may have. */
export function withDuet({ modes, cannot }: SubjectTraits, cores: readonly number[]): SubjectTraits {
  if (!modes.includes('alternating')) return { modes, cannot: { ...cannot, duet: 'its processes come and go' } };
  if (cores.length >= DUET_CORES) return { modes: [...modes, 'duet'], ...(cannot && { cannot }), cores: cores.length };
  const duet = `it takes ${DUET_CORES} cores, and the runs have ${cores.length}`;
  return { modes, cannot: { ...cannot, duet } };
}

/**
 * From the cheapest to the most whole. Without builds to compare there is nothing to price the modes by, and the most whole is
 * taken: a harness alternates, Go benchmarks and commands are interleaved. Throws a Problem `mode-not-possible`.
 */
export function listModes(
  experiment: Experiment,
  contrasts: readonly Contrast[],
  { modes, cannot = {} }: SubjectTraits,
): Mode[] {
  const asked = experiment.mode;
  const possible = modes.filter((mode) => mode !== 'in-process' || !judgesProcesses(experiment));
  if (asked === 'duet') {
    if (!modes.includes('duet')) throw notPossible(experiment, asked, modes, cannot.duet);
    return ['duet'];
  }
  const found = asked === undefined ? -1 : possible.indexOf(asked);
  if (asked !== undefined && found < 0) {
    throw notPossible(experiment, asked, modes, cannot[asked] ?? reasonAgainst(experiment, asked, modes));
  }
  const own = possible.filter((mode) => mode !== 'duet');
  if (!contrasts.some(({ kind }) => kind === 'build')) {
    if (asked === 'in-process')
      throw notPossible(experiment, asked, modes, 'there are no builds to load into one process');
    return [asked ?? own.at(-1) ?? 'interleaved'];
  }
  // What was asked for, and the next more whole one, which a regression would be asked in once more.
  return asked === undefined ? own : own.slice(own.indexOf(asked), own.indexOf(asked) + 2);
}

/** Throws a Problem where a duet has more players than cores. */
export function requireCores(experiment: Experiment, plan: Pick<Plan, 'modes' | 'arms'>, traits: SubjectTraits): void {
  if (!plan.modes.includes('duet') || traits.cores === undefined) return;
  const players = plan.arms.filter((arm) => !holdsProbe(arm)).length;
  if (players <= traits.cores) return;
  const reason = `${players} processes would play at the same time, and the runs have ${traits.cores} cores`;
  throw notPossible(experiment, 'duet', traits.modes, reason);
}

/** A process that two builds share has one processor time and one memory. */
function judgesProcesses({ metrics, expect }: Experiment): boolean {
  return [metrics.primary, ...metrics.gate, ...expect.map(({ metric }) => metric)].some(
    (name) => findMetric(name)?.source === 'process',
  );
}

function reasonAgainst({ subject }: Experiment, mode: Mode, modes: readonly Mode[]): string {
  if (mode === 'in-process' && modes.includes('in-process')) {
    return 'a metric that is judged or expected is one of whole processes, and the builds would share one';
  }
  if (subject.kind === 'command') return 'a command comes and goes: it is one process after another';
  if (mode === 'in-process' && subject.kind === 'harness') {
    return 'the spec names no `library:` of the foreign side whose builds could be loaded into one process';
  }
  if (mode === 'in-process') return 'it takes a harness whose foreign library can be loaded twice';
  if (mode === 'interleaved') return 'a harness waits between its batches: its processes take turns';
  return 'its processes can not wait for their turn';
}

function notPossible(
  { name }: Experiment,
  mode: Mode,
  modes: readonly Mode[],
  reason = 'nothing here can do it',
): Problem {
  const others = modes.filter((possible) => possible !== mode);
  return new Problem({
    code: 'mode-not-possible',
    message: `The subject of ${name} can't be run in the mode ${mode}: ${reason}`,
    cure: `Leave the mode out and the pilot chooses; here there ${others.length === 1 ? 'is' : 'are'} ${others.join(', ')}.`,
  });
}

/**
 * How processes begin, classed from the courses of the pilot: processes that ran sixty batches in turn, with nothing beside
 * them. What the classes say becomes warnings; how long starts last becomes part of the warm-up.
 */
import { paceKey } from '../design/schedule.ts';
import type { Experiment } from '../model/experiment.ts';
import { type Arm, holdsProbe, type Mode, type Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { RunOutcome } from '../model/run.ts';
import { fisherExact } from '../stats/fisher-exact.ts';
import {
  classifyWarmUp,
  iterationsToDiscard,
  LEAST_ITERATIONS,
  type WarmUpClass,
  type WarmUpReading,
} from '../stats/warm-up.ts';

/** Share of the budget that all courses may take; a study of more arms than that pays for does without classes. */
const COURSE_SHARE = 0.08;
const COURSE_S = LEAST_ITERATIONS * 1e-3;
/** Fewest processes of an arm that tell its class. */
const LEAST_PROCESSES = 4;
const LEVEL = 0.01;
const CLASSES: readonly WarmUpClass[] = ['flat', 'warm-up', 'slow-down', 'no steady state'];

/**
 * Batches of a course; undefined where none is run. Only a harness runs batches of about a millisecond for nearly nothing, and
 * only processes that share nothing begin on their own.
 */
export function courseLength(experiment: Experiment, plan: Plan, mode: Mode, blocks: number): number | undefined {
  if (mode !== 'alternating' || experiment.subject.kind !== 'harness') return undefined;
  const bare = plan.arms.filter((arm) => !holdsProbe(arm));
  const arms = bare.reduce((sum, arm) => sum + 1 / arm.every, 0);
  return arms * blocks * COURSE_S <= COURSE_SHARE * plan.budgetS ? LEAST_ITERATIONS : undefined;
}

/** Readings by treatment id; a treatment's second arm begins as its first does. */
export function readStarts(plan: Plan, runs: readonly RunOutcome[]): ReadonlyMap<string, readonly WarmUpReading[]> {
  const arms = new Map(plan.arms.map((arm) => [arm.id, arm]));
  const readings = new Map<string, WarmUpReading[]>();
  for (const { stage, mode, arm: id, warmUp = [] } of runs) {
    const arm = arms.get(id);
    if (stage !== 'pilot' || mode !== 'alternating' || !arm || holdsProbe(arm)) continue;
    // A clock that stood still gives times of nothing, which say nothing.
    if (warmUp.length < LEAST_ITERATIONS || !warmUp.every((time) => time > 0)) continue;
    const of = arm.treatment.id;
    readings.set(of, [...(readings.get(of) ?? []), classifyWarmUp(warmUp)]);
  }
  return readings;
}

/** Batches to discard by pace key, alike for all builds of a treatment; nothing is said of what never became steady. */
export function discardByKey(plan: Plan, runs: readonly RunOutcome[]): ReadonlyMap<string, number> {
  const readings = readStarts(plan, runs);
  const keys = new Map<string, WarmUpReading[][]>();
  for (const { treatment } of mainArms(plan)) {
    const steady = (readings.get(treatment.id) ?? []).filter(({ kind }) => kind !== 'no steady state');
    const key = paceKey(treatment);
    keys.set(key, [...(keys.get(key) ?? []), steady]);
  }
  return new Map([...keys].map(([key, builds]) => [key, iterationsToDiscard(builds)]));
}

export function warnOfStarts(plan: Plan, runs: readonly RunOutcome[]): Warning[] {
  const readings = readStarts(plan, runs);
  return [
    ...warnOfClass(readings, 'no steady state', {
      says: 'still changed their level in the second half of a course of sixty batches',
      cure: 'the operation drifts within a process (a heap or a cache that grows?): give it a steady state, or read the times as of young processes',
    }),
    ...warnOfClass(readings, 'slow-down', {
      says: 'began quicker than they went on',
      cure: 'what is judged is the slower, later part; a heap that fills or a clock that comes down does this',
    }),
    ...warnOfDifference(plan, readings),
  ];
}

function warnOfClass(
  readings: ReadonlyMap<string, readonly WarmUpReading[]>,
  kind: 'no steady state' | 'slow-down',
  { says, cure }: { readonly says: string; readonly cure: string },
): Warning[] {
  const such = [...readings].flatMap(([treatment, some]) => {
    const count = some.filter((reading) => reading.kind === kind).length;
    return some.length >= LEAST_PROCESSES && count > some.length / 2 ? [{ treatment, count, of: some.length }] : [];
  });
  const [worst] = such.sort((a, b) => b.count / b.of - a.count / a.of);
  if (worst === undefined) return [];
  const others = such.length > 1 ? `, and so with ${such.length - 1} more` : '';
  return [
    {
      code: kind === 'slow-down' ? 'starts-quick' : 'no-steady-state',
      message: `${worst.count} of ${worst.of} processes of ${worst.treatment} ${says}${others}`,
      cure,
    },
  ];
}

/** Builds whose processes begin in different ways: Fisher's exact test, 1 % over all pairs of builds together. */
function warnOfDifference(plan: Plan, readings: ReadonlyMap<string, readonly WarmUpReading[]>): Warning[] {
  const pairs = plan.contrasts.flatMap(({ kind, baselineArm, candidateArm }) => {
    const [from, to] = [baselineArm, candidateArm].map((id) => treatmentOf(plan, id));
    const [one, other] = [readings.get(from ?? '') ?? [], readings.get(to ?? '') ?? []];
    const enough = Math.min(one.length, other.length) >= LEAST_PROCESSES;
    return kind === 'build' && enough ? [{ from: from!, to: to!, one, other }] : [];
  });
  return pairs.flatMap(({ from, to, one, other }) => {
    const [first, second] = [count(one), count(other)];
    if (fisherExact(first, second) * pairs.length >= LEVEL) return [];
    return [
      {
        code: 'starts-differ',
        message: `the two builds begin differently: ${sayMost(first)} at ${from}, ${sayMost(second)} at ${to}`,
        cure: 'a finding in itself: both discard the same number of batches, the longer start deciding',
      },
    ];
  });
}

const count = (readings: readonly WarmUpReading[]): number[] =>
  CLASSES.map((kind) => readings.filter((reading) => reading.kind === kind).length);

function sayMost(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return `${CLASSES[counts.indexOf(most)]} in ${most} of ${counts.reduce((sum, each) => sum + each, 0)} processes`;
}

const mainArms = (plan: Plan): readonly Arm[] => plan.arms.filter(({ role }) => role === 'main');
const treatmentOf = (plan: Plan, id: string): string | undefined =>
  plan.arms.find((arm) => arm.id === id)?.treatment.id;

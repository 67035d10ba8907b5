/**
 * What the first half of the pilot says of a process's beginning: how long it runs slower at first, and whether its counts
 * are the same every time. The second half already runs as the rest of the study will, so that its price is known.
 */
import { paceKey } from '../design/schedule.ts';
import { findMetric } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { median, quantile } from '../stats/quantile.ts';
import type { BlockEntry } from '../store/journal.ts';
import { discardByKey } from './start-classes.ts';

/** Blocks of the pilot with the usual warm-up and counts in each; by then enough is known of both. */
export const OBSERVED_BLOCKS = 6;
/** A batch this much above the level of its process still belongs to the start. */
const ABOVE_LEVEL = 0.05;
/** Twice as long as the start lasted, and never less than this: in few runs noise may hide some of it. */
const SAFETY = 2;
const LEAST_BATCHES = 2;
/** What a process is warmed up for where nothing is settled. */
const USUAL_S = 0.02;
/** Fewer starts than this tell nothing. */
const LEAST_RUNS = 4;
const COUNT_SELDOM = 5;
/** Until so many garbage collections memory is fresh, and its first use dear: "none yet" is another quantity than "some". */
const FIRST_COLLECTIONS = 3;
/** Where it would take more batches than this, most of the window lies before the first collections, and is left there. */
const MOST_BATCHES = 40;

/**
 * Batches by pace key, the longest start of its arms deciding: builds of one treatment warm up alike. A key is left out when
 * the pilot can't tell, or the start lasts half of the usual warm-up or longer.
 */
export function settleWarmUp(blocks: readonly BlockEntry[], plan: Plan): Readonly<Record<string, number>> {
  const starts = new Map<string, number[]>();
  const collections = new Map<string, number>();
  // A side arm has few runs in a pilot; the main arm of its treatment speaks for it.
  for (const arm of plan.arms.filter(({ role }) => role === 'main')) {
    const key = paceKey(arm.treatment);
    const runs = runsOf(blocks, arm.id);
    starts.set(key, [...(starts.get(key) ?? []), lengthOfStart(runs)]);
    collections.set(key, Math.max(collections.get(key) ?? 0, batchesToCollect(runs)));
  }
  const discards = discardByKey(
    plan,
    plan.arms.flatMap((arm) => runsOf(blocks, arm.id)),
  );
  return Object.fromEntries(
    [...starts].flatMap(([key, lengths]) => {
      const longest = Math.max(...lengths);
      const collected = collections.get(key) ?? 0;
      // Where courses were run, what their classes discard is the same for all builds too.
      const discard = discards.get(key) ?? LEAST_BATCHES;
      if (Number.isFinite(longest)) return [[key, Math.max(discard, SAFETY * longest, collected)]];
      return collected > usualBatches(blocks, plan, key) ? [[key, collected]] : [];
    }),
  );
}

/** Batches until the first collections are over, at the rate of the timed ones; 0 where nothing collects. */
function batchesToCollect(runs: readonly RunOutcome[]): number {
  const told = runs.filter((run) => run.gcCycles !== undefined);
  const cycles = told.reduce((sum, run) => sum + (run.gcCycles ?? 0), 0);
  const batches = told.reduce((sum, run) => sum + run.batches.length, 0);
  const needed = cycles === 0 ? 0 : Math.ceil((FIRST_COLLECTIONS * batches) / cycles);
  return needed <= MOST_BATCHES ? needed : 0;
}

/** As many as the usual warm-up has; a course of the pilot is longer. */
function usualBatches(blocks: readonly BlockEntry[], plan: Plan, key: string): number {
  const lengths = plan.arms
    .filter((arm) => arm.role === 'main' && paceKey(arm.treatment) === key)
    .flatMap((arm) =>
      runsOf(blocks, arm.id).flatMap(({ warmUp = [], iterations }) => {
        const usual = Math.ceil(USUAL_S / Math.max(1e-9, median(warmUp) * iterations));
        return warmUp.length > 0 ? [Math.min(warmUp.length, usual)] : [];
      }),
    );
  return lengths.length > 0 ? median(lengths) : 0;
}

/**
 * Batches until a process has come down to its level for good; infinite when it has not within half of the usual warm-up.
 * A neighbour only ever slows a batch, and a start is slow in every run: so the quickest quarter of the runs is what tells.
 */
function lengthOfStart(runs: readonly RunOutcome[]): number {
  const courses = runs.flatMap(({ warmUp = [] }) => (warmUp.length >= 2 * LEAST_BATCHES ? [warmUp] : []));
  if (courses.length < LEAST_RUNS) return Number.POSITIVE_INFINITY;
  const half = Math.floor(median(courses.map((course) => course.length)) / 2);
  const level = quick(courses.flatMap((course) => course.slice(half)));
  // Two neighbouring batches at a time: twice the runs, and one slow batch is covered by the least there is.
  for (let end = half; end >= 2; end -= 1) {
    const there = courses.flatMap((course) => course.slice(end - 2, end));
    if (there.length >= LEAST_RUNS && quick(there) <= (1 + ABOVE_LEVEL) * level) continue;
    return end === half ? Number.POSITIVE_INFINITY : end;
  }
  return 0;
}

const quick = (seconds: readonly number[]): number => quantile(seconds, 0.25);

/** 5 when every exact count of every arm was the same in all runs of the pilot, else 1. */
export function settleCounting(blocks: readonly BlockEntry[], plan: Plan): number {
  const steady = plan.arms
    .filter((arm) => arm.role === 'main')
    .every((arm) => {
      const runs = runsOf(blocks, arm.id);
      const [first] = runs;
      return first !== undefined && runs.length >= LEAST_RUNS && runs.every((run) => haveSameCounts(first, run));
    });
  return steady ? COUNT_SELDOM : 1;
}

function haveSameCounts(one: RunOutcome, other: RunOutcome): boolean {
  const counts = ({ values }: RunOutcome) =>
    Object.entries(values).filter(([name]) => findMetric(name)?.source === 'counting');
  return counts(one).every(([name, value]) => other.values[name] === value);
}

/** Of the first block nothing: it searched for its pace, which warmed its processes up. */
function runsOf(blocks: readonly BlockEntry[], arm: string): RunOutcome[] {
  return blocks
    .slice(1, OBSERVED_BLOCKS)
    .flatMap((block) => block.outcomes.filter((outcome) => outcome.kind === 'run'))
    .filter((run) => run.arm === arm);
}

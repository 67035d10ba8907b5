/**
 * Counts of one operation from runs that hold more than operations: the same count after N and after N + k operations, their
 * difference over k. What a start, a set-up or one collection costs cancels out; both are run twice, to see how well it repeats.
 */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import { Problem } from '../model/problem.ts';
import type { Case, EvidenceRequest } from './gather.ts';

/** What was counted in one run, by name. */
export interface Counted {
  readonly operations: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Of one operation; of a command, of one run. */
export interface Slope {
  readonly value: number;
  /** How far the two takes lie apart. */
  readonly spread: number;
}

export type Slopes = ReadonlyMap<string, Slope>;

export interface Steps {
  /** Operations of the shorter run. */
  readonly from: number;
  /** How many more the longer one has. */
  readonly by: number;
}

/** `nativeS`: how many seconds the further operations should take without the tool. */
export function chooseSteps(
  { comparison, baselineArm, candidateArm }: Case,
  request: EvidenceRequest,
  nativeS: number,
): Steps {
  const arms: readonly string[] = [baselineArm.id, candidateArm.id];
  const times = [
    ...(findMetric(comparison.metric)?.dimension === 'seconds'
      ? [comparison.baselineValue, comparison.candidateValue]
      : []),
    ...request.result.estimates
      .filter(({ metric, arm }) => metric.startsWith('time.') && arms.includes(arm))
      .map(({ value }) => value),
  ].filter((value) => value > 0 && Number.isFinite(value));
  const by = Math.round(nativeS / (times.length > 0 ? Math.max(...times) : UNKNOWN_S));
  const bounded = Math.max(1, Math.min(MOST_OPERATIONS, by));
  return { from: Math.max(2, Math.round(bounded / 10)), by: bounded };
}

/** An operation of which no time is known. */
const UNKNOWN_S = 10e-6;
/** More would only count the same again. */
const MOST_OPERATIONS = 500_000;

/** `count` runs one process. Rejects as it does, once it has failed twice: a tool may trip over a signal by chance. */
export async function measureSlopes(
  count: (operations: number) => Promise<Counted>,
  { from, by }: Steps,
  { subject }: Pick<Experiment, 'subject'>,
): Promise<Slopes> {
  const twice = async (operations: number): Promise<Counted> => {
    try {
      return await count(operations);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return count(operations);
    }
  };
  if (subject.kind === 'command') {
    return join((await twice(1)).counts, (await twice(1)).counts);
  }
  const take = async (): Promise<ReadonlyMap<string, number>> => {
    const short = await twice(from);
    // A harness does whole input cycles: the next one, where k is less than that.
    const long = await twice(Math.max(from + by, short.operations + 1));
    return perOperation(short, long);
  };
  return join(await take(), await take());
}

function perOperation(short: Counted, long: Counted): ReadonlyMap<string, number> {
  const names = new Set([...short.counts.keys(), ...long.counts.keys()]);
  const operations = long.operations - short.operations;
  return new Map(
    [...names].map((name) => [name, ((long.counts.get(name) ?? 0) - (short.counts.get(name) ?? 0)) / operations]),
  );
}

function join(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): Slopes {
  const names = new Set([...first.keys(), ...second.keys()]);
  return new Map(
    [...names].map((name) => {
      const [a, b] = [first.get(name) ?? 0, second.get(name) ?? 0];
      return [name, { value: (a + b) / 2, spread: Math.abs(a - b) }];
    }),
  );
}

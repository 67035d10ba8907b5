/**
 * How a process begins, read off the times of its iterations: at its level from the start, slower at first, slower later, or
 * never steady. Source: the classes of Barrett et al., Virtual machine warmup blows hot and cold (OOPSLA 2017), by PELT.
 */
import { listStretches, noiseOfNeighbours } from './change-points.ts';
import { segment } from './pelt.ts';
import { median } from './quantile.ts';

export type WarmUpClass = 'flat' | 'warm-up' | 'slow-down' | 'no steady state';

export interface WarmUpReading {
  readonly kind: WarmUpClass;
  /** Index of the first iteration of the steady segment; 0 when flat. */
  readonly steadyFrom: number;
  /** Median time before the steady segment begins, over the one within it; 1 when flat. */
  readonly startRatio: number;
}

/** Fewest iterations that tell a class. */
export const LEAST_ITERATIONS = 60;
/** Fewest iterations that are discarded whatever a process looks like. */
const LEAST_DISCARD = 2;

const LEAST_SEGMENT = 8;
const STRICTNESS = 15;
const REACH = 4;
const NOISE_FLOOR = 0.005;
/** Segments whose medians are this close to the last are one level with it. */
const SAME_LEVEL = 0.03;

/**
 * Class of one process from the times of its iterations in order, seconds. Throws RangeError for fewer than 60 or for a
 * time that is not finite and positive.
 */
export function classifyWarmUp(times: readonly number[]): WarmUpReading {
  if (times.length < LEAST_ITERATIONS) {
    throw new RangeError(`a warm-up shows in ${LEAST_ITERATIONS} iterations or more, not in ${times.length}`);
  }
  if (!times.every((time) => Number.isFinite(time) && time > 0)) {
    throw new RangeError('times must be finite and above zero');
  }
  const logs = times.map(Math.log);
  const noise = Math.max(NOISE_FLOOR, noiseOfNeighbours(logs));
  const middle = median(logs);
  const clipped = logs.map((log) => Math.min(middle + REACH * noise, Math.max(middle - REACH * noise, log)) / noise);
  const points = segment(clipped, { penalty: STRICTNESS * Math.log(times.length), least: LEAST_SEGMENT });
  // Medians of what was measured, not of what was clipped.
  const stretches = listStretches(logs, points);
  const last = stretches[stretches.length - 1]!;
  const close = (level: number) => Math.abs(Math.expm1(level - last.median)) <= SAME_LEVEL;
  let steady = stretches.length - 1;
  while (steady > 0 && close(stretches[steady - 1]!.median)) steady--;
  const steadyFrom = stretches[steady]!.from;
  if (steadyFrom === 0) return { kind: 'flat', steadyFrom, startRatio: 1 };
  const startRatio = Math.exp(median(logs.slice(0, steadyFrom)) - median(logs.slice(steadyFrom)));
  if (steadyFrom > times.length / 2) return { kind: 'no steady state', steadyFrom, startRatio };
  return { kind: stretches[0]!.median > last.median ? 'warm-up' : 'slow-down', steadyFrom, startRatio };
}

/**
 * Iterations to discard from every process of every build alike: the largest of the builds' medians, at least 2. `builds`
 * holds the readings of each build's processes; one without any adds nothing.
 */
export function iterationsToDiscard(builds: readonly (readonly WarmUpReading[])[]): number {
  const medians = builds.filter((some) => some.length > 0).map((some) => median(some.map((one) => one.steadyFrom)));
  return Math.max(LEAST_DISCARD, ...medians.map(Math.ceil));
}

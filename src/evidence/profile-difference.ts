/**
 * Two builds by samples of where the processor was. The number of samples at a place is a Poisson count, so its variance is the
 * count itself; what runs of one build differ by beyond that (a machine that is slower for a while) is estimated and added. With
 * many functions some differ by chance: the bound is the one that all of them together stay under as often as one stays
 * under three standard deviations.
 */
import type { Place } from './stack.ts';

/** One run of one build. */
export interface SampledRun {
  readonly operations: number;
  readonly functions: ReadonlyMap<string, FunctionSamples>;
}

export interface FunctionSamples {
  readonly place: Place;
  readonly samples: number;
  /** Of processor time. */
  readonly seconds: number;
}

export interface FunctionDifference {
  readonly place: Place;
  /** Seconds an operation. */
  readonly baseline: number;
  readonly candidate: number;
  /** Standard deviation of their difference. */
  readonly deviation: number;
}

export interface ProfileDifference {
  /** That exceed the bound, the largest first. */
  readonly moved: readonly FunctionDifference[];
  readonly whole: FunctionDifference;
  readonly samples: { readonly baseline: number; readonly candidate: number };
  /** Seconds an operation: a difference of the whole below it would not have been told from chance. */
  readonly resolution: number;
}

/** At least two runs of each build. */
export function compareProfiles(baseline: readonly SampledRun[], candidate: readonly SampledRun[]): ProfileDifference {
  const runs = [...baseline, ...candidate];
  const places = new Map(
    runs.flatMap(({ functions }) => [...functions].map(([key, { place }]) => [key, place] as const)),
  );
  const shared = sharedVariance(baseline, candidate);
  const found = [...places].map(([key, place]) => {
    const take = (run: SampledRun) => run.functions.get(key);
    return { ...describe(place, baseline, candidate, take, shared) };
  });
  const whole = describe(WHOLE, baseline, candidate, sumOf, shared);
  const bound = boundOf(found.length + 1);
  return {
    moved: found
      .filter((one) => Math.abs(one.candidate - one.baseline) > bound * one.deviation)
      .sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline)),
    whole,
    samples: { baseline: countOf(baseline), candidate: countOf(candidate) },
    resolution: bound * whole.deviation,
  };
}

const WHOLE: Place = { key: 'whole', what: 'all functions together' };

/**
 * √(2 ln(2m/p)) standard deviations: m differences of a normal law all stay under it with at least probability 1 − p. p is that
 * of one beyond three.
 */
function boundOf(functions: number): number {
  return Math.sqrt(2 * Math.log((2 * functions) / 0.0027));
}

function describe(
  place: Place,
  baseline: readonly SampledRun[],
  candidate: readonly SampledRun[],
  take: (run: SampledRun) => Omit<FunctionSamples, 'place'> | undefined,
  shared: number,
): FunctionDifference {
  const [before, after] = [baseline, candidate].map((runs) => {
    const rates = runs.map((run) => (take(run)?.seconds ?? 0) / run.operations);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / runs.length;
    // A place that was not met may have been missed by one sample.
    const samples = Math.max(
      1,
      runs.reduce((sum, run) => sum + (take(run)?.samples ?? 0), 0),
    );
    const spread = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (runs.length - 1) / runs.length;
    return { mean, spread, poisson: mean ** 2 / samples, shared: (shared * mean ** 2) / runs.length };
  }) as [Side, Side];
  const least = before.poisson + after.poisson + before.shared + after.shared;
  // What runs of few differ by is itself uncertain: it counts where it is the larger.
  const deviation = Math.sqrt(Math.max(least, before.spread + after.spread));
  return { place, baseline: before.mean, candidate: after.mean, deviation };
}

interface Side {
  readonly mean: number;
  readonly spread: number;
  readonly poisson: number;
  readonly shared: number;
}

/** Of the relative time of a run, beyond what its samples explain; pooled over both builds. */
function sharedVariance(baseline: readonly SampledRun[], candidate: readonly SampledRun[]): number {
  let squares = 0;
  let freedom = 0;
  let poisson = 0;
  for (const runs of [baseline, candidate]) {
    const rates = runs.map((run) => Math.log(Math.max(Number.MIN_VALUE, sumOf(run).seconds / run.operations)));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / runs.length;
    squares += rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
    freedom += runs.length - 1;
    poisson += runs.reduce((sum, run) => sum + 1 / Math.max(1, sumOf(run).samples), 0);
  }
  return Math.max(0, squares / freedom - poisson / (baseline.length + candidate.length));
}

function sumOf({ functions }: SampledRun): Omit<FunctionSamples, 'place'> {
  let [samples, seconds] = [0, 0];
  for (const one of functions.values()) {
    samples += one.samples;
    seconds += one.seconds;
  }
  return { samples, seconds };
}

function countOf(runs: readonly SampledRun[]): number {
  return runs.reduce((sum, run) => sum + sumOf(run).samples, 0);
}

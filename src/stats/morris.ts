/**
 * Which of many factors matter at all: elementary effects along random trajectories, each of which moves every factor once.
 * Source: Morris, Factorial sampling plans for preliminary computational experiments (Technometrics 33, 1991); μ* by
 * Campolongo, Cariboni & Saltelli 2007.
 */
import type { Random } from './random.ts';

/** Points of the unit cube (or level numbers), one more than there are factors; neighbours differ in one factor. */
export type Trajectory = readonly (readonly number[])[];

export interface ElementaryEffect {
  /** Mean change of the answer when the factor goes over its whole range; opposite changes cancel. */
  readonly mu: number;
  /** Mean size of the change: how much the factor matters. */
  readonly muStar: number;
  /** Spread of the changes: 0 where the factor acts alone and in a straight line. NaN for one trajectory. */
  readonly sigma: number;
}

/**
 * `count` trajectories over so many factors on a grid of `levels` (even) places from 0 to 1. Steps are of levels/(2(levels − 1)), so that all
 * places are equally likely. Throws RangeError for fewer than one factor or trajectory, or odd levels.
 */
export function drawTrajectories(factors: number, count: number, random: Random, levels = 4): Trajectory[] {
  if (!(factors >= 1 && count >= 1)) throw new RangeError('a screening needs a factor and a trajectory at least');
  if (levels < 2 || levels % 2 !== 0) throw new RangeError(`levels must be even, not ${levels}`);
  const half = levels / 2;
  const step = half / (levels - 1);
  return Array.from({ length: count }, () => {
    // Below the middle a factor goes up, above it down: each place has one partner a step away.
    let point = Array.from({ length: factors }, () => random.integer(levels) / (levels - 1));
    const trajectory = [point];
    for (const factor of random.shuffle(point.map((_, i) => i))) {
      const up = point[factor]! < 0.5;
      point = point.map((value, i) => (i === factor ? value + (up ? step : -step) : value));
      trajectory.push(point);
    }
    return trajectory;
  });
}

/**
 * `count` trajectories of level numbers over factors of so many levels each, from 2 on, not all alike. A step goes to a
 * neighbouring level, and over the trajectories each pair of neighbours comes up as often as any other of its factor (but
 * for one): Morris' long steps ask for evenly many levels, alike for all, and see no bend between two of them. Throws
 * RangeError for fewer than one factor or trajectory, or a factor of one level.
 */
export function drawGridTrajectories(levels: readonly number[], count: number, random: Random): Trajectory[] {
  if (!(levels.length >= 1 && count >= 1)) throw new RangeError('a screening needs a factor and a trajectory at least');
  if (!levels.every((each) => Number.isInteger(each) && each >= 2)) {
    throw new RangeError('every factor needs two levels at least');
  }
  const decks = levels.map((each) => dealPlaces(each - 1, count, random));
  return Array.from({ length: count }, (_, t) => {
    const ups = levels.map(() => random.integer(2) === 1);
    let point = decks.map((deck, factor) => deck[t]! + (ups[factor] ? 0 : 1));
    const trajectory = [point];
    for (const factor of random.shuffle(levels.map((_, i) => i))) {
      point = point.with(factor, point[factor]! + (ups[factor] ? 1 : -1));
      trajectory.push(point);
    }
    return trajectory;
  });
}

/** `count` numbers below `places`, each as often as any other but for one, shuffled. */
function dealPlaces(places: number, count: number, random: Random): number[] {
  const rounds = Array.from({ length: Math.ceil(count / places) }, () =>
    random.shuffle(Array.from({ length: places }, (_, place) => place)),
  );
  return rounds.flat().slice(0, count);
}

/** Effects by factor, from the answers at the trajectories' points, in their order. Throws RangeError for missing answers. */
export function elementaryEffects(
  trajectories: readonly Trajectory[],
  answers: readonly (readonly number[])[],
): ElementaryEffect[] {
  const factors = trajectories[0]?.[0]?.length ?? 0;
  const changes = Array.from({ length: factors }, (): number[] => []);
  trajectories.forEach((trajectory, t) => {
    for (let i = 1; i < trajectory.length; i++) {
      const [before, after] = [trajectory[i - 1]!, trajectory[i]!];
      const factor = after.findIndex((value, f) => value !== before[f]);
      const change = (answers[t]?.[i] ?? Number.NaN) - (answers[t]?.[i - 1] ?? Number.NaN);
      if (!Number.isFinite(change)) throw new RangeError('every point of a trajectory needs a finite answer');
      changes[factor]!.push(change / (after[factor]! - before[factor]!));
    }
  });
  return changes.map((some) => {
    const mu = average(some);
    const sigma = Math.sqrt(some.reduce((sum, each) => sum + (each - mu) ** 2, 0) / (some.length - 1));
    return { mu, muStar: average(some.map(Math.abs)), sigma };
  });
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

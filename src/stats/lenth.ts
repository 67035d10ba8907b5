/**
 * Which of the effects of an unreplicated two-level design stand out of the others, most of which are taken for noise.
 * Source: Lenth, Quick and easy analysis of unreplicated factorials, Technometrics 31 (1989); critical values as in Ye &
 * Hamada, Journal of Quality Technology 32 (2000), by simulation.
 */
import { normalQuantile } from './normal.ts';
import { median, quantileOfSorted } from './quantile.ts';
import { createRandom } from './random.ts';
import { studentQuantile } from './student.ts';

export interface Lenth {
  /** 1.5 times the median size of all effects. */
  readonly s0: number;
  /** Pseudo standard error: the same over the effects that are smaller than 2.5 s0. */
  readonly pse: number;
  /** Margin of error of one effect, by Student's t with a third as many degrees of freedom as effects. */
  readonly me: number;
  /** The same for all effects at once. */
  readonly sme: number;
}

const LEAST_EFFECTS = 3;

/** RangeError: fewer than three effects, or one that is not finite. */
export function lenth(effects: readonly number[], confidence = 0.95): Lenth {
  if (effects.length < LEAST_EFFECTS) throw new RangeError(`${effects.length} effects are too few: three at least`);
  if (!effects.every(Number.isFinite)) throw new RangeError('an effect is not a finite number');
  const { s0, pse } = pseudoError(effects.map(Math.abs));
  const df = effects.length / 3;
  const each = 1 - (1 - confidence) / 2;
  const all = (1 + confidence ** (1 / effects.length)) / 2;
  return { s0, pse, me: studentQuantile(each, df) * pse, sme: studentQuantile(all, df) * pse };
}

export interface LenthCritical {
  /** |effect| / PSE beyond which one effect of pure noise lies with the wanted chance. */
  readonly individual: number;
  /** Beyond which the largest of all does. */
  readonly experimentWise: number;
}

/** Simulated: t with m/3 degrees of freedom errs too rarely for single effects (2 to 4 % where 5 % is asked for). */
export function simulateLenthCritical(
  effects: number,
  { alpha = 0.05, replicates = 20_000, seed = 1 }: { alpha?: number; replicates?: number; seed?: number } = {},
): LenthCritical {
  if (effects < LEAST_EFFECTS) throw new RangeError(`${effects} effects are too few: three at least`);
  const random = createRandom(seed, 'lenth', effects);
  const sizes = new Float64Array(effects * replicates);
  const largest = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = Array.from({ length: effects }, () => Math.abs(random.normal()));
    const { pse } = pseudoError(drawn);
    let most = 0;
    for (let i = 0; i < effects; i++) {
      const ratio = drawn[i]! / pse;
      sizes[replicate * effects + i] = ratio;
      most = Math.max(most, ratio);
    }
    largest[replicate] = most;
  }
  return {
    individual: quantileOfSorted(sizes.sort(), 1 - alpha),
    experimentWise: quantileOfSorted(largest.sort(), 1 - alpha),
  };
}

/**
 * Where each effect's size stands against half-normal scores: score (i − ½)/m of the half-normal distribution for the i-th
 * smallest, in the order of `effects`. Noise lies on a line through zero. Source: Daniel, Technometrics 1 (1959).
 */
export function halfNormalScores(effects: readonly number[]): number[] {
  const order = effects.map((_, i) => i).sort((a, b) => Math.abs(effects[a]!) - Math.abs(effects[b]!));
  const scores = new Array<number>(effects.length);
  order.forEach((index, rank) => {
    scores[index] = normalQuantile(0.5 + (0.5 * (rank + 0.5)) / effects.length);
  });
  return scores;
}

function pseudoError(sizes: readonly number[]): { s0: number; pse: number } {
  const s0 = 1.5 * median(sizes);
  if (s0 === 0) return { s0, pse: 0 };
  return { s0, pse: 1.5 * median(sizes.filter((size) => size < 2.5 * s0)) };
}

/**
 * Models of what block log-ratios look like when nothing has changed: the ground on which the method was chosen and on which its
 * rates of error are stated (docs/method.md). Each gives `blocks` values, in run order, with a median of zero.
 */
import type { Random } from './random.ts';

export type NoiseModel = 'N1' | 'N2' | 'N3' | 'N4' | 'N5';
export const NOISE_MODELS: readonly NoiseModel[] = ['N1', 'N2', 'N3', 'N4', 'N5'];

export function drawNoise(model: NoiseModel, random: Random, blocks: number): number[] {
  if (model === 'N5') return drawDrifting(random, blocks);
  return Array.from({ length: blocks }, () => drawBlock(model, random));
}

function drawBlock(model: Exclude<NoiseModel, 'N5'>, random: Random): number {
  switch (model) {
    case 'N1': // well behaved
      return 0.02 * random.normal();
    case 'N2': // heavy tails: Student's t with three degrees of freedom
      return 0.012 * random.normal() * Math.sqrt(3 / chiSquare3(random));
    case 'N3': // bursts: one block in eight is hit, on either side
      return 0.012 * random.normal() + (random.uniform() < 0.12 ? sign(random) * exponential(random, 0.15) : 0);
    case 'N4': // two levels: where memory landed
      return 0.008 * random.normal() + 0.04 * (coin(random, 0.3) - coin(random, 0.3));
  }
}

/** N5: the machine drifts, AR(1) over the slots of the runs; two slots a block, in random order. */
function drawDrifting(random: Random, blocks: number): number[] {
  const [phi, sd] = [0.9, 0.05];
  let level = sd * random.normal();
  const next = () => {
    const now = level;
    level = phi * level + sd * Math.sqrt(1 - phi * phi) * random.normal();
    return now;
  };
  return Array.from({ length: blocks }, () => {
    const difference = next() - next();
    return sign(random) * difference + 0.012 * random.normal();
  });
}

const coin = (random: Random, p: number): number => (random.uniform() < p ? 1 : 0);
const sign = (random: Random): number => (random.uniform() < 0.5 ? -1 : 1);
const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.uniform());
const chiSquare3 = (random: Random): number => random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;

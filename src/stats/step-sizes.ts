/**
 * Sizes of steps from noisy blocks. The mean of |change| lies above 0 even where nothing acts: noise has a size too. So each
 * block is read in the directions that the blocks before it had: their changes tell which sign each step has, this block
 * alone how large it is. Where a factor does nothing, such a reading is as often above 0 as below, and an interval over
 * blocks keeps its level. Directions that are still unsure make a size smaller, never larger: `seen` bounds it from above.
 */
import { dot } from './sums.ts';

/** Changes by block and step, the same steps in every block; a block that lacks one has NaN there and tells nothing. */
export type Changes = readonly (readonly number[])[];

export interface StepReadings {
  /** By block: mean over the steps, opposite ones cancelling (Morris' μ). */
  readonly mean: readonly number[];
  /** Mean in the directions of earlier blocks (μ*). */
  readonly size: readonly number[];
  /** How far steps lie from their mean, along the pattern of earlier blocks (σ). NaN for fewer than two steps. */
  readonly spread: readonly number[];
}

/** `before`: blocks that came earlier and are not read themselves. The first block of all has no direction: NaN. */
export function readSteps(changes: Changes, before: Changes = []): StepReadings {
  const steps = (changes[0] ?? before[0] ?? []).length;
  const sums = new Array<number>(steps).fill(0);
  let blocks = 0;
  const add = (row: readonly number[]): void => {
    if (!isWhole(row)) return;
    for (let i = 0; i < steps; i++) sums[i] = sums[i]! + row[i]!;
    blocks++;
  };
  before.forEach(add);
  const read = changes.map((row) => {
    const known = blocks > 0 && isWhole(row);
    const mean = isWhole(row) ? average(row) : Number.NaN;
    const middle = average(sums);
    const pattern = sums.map((sum) => sum - middle);
    const length = Math.hypot(...pattern);
    const along = dot(row, pattern);
    const told = {
      mean,
      size: known ? dot(row, sums.map(Math.sign)) / steps : Number.NaN,
      // One step has no spread, and equal ones no direction.
      spread: known && steps > 1 && length > 0 ? along / length / Math.sqrt(steps - 1) : Number.NaN,
    };
    add(row);
    return told;
  });
  return {
    mean: read.map(({ mean }) => mean),
    size: read.map(({ size }) => size),
    spread: read.map(({ spread }) => spread),
  };
}

/** μ* and σ of the changes' means over blocks: above the truth by what noise is left in them. */
export function seenSizes(changes: Changes): { readonly size: number; readonly spread: number } {
  const whole = changes.filter(isWhole);
  if (whole.length === 0) return { size: Number.NaN, spread: Number.NaN };
  const means = whole[0]!.map((_, i) => average(whole.map((row) => row[i]!)));
  const middle = average(means);
  return {
    size: average(means.map(Math.abs)),
    spread: Math.sqrt(means.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (means.length - 1)),
  };
}

const isWhole = (row: readonly number[]): boolean => row.every(Number.isFinite);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

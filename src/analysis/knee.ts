/** Where growth changes its slope at once: a cache that ends, a buffer that no longer fits. */
import type { Knee } from '../model/curve.ts';
import type { PowerLaw } from '../stats/power-law.ts';
import type { Random } from '../stats/random.ts';
import { fitSegmented, kneeP } from '../stats/segmented.ts';
import { percentileEnds, resampleBlocks } from './block-resampling.ts';
import type { LevelTable } from './level-table.ts';

/** Chance of so bad a fit of the smooth curve below which it is called one. */
export const BAD_FIT = 0.01;
const LEVEL = 0.01;
/** Two lines must leave less than this of what the smooth curve leaves. */
const CLEARLY_BETTER = 0.5;

/**
 * A knee is announced only where the levels lie off the smooth curve, two lines leave less than half of that, and one line
 * is refuted: a curve that bends by and by has no knee. `x` ascending, as the table's levels.
 */
export function seekKnee(
  x: readonly number[],
  table: LevelTable,
  law: PowerLaw,
  random: Random,
  confidence: number,
): Knee | 'no knee inside the range' {
  const { knee, intercept, slopes } = fitLines(x, table);
  const lines = table.centres.reduce((sum, centre, i) => {
    const model = intercept + slopes[0] * x[i]! + (slopes[1] - slopes[0]) * Math.max(0, x[i]! - knee);
    const off = model > 0 ? (centre - Math.log(model)) ** 2 : Infinity;
    return sum + (table.blocks / table.variances[i]!) * off;
  }, 0);
  if (law.fitP >= BAD_FIT || lines >= CLEARLY_BETTER * law.squares) return 'no knee inside the range';
  const weights = weightsOf(table).map((weight) => weight * table.blocks);
  const p = kneeP(x, table.centres.map(Math.exp), { weights, scatter: table.scatter });
  if (p > LEVEL) return 'no knee inside the range';
  const knees = resampleBlocks(table.rows, random, (centres) => fitLines(x, { ...table, centres }).knee);
  const { low, high } = percentileEnds(knees, confidence);
  return { at: knee, low: widen(x, low, -1), high: widen(x, high, 1), confidence, slopes };
}

/** Errors are alike as fractions, but for each level's own scatter. */
function fitLines(x: readonly number[], table: LevelTable) {
  return fitSegmented(x, table.centres.map(Math.exp), weightsOf(table));
}

const weightsOf = ({ centres, variances }: LevelTable): number[] =>
  centres.map((centre, i) => Math.exp(-2 * centre) / variances[i]!);

/** Lines that join at a level would do so as well anywhere up to the next one, of which nothing was measured. */
function widen(x: readonly number[], end: number, by: -1 | 1): number {
  const at = x.indexOf(end);
  return at < 0 ? end : (x[at + by] ?? end);
}

/**
 * Blocks by levels on a log scale, each block's own speed taken out: what is common to all levels of a block says nothing of
 * growth. Levels may scatter unlike each other (large payloads meet the collector and the neighbours' caches), so each has a
 * variance of its own, drawn towards the usual one, as few blocks tell it badly (Smyth 2004, for genes).
 */
import type { Scatter } from '../stats/power-law.ts';
import { mean, median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';

export interface LevelTable {
  /** The mean of each level. */
  readonly centres: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly blocks: number;
  /** Of one entry of each level. */
  readonly variances: readonly number[];
  /** Squares about the centres in units of these variances, and their freedom. */
  readonly scatter: Scatter;
}

/** Wild values are pulled in to so many robust spreads: a burst in one block must not bend a curve. */
const REACH = 4;
/** As many blocks as the usual variance weighs beside a level's own. */
const PRIOR_BLOCKS = 8;
/** No level counts as quieter than the usual one: it would alone be its block's speed. */
const QUIETEST = 1;

/** `logs`: rows are blocks, all of the same levels. */
export function tabulateLevels(logs: readonly (readonly number[])[]): LevelTable {
  const blocks = logs.length;
  const levels = columnsOf(logs).map(median);
  const off = logs.map((row) => row.map((log, level) => log - levels[level]!));
  const rough = off.map((row) => row.map((each) => each - median(row)));
  const sds = steady(
    columnsOf(rough).map((column) => robustSd(column) ** 2),
    blocks,
  ).map(Math.sqrt);
  const weights = sds.map((sd) => (sd > 0 ? sd ** -2 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = off.map((row) => {
    const middle = median(row);
    const tame = row.map((each, level) => {
      const reach = sds[level]! > 0 ? REACH * sds[level]! : Infinity;
      return Math.min(middle + reach, Math.max(middle - reach, each));
    });
    const speed = tame.reduce((sum, each, level) => sum + weights[level]! * each, 0) / total;
    return tame.map((each, level) => levels[level]! + each - speed);
  });
  const centres = columnsOf(rows).map(mean);
  const squares = columnsOf(rows).map((column, level) =>
    column.reduce((sum, each) => sum + (each - centres[level]!) ** 2, 0),
  );
  // A block's speed is read off the levels themselves, which takes from each its share of the weight.
  const own = squares.map((sum, level) => sum / Math.max(1, (blocks - 1) * (1 - weights[level]! / total)));
  const variances = steady(own, blocks).map((variance) => (variance > 0 ? variance : 1));
  return {
    centres,
    rows,
    blocks,
    variances,
    scatter: {
      squares: squares.reduce((sum, each, level) => sum + each / variances[level]!, 0),
      freedom: (blocks - 1) * (levels.length - 1),
    },
  };
}

/** Drawn towards their median, and none far below it. */
function steady(variances: readonly number[], blocks: number): number[] {
  const usual = median(variances);
  return variances.map((variance) => {
    const drawn = (PRIOR_BLOCKS * usual + blocks * variance) / (PRIOR_BLOCKS + blocks);
    return Math.max(QUIETEST ** 2 * usual, drawn);
  });
}

const columnsOf = (rows: readonly (readonly number[])[]): number[][] =>
  rows[0]!.map((_, level) => rows.map((row) => row[level]!));

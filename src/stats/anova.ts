/**
 * Analysis of variance of type III: what a term adds to a model that has all others, with sum-to-zero contrasts. The same
 * as type I where every combination was run equally often. Source: Searle, Linear Models for Unbalanced Data, 4.
 */
import { codeTerms, columnsOf, type LevelTable, type Term } from './coding.ts';
import { leastSquares, type Matrix, matrixRank } from './regression.ts';

export interface AnovaRow {
  readonly df: number;
  readonly sumOfSquares: number;
  /** Mean square over the residual's; Infinity where nothing is left over, NaN without a degree of freedom. */
  readonly f: number;
}

export interface Anova {
  /** One a term, in order. */
  readonly rows: readonly AnovaRow[];
  readonly residual: { readonly df: number; readonly sumOfSquares: number };
  readonly rSquared: number;
}

/**
 * `levels` are rows × factors, numbered from 0; `terms` name the factors of each term. Terms must be estimable.
 * RangeError: a value that is not finite, or a term that other terms already explain, by its number.
 */
export function typeThreeAnova(
  levels: LevelTable,
  levelCounts: readonly number[],
  terms: readonly Term[],
  y: readonly number[],
): Anova {
  const full = codeTerms(levels, levelCounts, terms);
  refuseSingular(full, levelCounts, terms);
  const fit = leastSquares(full, y);
  const residual = { df: fit.residualDf, sumOfSquares: fit.residualSumOfSquares };
  const meanSquare = residual.sumOfSquares / residual.df;
  let at = 1;
  const rows = terms.map((term) => {
    const [from, df] = [at, columnsOf(term, levelCounts)];
    at += df;
    const without = full.map((row) => [...row.slice(0, from), ...row.slice(from + df)]);
    const sumOfSquares = Math.max(0, leastSquares(without, y).residualSumOfSquares - residual.sumOfSquares);
    return { df, sumOfSquares, f: residual.df > 0 ? sumOfSquares / df / meanSquare : Number.NaN };
  });
  return { rows, residual, rSquared: fit.rSquared };
}

/** Names the first term whose columns the others before it already explain. */
function refuseSingular(full: Matrix, levelCounts: readonly number[], terms: readonly Term[]): void {
  const width = full[0]?.length ?? 0;
  if (matrixRank(full) === width) return;
  let columns = 1;
  for (const [number, term] of terms.entries()) {
    columns += columnsOf(term, levelCounts);
    if (matrixRank(full.map((row) => row.slice(0, columns))) < columns) {
      throw new RangeError(`term ${number + 1} can't be told from those before it in these rows`);
    }
  }
}

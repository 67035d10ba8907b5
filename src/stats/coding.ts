/**
 * Levels of factors as columns of numbers: −1 and +1 where there are two, sum-to-zero contrasts where there are more. The
 * coding of Montgomery, Design and Analysis of Experiments, chapter 6, and of type III sums of squares.
 */
import type { Matrix } from './regression.ts';

/** Level numbers from 0, rows × factors. */
export type LevelTable = readonly (readonly number[])[];

/** Numbers of the factors that a term is the product of: [0] a main effect, [0, 2] an interaction, [] the mean. */
export type Term = readonly number[];

/** How many columns each term takes: the product of levels less one of its factors. */
export function columnsOf(term: Term, levelCounts: readonly number[]): number {
  return term.reduce((columns, factor) => columns * (levelCounts[factor]! - 1), 1);
}

/** Level numbers of every combination, the first factor slowest. */
export function allRows(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (rows, count) => rows.flatMap((row) => Array.from({ length: count }, (_, level) => [...row, level])),
    [[]],
  );
}

/** The model matrix: a column of ones, then the columns of each term in turn. */
export function codeTerms(rows: LevelTable, levelCounts: readonly number[], terms: readonly Term[]): Matrix {
  return rows.map((row) => [1, ...terms.flatMap((term) => codeTerm(row, levelCounts, term))]);
}

/** Every term of up to `most` factors, main effects first, then by the order of the factors. */
export function listTerms(factors: number, most: number): Term[] {
  const terms: Term[] = [];
  const extend = (term: Term, size: number): void => {
    if (term.length === size) terms.push(term);
    else for (let next = (term.at(-1) ?? -1) + 1; next < factors; next++) extend([...term, next], size);
  };
  for (let size = 1; size <= Math.min(most, factors); size++) extend([], size);
  return terms;
}

/** The column of a term of two-level factors, in −1 and +1, from rows in −1 and +1. */
export function signsOf(rows: Matrix, term: Term): number[] {
  return rows.map((row) => term.reduce((sign, factor) => sign * row[factor]!, 1));
}

function codeTerm(row: readonly number[], levelCounts: readonly number[], term: Term): number[] {
  return term.reduce<number[]>(
    (columns, factor) => {
      const own = codeLevel(row[factor]!, levelCounts[factor]!);
      return columns.flatMap((value) => own.map((each) => value * each));
    },
    [1],
  );
}

/** Two levels: −1 and +1. More: a one in the level's own column, the last level −1 in all. */
function codeLevel(level: number, count: number): number[] {
  if (count === 2) return [level === 0 ? -1 : 1];
  return Array.from({ length: count - 1 }, (_, column) => (level === count - 1 ? -1 : level === column ? 1 : 0));
}

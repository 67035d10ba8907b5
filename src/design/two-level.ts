/**
 * Two-level designs as rows of −1 and +1, in standard order: the first factor changes fastest.
 * Source: Box, Hunter & Hunter, Statistics for Experimenters, 5 and 6; Montgomery, Design and Analysis of Experiments, 6 to 8.
 */
import { listTerms, signsOf, type Term } from '../stats/coding.ts';
import type { Matrix } from '../stats/regression.ts';
import { sum } from '../stats/sums.ts';

/** All 2^k rows. */
export function fullTwoLevel(factors: number): number[][] {
  return Array.from({ length: 2 ** factors }, (_, row) =>
    Array.from({ length: factors }, (_, factor) => ((row >> factor) % 2 === 0 ? -1 : 1)),
  );
}

/** A fraction: `base` factors in full, and one more factor a generator, the product of the base factors that it names. */
export function fractionalTwoLevel(base: number, generators: readonly Term[]): number[][] {
  const rows = fullTwoLevel(base);
  const products = generators.map((term) => signsOf(rows, term));
  return rows.map((row, at) => [...row, ...products.map((column) => column[at]!)]);
}

/**
 * The same rows and those with all signs turned: main effects come free of interactions of two factors. Where that would
 * only repeat the rows, the first factor's sign alone is turned, and its own interactions come free (Montgomery 8.6).
 */
export function foldOver(rows: Matrix): number[][] {
  const key = (row: readonly number[]) => row.join();
  const there = new Set(rows.map(key));
  const all = rows.map((row) => row.map((value) => -value));
  const turned = there.has(key(all[0] ?? [])) ? rows.map(([first, ...rest]) => [-first!, ...rest]) : all;
  if (there.has(key(turned[0] ?? []))) throw new RangeError('every row is there already: nothing is left to fold over');
  return [...rows.map((row) => [...row]), ...turned];
}

/**
 * Two incomplete blocks, told apart by the sign of a high-order interaction, which alone is given up for it. No spec asks for
 * them yet: a block holds every combination.
 */
export function splitBlocks(rows: Matrix, confounded: Term): [number[][], number[][]] {
  const signs = signsOf(rows, confounded);
  const side = (sign: number) => rows.filter((_, at) => signs[at] === sign).map((row) => [...row]);
  const halves: [number[][], number[][]] = [side(-1), side(1)];
  if (halves[0].length !== halves[1].length)
    throw new RangeError('that interaction is constant here: no blocks follow from it');
  return halves;
}

/** Products of factors that have the same sign in every row: none for a full design. Shortest first. */
export function definingWords(rows: Matrix): Term[] {
  const factors = rows[0]?.length ?? 0;
  return listTerms(factors, factors).filter((term) => Math.abs(sum(signsOf(rows, term))) === rows.length);
}

/** Length of the shortest constant product; undefined for a full design. */
export function resolutionOf(rows: Matrix): number | undefined {
  return definingWords(rows)[0]?.length;
}

/**
 * Of terms that have the same column but for its sign only the first, main effects before interactions: as many effects as
 * the rows of a regular design can tell, the mean left out.
 */
export function distinctTerms(rows: Matrix): Term[] {
  const factors = rows[0]?.length ?? 0;
  const seen = new Set<string>([rows.map(() => 1).join()]);
  return listTerms(factors, factors).filter((term) => {
    const signs = signsOf(rows, term);
    const column = signs.map((sign) => sign * signs[0]!).join();
    if (seen.has(column)) return false;
    seen.add(column);
    return true;
  });
}

/**
 * Fractions of least aberration for three to eleven factors and at most 64 rows.
 * Source: Box, Hunter & Hunter, Statistics for Experimenters, table 6.22; Montgomery, table 8.14. Tests compute each one's
 * resolution from its rows.
 */
import type { Term } from '../stats/coding.ts';
import { fractionalTwoLevel, resolutionOf } from './two-level.ts';

export interface Fraction {
  /** Factors run in full, the first ones. */
  readonly base: number;
  /** Of the factors behind them: the base factors whose product each is. */
  readonly generators: readonly Term[];
}

/** Letters as in the books, without I; `5: ABCD` reads E = ABCD. By number of factors, smallest fraction last. */
const TABLE: Readonly<Record<number, readonly string[]>> = {
  3: ['AB'],
  4: ['ABC'],
  5: ['ABCD', 'AB AC'],
  6: ['ABCDE', 'ABC BCD', 'AB AC BC'],
  7: ['ABCDEF', 'ABCD ABDE', 'ABC BCD ACD', 'AB AC BC ABC'],
  8: ['ABCD ABEF', 'ABC ABD BCDE', 'BCD ACD ABC ABD'],
  9: ['ABCD ACEF CDEF', 'BCDE ACDE ABDE ABCE', 'ABC BCD ACD ABD ABCD'],
  10: ['BCDF ACDF ABDE ABCE', 'ABCD ABCE ABDE ACDE BCDE', 'ABC BCD ACD ABD ABCD AB'],
  11: ['CDE ABCD ABF BDEF ADEF', 'ABC BCD CDE ACD ADE BDE', 'ABC BCD ACD ABD ABCD AB AC'],
};

/** What is taken when no resolution is asked for (docs/method.md, "Designs and effects"): by factors, the place in the table. */
const USUAL: Readonly<Record<number, number>> = { 3: 0, 4: 0, 5: 0, 6: 0, 7: 2, 8: 2, 9: 1, 10: 1, 11: 1 };

export const FEWEST_FACTORS = 3;
export const MOST_FACTORS = 11;
/** Of resolution IV, when many factors are to be looked through. */
const SCREEN: Readonly<Record<number, number>> = { 6: 1, 7: 2, 8: 2 };

export function usualFraction(factors: number): Fraction | undefined {
  const place = USUAL[factors];
  return place === undefined ? undefined : readFraction(factors, TABLE[factors]![place]!);
}

/** The smallest one of resolution IV for six to eight factors. */
export function screeningFraction(factors: number): Fraction | undefined {
  const place = SCREEN[factors];
  return place === undefined ? usualFraction(factors) : readFraction(factors, TABLE[factors]![place]!);
}

/** The smallest fraction of at least this resolution; undefined where none of 64 rows or fewer has it. */
export function fractionOf(factors: number, resolution: number): Fraction | undefined {
  return listFractions(factors).findLast(({ resolution: reached }) => reached >= resolution)?.fraction;
}

/** Largest first. */
export function listFractions(factors: number): { readonly fraction: Fraction; readonly resolution: number }[] {
  return (TABLE[factors] ?? []).map((text) => {
    const fraction = readFraction(factors, text);
    return { fraction, resolution: resolutionOf(fractionalTwoLevel(fraction.base, fraction.generators))! };
  });
}

function readFraction(factors: number, text: string): Fraction {
  const generators = text.split(' ').map((word) => [...word].map((letter) => 'ABCDEFGH'.indexOf(letter)));
  return { base: factors - generators.length, generators };
}

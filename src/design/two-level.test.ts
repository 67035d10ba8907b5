import { describe, expect, test } from 'vitest';
import { signsOf, type Term } from '../stats/coding.ts';
import { fractionOf, listFractions, screeningFraction, usualFraction } from './generators.ts';
import {
  definingWords,
  distinctTerms,
  foldOver,
  fractionalTwoLevel,
  fullTwoLevel,
  resolutionOf,
  splitBlocks,
} from './two-level.ts';

/** Effect of a term: mean where its sign is plus less mean where it is minus. */
function effect(rows: readonly (readonly number[])[], y: readonly number[], letters: string): number {
  const term = [...letters].map((letter) => 'ABCDE'.indexOf(letter));
  return (signsOf(rows, term).reduce((sum, sign, i) => sum + sign * y[i]!, 0) * 2) / rows.length;
}

describe('published experiments', () => {
  // Box, Hunter & Hunter, Statistics for Experimenters, pilot plant: T = A, C = B, K = C.
  const PILOT = [60, 72, 54, 68, 52, 83, 45, 80];
  test.each([
    ['A', 23],
    ['B', -5],
    ['C', 1.5],
    ['AB', 1.5],
    ['AC', 10],
    ['BC', 0],
    ['ABC', 0.5],
  ])('the pilot plant of Box, Hunter and Hunter has the effect %s of %d', (letters, wanted) => {
    expect(effect(fullTwoLevel(3), PILOT, letters)).toBeCloseTo(wanted, 10);
  });

  // Montgomery, Design and Analysis of Experiments, filtration rate.
  const FILTRATION = [45, 71, 48, 65, 68, 60, 80, 65, 43, 100, 45, 104, 75, 86, 70, 96];
  test.each([
    ['A', 21.625],
    ['B', 3.125],
    ['C', 9.875],
    ['D', 14.625],
    ['AB', 0.125],
    ['AC', -18.125],
    ['AD', 16.625],
    ['BC', 2.375],
    ['BD', -0.375],
    ['CD', -1.125],
    ['ABC', 1.875],
    ['ABD', 4.125],
    ['ACD', -1.625],
    ['BCD', -2.625],
    ['ABCD', 1.375],
  ])('the filtration experiment of Montgomery has the effect %s of %d', (letters, wanted) => {
    expect(effect(fullTwoLevel(4), FILTRATION, letters)).toBeCloseTo(wanted, 10);
  });

  const REACTOR = [
    61, 53, 63, 61, 53, 56, 54, 61, 69, 61, 94, 93, 66, 60, 95, 98, 56, 63, 70, 65, 59, 55, 67, 65, 44, 45, 78, 77, 49,
    42, 81, 82,
  ];
  test.each([
    ['B', 19.5],
    ['D', 10.75],
    ['E', -6.25],
    ['BD', 13.25],
    ['DE', -11],
  ])('the reactor of Box, Hunter and Hunter has the effect %s of %d', (letters, wanted) => {
    expect(effect(fullTwoLevel(5), REACTOR, letters)).toBeCloseTo(wanted, 10);
  });
  test.each([
    ['B', 20.5],
    ['D', 12.25],
    ['E', -6.25],
    ['BD', 10.75],
    ['DE', -9.5],
  ])('half of that reactor, I = ABCDE, has the effect %s of %d', (letters, wanted) => {
    const full = fullTwoLevel(5);
    const half = fractionalTwoLevel(4, [[0, 1, 2, 3]]);
    const y = half.map((row) => REACTOR[full.findIndex((other) => other.join() === row.join())]!);
    expect(effect(half, y, letters)).toBeCloseTo(wanted, 10);
  });
});

describe('fractions', () => {
  // Resolutions as in Montgomery, table 8.14.
  test.each([
    [3, [3]],
    [4, [4]],
    [5, [5, 3]],
    [6, [6, 4, 3]],
    [7, [7, 4, 4, 3]],
    [8, [5, 4, 4]],
    [9, [4, 4, 3]],
    [10, [4, 4, 3]],
    [11, [4, 4, 3]],
  ])('of %i factors have the resolutions of the books', (factors, wanted) => {
    expect(listFractions(factors).map(({ resolution }) => resolution)).toEqual(wanted);
    for (const { fraction } of listFractions(factors)) expect(2 ** fraction.base).toBeLessThanOrEqual(64);
  });

  test('the usual ones are a half of five or six and a sixteenth of eight factors', () => {
    expect([5, 6, 7, 8].map((factors) => usualFraction(factors)!.base)).toEqual([4, 5, 4, 4]);
    expect(screeningFraction(6)!.base).toBe(4);
    expect(fractionOf(5, 4)!.base).toBe(4);
    expect(fractionOf(8, 5)!.base).toBe(6);
    expect(fractionOf(9, 5)).toBeUndefined();
  });

  test('a sixteenth of 2⁷ is named by its defining words and tells fifteen effects', () => {
    const { base, generators } = usualFraction(7)!;
    const rows = fractionalTwoLevel(base, generators);
    expect(definingWords(rows)).toHaveLength(7);
    expect(distinctTerms(rows)).toHaveLength(15);
    expect(distinctTerms(rows).filter((term) => term.length === 1)).toHaveLength(7);
  });

  test('a full design has no constant product and tells everything', () => {
    expect(resolutionOf(fullTwoLevel(4))).toBeUndefined();
    expect(distinctTerms(fullTwoLevel(4))).toHaveLength(15);
  });

  test('folding over resolution III gives IV; where that would repeat itself, the first factor comes free', () => {
    const third = fractionalTwoLevel(3, [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ]);
    expect(resolutionOf(third)).toBe(3);
    expect(resolutionOf(foldOver(third))).toBe(4);
    const { base, generators } = usualFraction(7)!;
    const folded = foldOver(fractionalTwoLevel(base, generators));
    expect(new Set(folded.map((row) => row.join())).size).toBe(32);
    expect(definingWords(folded).every((word) => !word.includes(0))).toBe(true);
    expect(() => foldOver(fullTwoLevel(2))).toThrow(/nothing is left/);
  });

  test('two incomplete blocks give up the interaction they are split by, and nothing else', () => {
    const rows = fullTwoLevel(4);
    const [one, other] = splitBlocks(rows, [0, 1, 2, 3]);
    expect([one.length, other.length]).toEqual([8, 8]);
    const within = (half: number[][], term: Term) => signsOf(half, term).reduce((sum, sign) => sum + sign, 0);
    for (const term of distinctTerms(rows)) expect(within(one, term)).toBe(term.length === 4 ? -8 : 0);
    expect(() => splitBlocks(fractionalTwoLevel(2, [[0, 1]]), [0, 1, 2])).toThrow(/constant/);
  });
});

import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { leastRankSumP, rankSumP, rankSumShift } from './rank-sum.ts';

// Hollander & Wolfe 1973, table 4.1: permeability of the chorioamnion at term and at 12 to 26 weeks; in R's wilcox.test too.
const AT_TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLIER = [1.15, 0.88, 0.9, 0.74, 1.21];

test('the exact p-value is that of Hollander and Wolfe (1973, 69f): 0.1272 on one side', () => {
  expect(rankSumP(AT_TERM, EARLIER)).toBeCloseTo(2 * 0.1272, 3);
});

test('the shift is that of Hollander and Wolfe: 0.305', () => {
  const { centre, low, high, confidence } = rankSumShift(EARLIER, AT_TERM, 0.05);
  expect([centre, low, high].map((each) => Number(each.toFixed(3)))).toEqual([0.305, -0.15, 0.76]);
  expect(confidence).toBeGreaterThanOrEqual(0.95);
});

test('the interval holds a value where the test does not reject it, and no other', () => {
  const random = createRandom(3);
  for (let study = 0; study < 40; study++) {
    const [m, k] = [4 + random.integer(5), 4 + random.integer(5)];
    const first = Array.from({ length: m }, () => random.normal());
    const second = Array.from({ length: k }, () => random.normal() + 1);
    const { low, high } = rankSumShift(first, second, 0.05);
    const pAt = (shift: number) =>
      rankSumP(
        first,
        second.map((value) => value - shift),
      );
    for (const [end, inward] of [
      [low, 1],
      [high, -1],
    ] as const) {
      expect(pAt(end + inward * 1e-9)).toBeGreaterThan(0.05);
      expect(pAt(end - inward * 1e-9)).toBeLessThanOrEqual(0.05);
    }
  }
});

test('ties are counted exactly: all 20 divisions of six values into two threes', () => {
  // Ranks 1.5 1.5 3 | 4.5 4.5 6: no division is further out on the low side, two are as far on either.
  expect(rankSumP([1, 1, 2], [3, 3, 4])).toBeCloseTo(2 / 20, 12);
});

test('three of each never tell at 5 %, four of each can', () => {
  expect(rankSumShift([1, 2, 3], [11, 12, 13], 0.05)).toMatchObject({ centre: 10, low: -Infinity, high: Infinity });
  expect(rankSumShift([1, 2, 3, 4], [11, 12, 13, 14], 0.05)).toMatchObject({ low: 7, high: 13 });
});

test('beyond fifty values the approximation takes over without a jump: one value more moves p by less than 0.02', () => {
  const random = createRandom(5);
  const first = Array.from({ length: 25 }, () => random.normal());
  const second = Array.from({ length: 25 }, () => random.normal() + 0.5);
  const more = [...second, 1e-9];
  expect(Math.abs(rankSumP(first, second) - rankSumP(first, more))).toBeLessThan(0.02);
});

test('a value that is no number is refused', () => {
  expect(() => rankSumP([1, Number.NaN], [2])).toThrow(RangeError);
  expect(() => rankSumShift([1], [Number.NaN], 0.05)).toThrow(RangeError);
});

test.each([
  [[], [1, 2]],
  [
    [1, 1],
    [1, 1, 1],
  ],
])('samples that can not be told apart give 1: %j %j', (first, second) => {
  expect(rankSumP(first, second)).toBe(1);
});

test('the least p-value is that of two samples wholly apart, and an interval is finite exactly where it reaches the level', () => {
  for (let m = 1; m <= 9; m++) {
    for (let k = 1; k <= 9; k++) {
      const first = Array.from({ length: m }, (_, i) => i);
      const second = Array.from({ length: k }, (_, i) => 100 + i * 1.5);
      expect(leastRankSumP(m, k)).toBeCloseTo(rankSumP(first, second), 12);
      expect(Number.isFinite(rankSumShift(first, second, 0.05).low)).toBe(leastRankSumP(m, k) <= 0.05);
    }
  }
  expect(leastRankSumP(0, 5)).toBe(1);
});

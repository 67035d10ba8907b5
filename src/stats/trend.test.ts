import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { findTrend } from './trend.ts';

test('a straight line has its slope, and one wild value does not change it', () => {
  const line = Array.from({ length: 21 }, (_, i) => 3 + 0.5 * i);
  expect(findTrend(line).slope).toBeCloseTo(0.5, 12);
  expect(findTrend(line.with(4, 1e6)).slope).toBeCloseTo(0.5, 12);
});

// S = 43 of 45 pairs: z = 42 / sqrt(125).
test('the test is Kendall’s: ten values with one pair out of order', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 10, 9];
  expect(findTrend(values).pValue).toBeCloseTo(0.00017228, 7);
});

test.each([[[]], [[1]], [[1, 2]], [[5, 5, 5, 5]]])('%j tells no trend', (values) => {
  expect(findTrend(values).pValue).toBe(1);
});

test('a value that is no number is refused', () => {
  expect(() => findTrend([1, Number.NaN, 2])).toThrow(RangeError);
});

test('pure noise has a trend at 1 % in about 1 of 100 series', () => {
  const random = createRandom(2);
  const series = Array.from({ length: 1000 }, () => Array.from({ length: 30 }, () => random.normal()));
  const called = series.filter((values) => findTrend(values).pValue < 0.01).length;
  expect(called).toBeGreaterThan(2);
  expect(called).toBeLessThan(20);
});

import { expect, test } from 'vitest';
import { harrellDavis } from './harrell-davis.ts';
import { createRandom } from './random.ts';
import { RIVERS } from './testdata/rivers.ts';

/** R's Hmisc::hdquantile. */
test.each([
  [0.05, 227.4509108],
  [0.5, 427.6601572],
  [0.95, 1578.904815],
  [0.99, 3005.904857],
])('quantile %d of the rivers of R is %d', (p, expected) => {
  expect(Math.abs(harrellDavis(RIVERS, p) / expected - 1)).toBeLessThan(1e-9);
});

test('the ends are the least and the most, and a value alone is itself', () => {
  expect([harrellDavis(RIVERS, 0), harrellDavis(RIVERS, 1)]).toEqual([135, 3710]);
  expect(harrellDavis([3], 0.9)).toBeCloseTo(3, 12);
  expect(harrellDavis([], 0.5)).toBeNaN();
  expect(harrellDavis([1], 1.5)).toBeNaN();
});

test('moving and stretching the values does the same to the quantile', () => {
  const random = createRandom(1);
  const x = Array.from({ length: 30 }, () => random.normal());
  expect(
    harrellDavis(
      x.map((value) => 5 + 2 * value),
      0.3,
    ),
  ).toBeCloseTo(5 + 2 * harrellDavis(x, 0.3), 12);
});

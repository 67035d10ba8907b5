import { expect, test } from 'vitest';
import { betaCdf } from './beta.ts';
import { chiSquaredCdf } from './chi-squared.ts';
import { drawBeta, drawGamma, drawOrderStatistics } from './gamma-random.ts';
import { createRandom } from './random.ts';

/** Kolmogorov's distance of draws from their distribution, times the root of their number: 1.95 is exceeded once in a thousand. */
function distance(draw: () => number, cdf: (x: number) => number, draws = 20_000): number {
  const sorted = Float64Array.from({ length: draws }, draw).sort();
  const gaps = sorted.map((x, i) => Math.max(Math.abs(cdf(x) - i / draws), Math.abs(cdf(x) - (i + 1) / draws)));
  return Math.max(...gaps) * Math.sqrt(draws);
}

test.each([1, 1.5, 40])('gamma numbers of shape %d have their distribution', (shape) => {
  const random = createRandom(1, shape);
  expect(
    distance(
      () => drawGamma(random, shape),
      (x) => chiSquaredCdf(2 * x, 2 * shape),
    ),
  ).toBeLessThan(1.95);
});

test('beta numbers have their distribution', () => {
  const random = createRandom(2);
  expect(
    distance(
      () => drawBeta(random, 3, 8),
      (x) => betaCdf(x, 3, 8),
    ),
  ).toBeLessThan(1.95);
});

test('neighbouring order statistics have theirs', () => {
  const random = createRandom(3);
  const [n, rank] = [10, 5];
  expect(
    distance(
      () => drawOrderStatistics(random, n, rank)[0],
      (x) => betaCdf(x, rank, n - rank + 1),
    ),
  ).toBeLessThan(1.95);
  expect(
    distance(
      () => drawOrderStatistics(random, n, rank)[1],
      (x) => betaCdf(x, rank + 1, n - rank),
    ),
  ).toBeLessThan(1.95);
  const gap = () => {
    const [first, second] = drawOrderStatistics(random, n, rank);
    return second - first;
  };
  expect(distance(gap, (x) => betaCdf(x, 1, n))).toBeLessThan(1.95);
});

test('above the largest there is only one', () => {
  expect(drawOrderStatistics(createRandom(4), 3, 3)[1]).toBe(1);
});

test('a shape below one is refused', () => {
  expect(() => drawGamma(createRandom(1), 0.5)).toThrow('at least 1');
});

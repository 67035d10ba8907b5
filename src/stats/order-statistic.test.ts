import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianInterval, quantileInterval } from './order-statistic.ts';
import { mean, quantile } from './quantile.ts';
import { createRandom } from './random.ts';
import { RIVERS } from './testdata/rivers.ts';

test.each([
  [0.5, 425],
  [0.95, 1450],
  [0.99, 2459],
])('quantile %d of the rivers is %d', (p, expected) => {
  expect(RIVERS).toHaveLength(141);
  expect(quantile(RIVERS, p)).toBeCloseTo(expected, 9);
});

test('the interval of the median of the rivers is that of ranks 59 to 83', () => {
  const { centre, low, high, confidence } = medianInterval(RIVERS);
  expect({ centre, low, high }).toEqual({ centre: 425, low: 380, high: 500 });
  expect(confidence).toBeCloseTo(0.95712, 5);
});

test('the interval of the 95th percentile of the rivers is that of ranks 129 to 140', () => {
  const { low, high, confidence } = quantileInterval(RIVERS, 0.95);
  expect({ low, high }).toEqual({ low: 1171, high: 2533 });
  expect(confidence).toBeCloseTo(0.96895, 5);
});

test('too few values have an open interval, not a narrow one', () => {
  expect(medianInterval([3, 1, 2])).toEqual({ centre: 2, low: -Infinity, high: Infinity, confidence: 1 });
});

test('a quantile lies between the least and the most and grows with p', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(numbers, share, share, (values, p, q) => {
      const [low, high] = [quantile(values, Math.min(p, q)), quantile(values, Math.max(p, q))];
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(high).toBeLessThanOrEqual(Math.max(...values));
    }),
    { seed: 2 },
  );
});

test('the mean keeps eight digits where the values hardly differ (NIST NumAcc4)', () => {
  const values = [10000000.2, ...Array.from({ length: 500 }, () => [10000000.1, 10000000.3]).flat()];
  expect(Math.abs(mean(values) - 10000000.2)).toBeLessThan(1e-8);
});

test('the interval of a median holds it as often as it says', () => {
  let held = 0;
  let promised = 0;
  for (let replicate = 0; replicate < 2000; replicate++) {
    const random = createRandom(3, replicate);
    const { low, high, confidence } = medianInterval(Array.from({ length: 20 }, () => Math.exp(random.normal())));
    if (low <= 1 && 1 <= high) held++;
    promised = confidence;
  }
  expect(Math.abs(held / 2000 - promised)).toBeLessThan(0.012);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianInterval, quantileInterval } from './order-statistic.ts';
import { mean, quantile } from './quantile.ts';
import { createRandom } from './random.ts';

/** Lengths of 141 rivers of North America, miles (R, `rivers`). */
const RIVERS = [
  735, 320, 325, 392, 524, 450, 1459, 135, 465, 600, 330, 336, 280, 315, 870, 906, 202, 329, 290, 1000, 600, 505, 1450,
  840, 1243, 890, 350, 407, 286, 280, 525, 720, 390, 250, 327, 230, 265, 850, 210, 630, 260, 230, 360, 730, 600, 306,
  390, 420, 291, 710, 340, 217, 281, 352, 259, 250, 470, 680, 570, 350, 300, 560, 900, 625, 332, 2348, 1171, 3710, 2315,
  2533, 780, 280, 410, 460, 260, 255, 431, 350, 760, 618, 338, 981, 1306, 500, 696, 605, 250, 411, 1054, 735, 233, 435,
  490, 310, 460, 383, 375, 1270, 545, 445, 1885, 380, 300, 380, 377, 425, 276, 210, 800, 420, 350, 360, 538, 1100, 1205,
  314, 237, 610, 360, 540, 1038, 424, 310, 300, 444, 301, 268, 620, 215, 652, 900, 525, 246, 360, 529, 500, 720, 270,
  430, 671, 1770,
];

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

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestRepetitions } from './repetitions.ts';

test('units that cost nothing are never repeated in, dear ones often', () => {
  expect(bestRepetitions({ unit: 0, repetition: 1, varianceRatio: 100 })).toBe(1);
  expect(bestRepetitions({ unit: 30, repetition: 1, varianceRatio: 10 })).toBeCloseTo(Math.sqrt(300), 12);
});

test('no other number of repetitions buys less variance for the same cost', () => {
  const amount = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      fc.double({ min: 1, max: 1000, noNaN: true }),
      (unit, repetition, ratio, other) => {
        // Variance of the mean times the cost, for a budget that pays for many units.
        const loss = (repetitions: number) => (1 + ratio / repetitions) * (unit + repetition * repetitions);
        const best = bestRepetitions({ unit, repetition, varianceRatio: ratio });
        expect(loss(best)).toBeLessThanOrEqual(loss(other) * (1 + 1e-12));
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test('costs and variances that can not be are refused', () => {
  for (const wrong of [
    { unit: 1, repetition: 0, varianceRatio: 1 },
    { unit: -1, repetition: 1, varianceRatio: 1 },
    { unit: 1, repetition: 1, varianceRatio: Number.NaN },
  ]) {
    expect(() => bestRepetitions(wrong)).toThrow(RangeError);
  }
});

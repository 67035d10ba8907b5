import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { criticalCount, nullCumulative, signedRankTest } from './signed-rank.ts';

/** Hamilton depression scale before and after a tranquilliser (Hollander & Wolfe, table 3.1). */
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

test('the depression data give V = 40 and p = 0.0390625', () => {
  const { statistic, pValue, tied } = signedRankTest(BEFORE.map((x, i) => x - AFTER[i]!));
  expect({ statistic, pValue, tied }).toEqual({ statistic: 40, pValue: 0.0390625, tied: 0 });
});

test('the exact p-value is that of all sign patterns, ties and zeros included', () => {
  const sizes = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(sizes, (values) => {
      expect(signedRankTest(values).pValue).toBeCloseTo(enumerated(values), 10);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('the null distribution of four values is the published one', () => {
  // P(V <= v) for n = 4: 1, 2, 3, 5, 7, 9, 11, 13, 14, 15, 16 of 16 patterns.
  expect([...nullCumulative(4)].map((p) => p * 16)).toEqual([1, 2, 3, 5, 7, 9, 11, 13, 14, 15, 16]);
});

test.each([
  [8, 0.025, 4], // qsignrank(0.025, 8) = 4
  [9, 0.025, 6],
  [20, 0.025, 53],
  [40, 0.025, 265],
  [5, 0.025, 0],
])('%d values at a tail of %d: the interval begins at Walsh average %d', (n, tail, k) => {
  expect(criticalCount(n, tail).k).toBe(k);
});

test('the normal approximation takes over at 201 values without a step', () => {
  const [below, above] = [criticalCount(200, 0.025), criticalCount(201, 0.025)];
  const share = ({ k }: { k: number }, n: number) => k / ((n * (n + 1)) / 2);
  expect(Math.abs(share(below, 200) - share(above, 201))).toBeLessThan(0.001);
  expect(Math.abs(above.reached - 0.025)).toBeLessThan(2e-4);
});

test('above 200 values p-values stay uniform when nothing is there', () => {
  let rejected = 0;
  for (let replicate = 0; replicate < 2000; replicate++) {
    const random = createRandom(9, replicate);
    if (signedRankTest(Array.from({ length: 220 }, () => random.normal())).pValue <= 0.05) rejected++;
  }
  expect(Math.abs(rejected / 2000 - 0.05)).toBeLessThan(0.015);
});

test('nothing measured is nothing shown', () => {
  expect(signedRankTest([]).pValue).toBe(1);
  expect(signedRankTest([0, 0, 0]).pValue).toBe(1);
});

test('a value that is no number is refused', () => {
  expect(() => signedRankTest([1, Number.NaN, 2])).toThrow('no number');
});

/** By listing all patterns of signs over the non-zero values, zeros counting half their mid-rank. */
function enumerated(values: readonly number[]): number {
  const sizes = values.map(Math.abs);
  const ranks = sizes.map(
    (size) => sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2,
  );
  const free = ranks.filter((_, i) => values[i] !== 0);
  const seen = ranks.reduce((sum, rank, i) => sum + (values[i]! > 0 ? rank : 0), 0);
  let atMost = 0;
  let atLeast = 0;
  for (let pattern = 0; pattern < 2 ** free.length; pattern++) {
    const sum = free.reduce((total, rank, bit) => total + ((pattern >> bit) & 1 ? rank : 0), 0);
    if (sum <= seen) atMost++;
    if (sum >= seen) atLeast++;
  }
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / 2 ** free.length);
}

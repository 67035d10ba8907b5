import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hodgesLehmann, walshAverage } from './hodges-lehmann.ts';
import { createRandom } from './random.ts';

test('the depression data give .46 in [.01, .786] at a level of .9609', () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const { centre, low, high, confidence } = hodgesLehmann(
    before.map((x, i) => x - after[i]!),
    0.05,
  );
  expect(centre).toBeCloseTo(0.46, 12);
  expect(low).toBeCloseTo(0.01, 12);
  expect(high).toBeCloseTo(0.786, 12);
  expect(confidence).toBe(0.9609375);
});

test('the k-th Walsh average is that of the full list', () => {
  const values = fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -3, max: 3 })), {
    minLength: 1,
    maxLength: 25,
  });
  fc.assert(
    fc.property(values, fc.nat(), (drawn, pick) => {
      const sorted = Float64Array.from(drawn).sort();
      const all = [...sorted].flatMap((x, i) => [...sorted.slice(i)].map((y) => (x + y) / 2)).sort((a, b) => a - b);
      const k = 1 + (pick % all.length);
      expect(walshAverage(sorted, k)).toBe(all[k - 1]!);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test('the search ends where values differ by a single bit', () => {
  const next = 1 + Number.EPSILON;
  for (const k of [1, 2, 3]) {
    expect(walshAverage(Float64Array.of(1, next), k)).toBeGreaterThanOrEqual(1);
  }
  expect(hodgesLehmann([1, next, 1, next, 1, next, 1, next], 0.05).low).toBe(1);
});

test('two thousand values are no burden', () => {
  const random = createRandom(5);
  const x = Array.from({ length: 2000 }, () => 0.3 + random.normal());
  const { centre, low, high, confidence } = hodgesLehmann(x, 0.05);
  expect(low).toBeLessThan(centre);
  expect(high).toBeGreaterThan(centre);
  expect(high - low).toBeGreaterThan(0.07); // 2 · 1.96 · √(π/3) / √2000 = 0.0897
  expect(high - low).toBeLessThan(0.11);
  expect(confidence).toBeGreaterThanOrEqual(0.95);
});

test('shifting and scaling the values does the same to the estimate', () => {
  const random = createRandom(6);
  const x = Array.from({ length: 15 }, () => random.normal());
  const plain = hodgesLehmann(x, 0.1);
  const moved = hodgesLehmann(
    x.map((value) => 3 - 2 * value),
    0.1,
  );
  expect(moved.centre).toBeCloseTo(3 - 2 * plain.centre, 12);
  expect(moved.low).toBeCloseTo(3 - 2 * plain.high, 12);
  expect(moved.high).toBeCloseTo(3 - 2 * plain.low, 12);
});

test('a value that is no number is refused', () => {
  expect(() => hodgesLehmann([0.01, Number.NaN, 0.02], 0.05)).toThrow('no number');
});

test('too few values have an infinite interval', () => {
  expect(hodgesLehmann([1, 2, 3, 4, 5], 0.05)).toEqual({ centre: 3, low: -Infinity, high: Infinity, confidence: 1 });
  expect(hodgesLehmann([], 0.05).centre).toBeNaN();
});

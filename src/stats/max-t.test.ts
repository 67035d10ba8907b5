import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxT } from './max-t.ts';
import { createRandom } from './random.ts';

const draw = (blocks: number, components: number, seed = 1) => {
  const random = createRandom(seed, blocks, components);
  return Array.from({ length: blocks }, () => Array.from({ length: components }, () => random.normal()));
};

test("one component's critical value is near Student's, 2.2622 for ten blocks at 95 %", () => {
  const critical = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => maxT(draw(10, 1, seed), 0.05, 1).critical);
  const middle = critical.reduce((sum, value) => sum + value, 0) / critical.length;
  expect(middle).toBeGreaterThan(2.0);
  expect(middle).toBeLessThan(2.5);
});

test('more components need a larger critical value, but one component told twice does not', () => {
  const rows = draw(24, 1);
  const twice = rows.map(([value]) => [value!, value!]);
  expect(maxT(twice, 0.05, 1).critical).toBe(maxT(rows, 0.05, 1).critical);
  expect(maxT(draw(24, 8), 0.05, 1).critical).toBeGreaterThan(maxT(rows, 0.05, 1).critical + 0.3);
});

test('moving and stretching a component moves and stretches its interval, and no other', () => {
  const rows = draw(16, 3);
  const plain = maxT(rows, 0.05, 7);
  const moved = maxT(
    rows.map(([a, b, c]) => [a!, 10 + 1e-6 * b!, c!]),
    0.05,
    7,
  );
  expect(moved.critical).toBeCloseTo(plain.critical, 6);
  expect(moved.low[1]).toBeCloseTo(10 + 1e-6 * plain.low[1]!, 12);
  expect(moved.high[1]).toBeCloseTo(10 + 1e-6 * plain.high[1]!, 12);
  expect(moved.low[2]).toBeCloseTo(plain.low[2]!, 6);
});

test('too few blocks for the level give infinite intervals, six are enough for 5 %', () => {
  expect(maxT(draw(5, 2), 0.05, 1)).toMatchObject({ critical: Infinity, low: [-Infinity, -Infinity] });
  expect(maxT(draw(6, 2), 0.05, 1).critical).toBeLessThan(Infinity);
});

test('a component that never varies is its own interval', () => {
  const { low, high } = maxT(
    draw(12, 1).map(([value]) => [value!, 3]),
    0.05,
    1,
  );
  expect([low[1], high[1]]).toEqual([3, 3]);
});

test('the same seed gives the same intervals, and the centre lies inside', () => {
  const rows = fc.array(fc.tuple(fc.double({ min: -1, max: 1 }), fc.double({ min: -1e3, max: 1e3 })), {
    minLength: 6,
    maxLength: 20,
  });
  fc.assert(
    fc.property(
      rows.filter((all) => all.flat().every(Number.isFinite)),
      (all) => {
        const found = maxT(all, 0.1, 3);
        expect(maxT(all, 0.1, 3)).toEqual(found);
        found.centre.forEach((centre, i) => {
          expect(found.low[i]!).toBeLessThanOrEqual(centre);
          expect(found.high[i]!).toBeGreaterThanOrEqual(centre);
        });
      },
    ),
    { seed: 4, numRuns: 40 },
  );
});

test.each([
  [[[1, 2]], 0.05, 'need at least two blocks, there are 1'],
  [[[], []], 0.05, 'need at least one component'],
  [[[1, 2], [3]], 0.05, 'block 1 has 1 components, block 0 has 2'],
  [[[1], [Number.NaN]], 0.05, 'block 1 has a component that is no finite number'],
  [[[1], [2]], 0, 'alpha must lie between 0 and 1, not 0'],
])('%j at %d is refused: %s', (rows, alpha, message) => {
  expect(() => maxT(rows, alpha, 1)).toThrow(message);
});

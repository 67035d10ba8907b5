import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { percentileEnds } from './block-resampling.ts';
import { tabulateLevels } from './level-table.ts';

/** ln of levels 1 to 6, a speed of its own for each block, and this spread at each level. */
function invent(spreadAt: (level: number) => number, blocks = 30) {
  const random = createRandom(4, 'levels');
  return Array.from({ length: blocks }, () => {
    const speed = 0.2 * random.normal();
    return [1, 2, 3, 4, 5, 6].map((level) => level + speed + spreadAt(level) * random.normal());
  });
}

test("a block's own speed is no scatter of its levels", () => {
  const { centres, variances, scatter } = tabulateLevels(invent(() => 0.02));
  const steps = centres.slice(1).map((centre, i) => centre - centres[i]!);
  for (const step of steps) expect(Math.abs(step - 1)).toBeLessThan(0.02);
  for (const variance of variances) expect(Math.sqrt(variance) / 0.02).toBeCloseTo(1, 0);
  expect(scatter.squares / scatter.freedom).toBeCloseTo(1, 0);
});

test('a level that scatters more than the others weighs less', () => {
  const { variances } = tabulateLevels(invent((level) => (level === 6 ? 0.3 : 0.02)));
  expect(variances[5]! / variances[0]!).toBeGreaterThan(20);
});

test('a burst in one block moves no centre by more than its share of four spreads', () => {
  const calm = invent(() => 0.02);
  const burst = calm.map((row, block) => row.map((log, level) => (block === 3 && level === 2 ? log + 5 : log)));
  const [before, after] = [tabulateLevels(calm).centres, tabulateLevels(burst).centres];
  before.forEach((centre, level) => {
    expect(Math.abs(after[level]! - centre)).toBeLessThan(0.01);
  });
});

test('constant levels divide by nothing', () => {
  const { centres, scatter } = tabulateLevels(Array.from({ length: 6 }, () => [1, 2, 3, 4, 5]));
  expect(centres).toEqual([1, 2, 3, 4, 5]);
  expect(scatter.squares).toBe(0);
});

test('open ends stay open: infinity is the largest value, not a middle', () => {
  expect(percentileEnds([1, 2, 3, 4, Infinity, Infinity], 0.5)).toEqual({
    low: expect.closeTo(2.125, 6),
    high: Infinity,
  });
  expect(percentileEnds([Infinity, Infinity], 0.95)).toEqual({ low: Infinity, high: Infinity });
});

import { expect, test } from 'vitest';
import { detectableLogRatio } from './power.ts';
import { createRandom } from './random.ts';
import { rankSumP } from './rank-sum.ts';
import { lagOne, robustSd } from './robust.ts';

const normals = (seed: number, n: number) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.normal());
};

test('the robust spread is the standard deviation of normal values, and a burst does not move it', () => {
  const x = normals(1, 4000);
  expect(Math.abs(robustSd(x) - 1)).toBeLessThan(0.06);
  expect(robustSd([...x, ...Array.from({ length: 100 }, () => 1e6)])).toBeLessThan(1.1);
  expect(robustSd([5, 5, 5])).toBe(0);
});

test('dependence of neighbours is seen, and one wild value neither hides nor fakes it', () => {
  const random = createRandom(2);
  let level = 0;
  const drifting = Array.from({ length: 400 }, () => {
    level = 0.7 * level + random.normal();
    return level;
  });
  expect(lagOne(drifting)).toBeGreaterThan(0.55);
  expect(lagOne([...drifting.slice(0, 200), 1e6, ...drifting.slice(200)])).toBeGreaterThan(0.5);
  expect(Math.abs(lagOne(normals(3, 400)))).toBeLessThan(0.15);
  expect([lagOne([1, 2]), lagOne([4, 4, 4, 4])]).toEqual([0, 0]);
});

test('the rank-sum test comes close to the exact answer on the permeability data of Hollander & Wolfe', () => {
  // Table 4.1, W = 35: exactly 0.2544 (twice the published one-sided 0.1272).
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  expect(Math.abs(rankSumP(term, early) - 0.2544)).toBeLessThan(0.01);
  expect(rankSumP([1, 1], [1, 1])).toBe(1);
  expect(rankSumP([], [1])).toBe(1);
});

test('the detectable change shrinks with the root of the blocks and is infinite when nothing could be called', () => {
  const at = (blocks: number) => detectableLogRatio({ sd: 0.02, blocks, nominal: 0.05 });
  expect(at(40) / at(10)).toBeCloseTo(0.5, 12);
  expect(at(20)).toBeCloseTo(((1.959964 + 0.841621) * 0.02 * 1.023327) / Math.sqrt(20), 6);
  expect([at(0), at(5)]).toEqual([Infinity, Infinity]);
});

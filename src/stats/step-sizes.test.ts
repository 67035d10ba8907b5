import { expect, test } from 'vitest';
import { drawGridTrajectories, elementaryEffects } from './morris.ts';
import { createRandom } from './random.ts';
import { readSteps, seenSizes } from './step-sizes.ts';

const TRUTH = [0.1, 0.1, -0.1, 0.3];
const noisy = (truth: readonly number[], sd: number, blocks: number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: blocks }, () => truth.map((each) => each + sd * random.normal()));
};
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("without noise every block but the first tells Morris' μ, μ* and σ", () => {
  const { mean, size, spread } = readSteps([TRUTH, TRUTH]);
  const trajectories = TRUTH.map(() => [[0], [1]]);
  const [published] = elementaryEffects(
    trajectories,
    TRUTH.map((change) => [0, change]),
  );
  expect([size[0], spread[0]]).toEqual([Number.NaN, Number.NaN]);
  expect(mean[0]).toBeCloseTo(published!.mu, 12);
  expect(size[1]).toBeCloseTo(published!.muStar, 12);
  expect(spread[1]).toBeCloseTo(published!.sigma, 12);
  expect(seenSizes([TRUTH]).size).toBeCloseTo(published!.muStar, 12);
  expect(seenSizes([TRUTH]).spread).toBeCloseTo(published!.sigma, 12);
});

test('where nothing acts, a size lies as often above 0 as below, and what is seen lies above', () => {
  const blocks = noisy([0, 0, 0, 0, 0], 0.05, 4000, 1);
  const { size, spread } = readSteps(blocks);
  for (const x of [size, spread]) {
    const told = x.filter(Number.isFinite);
    expect(told.filter((each) => each > 0).length / told.length).toBeCloseTo(0.5, 1);
    expect(Math.abs(average(told))).toBeLessThan(0.002);
  }
  // The mean of |normal| is 0.8 of its deviation: what a size taken block by block would call an effect of 4 %.
  expect(average(blocks.map((row) => average(row.map(Math.abs))))).toBeGreaterThan(0.035);
});

test('sizes come out in noise as large as they are, and earlier blocks give directions from the first on', () => {
  const { size, spread } = readSteps(noisy(TRUTH, 0.05, 200, 2), noisy(TRUTH, 0.05, 20, 3));
  expect(average(size)).toBeCloseTo(0.15, 2);
  expect(average(spread)).toBeCloseTo(0.1633, 2);
});

test('a block that lacks a change tells nothing, and turns no direction', () => {
  const { mean, size } = readSteps([TRUTH, [Number.NaN, 1, 1, 1], TRUTH]);
  expect(mean[1]).toBeNaN();
  expect(size[1]).toBeNaN();
  expect(size[2]).toBeCloseTo(0.15, 12);
});

test('one step has no spread', () => {
  expect(readSteps([[1], [1]]).spread).toEqual([Number.NaN, Number.NaN]);
});

test('trajectories over uneven grids move every factor once by one level, and all neighbours come up alike', () => {
  const levels = [2, 3, 5];
  const trajectories = drawGridTrajectories(levels, 40, createRandom(4));
  const seen = new Map<string, number>();
  for (const points of trajectories) {
    const moves = points.slice(1).map((point, i) => {
      const moved = point.flatMap((value, f) => (value === points[i]![f] ? [] : [f]));
      expect(moved).toHaveLength(1);
      const factor = moved[0]!;
      expect(Math.abs(point[factor]! - points[i]![factor]!)).toBe(1);
      const place = `${factor} ${Math.min(point[factor]!, points[i]![factor]!)}`;
      seen.set(place, (seen.get(place) ?? 0) + 1);
      return factor;
    });
    expect(moves.sort()).toEqual([0, 1, 2]);
    expect(points.flat().every((place, i) => place >= 0 && place < levels[i % 3]!)).toBe(true);
  }
  expect(Object.fromEntries([...seen].sort())).toEqual({
    '0 0': 40,
    '1 0': 20,
    '1 1': 20,
    '2 0': 10,
    '2 1': 10,
    '2 2': 10,
    '2 3': 10,
  });
  expect(() => drawGridTrajectories([2, 1], 4, createRandom(1))).toThrow(/two levels/);
});

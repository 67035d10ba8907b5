import { expect, test } from 'vitest';
import { segment } from './pelt.ts';
import { createRandom, type Random } from './random.ts';

/** Optimal partitioning in O(n²): Jackson et al., An algorithm for optimal partitioning of data on an interval, 2005. */
function partition(values: readonly number[], penalty: number, least: number): { points: number[]; cost: number } {
  const n = values.length;
  const best = new Array<number>(n + 1).fill(Infinity);
  const from = new Array<number>(n + 1).fill(0);
  best[0] = -penalty;
  for (let end = least; end <= n; end++) {
    for (let start = 0; start <= end - least; start++) {
      const total = best[start]! + squares(values, start, end) + penalty;
      if (total < best[end]!) {
        best[end] = total;
        from[end] = start;
      }
    }
  }
  const points: number[] = [];
  for (let at = from[n]!; at > 0; at = from[at]!) points.push(at);
  return { points: points.reverse(), cost: best[n]! };
}

function squares(values: readonly number[], start: number, end: number): number {
  const part = values.slice(start, end);
  const middle = part.reduce((sum, value) => sum + value, 0) / part.length;
  return part.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

function invent(random: Random): { values: number[]; penalty: number; least: number } {
  const length = 5 + random.integer(60);
  let level = 0;
  const values = Array.from({ length }, () => {
    if (random.integer(12) === 0) level = 4 * random.normal();
    return level + random.normal();
  });
  return { values, penalty: [0, 0.5, 2, 8, 20][random.integer(5)]!, least: 1 + random.integer(8) };
}

test('it equals optimal partitioning on 1,000 random series', () => {
  const random = createRandom(11, 'partitions');
  for (let series = 0; series < 1000; series++) {
    const { values, penalty, least } = invent(random);
    const points = segment(values, { penalty, least });
    const exact = partition(values, penalty, least);
    if (values.length >= 2 * least) {
      const bounds = [0, ...points, values.length];
      const cost = bounds.slice(1).reduce((sum, end, i) => sum + squares(values, bounds[i]!, end) + penalty, -penalty);
      expect(cost).toBeCloseTo(exact.cost, 8);
      expect(bounds.slice(1).every((end, i) => end - bounds[i]! >= least)).toBe(true);
    } else expect(points).toEqual([]);
  }
});

test('a level far from zero loses no step', () => {
  const values = Array.from({ length: 40 }, (_, i) => 1e9 + (i < 20 ? 0 : 1) + (i % 2) * 0.1);
  expect(segment(values, { penalty: 2, least: 4 })).toEqual([20]);
});

test('it refuses what is no number', () => {
  expect(() => segment([1, 2, Number.NaN, 4], { penalty: 1, least: 1 })).toThrow(RangeError);
});

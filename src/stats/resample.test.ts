import { expect, test } from 'vitest';
import { mean, median, quantile } from './quantile.ts';
import { createRandom } from './random.ts';
import { resample, resampleMeans, resampleMedians, resampleQuantiles } from './resample.ts';

/** Largest distance between the shares below any value, times the root of half the size: 1.95 is exceeded once in a thousand. */
function distance(one: Float64Array, other: Float64Array): number {
  const [a, b] = [one.toSorted(), other.toSorted()];
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! === value) i++;
    while (j < b.length && b[j]! === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most * Math.sqrt((a.length * b.length) / (a.length + b.length));
}

const values = (n: number) => {
  const random = createRandom(1, n);
  return Array.from({ length: n }, () => Math.round(20 * random.normal()) / 20);
};

test.each([2, 7, 12, 33])('drawn means of %d blocks are distributed as those of whole resamples', (n) => {
  const x = values(n);
  const fast = resampleMeans(x, 8000, createRandom(2)).map((value) => Math.round(value * 1e9) / 1e9);
  const slow = resample(x, mean, 8000, createRandom(3)).map((value) => Math.round(value * 1e9) / 1e9);
  expect(distance(fast, slow)).toBeLessThan(1.95);
});

test.each([2, 7, 12, 33])('drawn medians of %d blocks are distributed as those of whole resamples', (n) => {
  const x = values(n);
  expect(distance(resampleMedians(x, 8000, createRandom(4)), resample(x, median, 8000, createRandom(5)))).toBeLessThan(
    1.95,
  );
});

test.each([0, 0.05, 0.9, 1])('and so is the quantile %d', (p) => {
  const x = values(14);
  const slow = resample(x, (drawn) => quantile(drawn, p), 8000, createRandom(7));
  expect(distance(resampleQuantiles(x, p, 8000, createRandom(6)), slow)).toBeLessThan(1.95);
});

test('every block is drawn equally often, also where their number is no power of two', () => {
  const x = [1, 0, 0, 0, 0];
  const ones = resampleMeans(x, 20_000, createRandom(8)).reduce((sum, value) => sum + value, 0);
  expect(Math.abs(ones / 20_000 - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / 100_000));
});

test('whole rows are drawn, so what belongs together stays together', () => {
  const rows = [
    [1, 10],
    [2, 20],
    [3, 30],
  ] as const;
  const kept = resample(rows, (drawn) => (drawn.every(([a, b]) => b === 10 * a) ? 1 : 0), 100, createRandom(9));
  expect(Math.min(...kept)).toBe(1);
});

test('fewer than two blocks are refused', () => {
  for (const draw of [resampleMeans, resampleMedians])
    expect(() => draw([1], 10, createRandom(1))).toThrow('there are 1');
  expect(() => resampleQuantiles([1, 2], 2, 10, createRandom(1))).toThrow('not at 2');
});

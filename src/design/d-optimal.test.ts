import { expect, test } from 'vitest';
import { codeTerms, listTerms } from '../stats/coding.ts';
import { chooseDOptimal } from './d-optimal.ts';
import { fullTwoLevel } from './two-level.ts';

const levels = (counts: readonly number[]): number[][] =>
  counts.reduce<number[][]>(
    (rows, count) => rows.flatMap((row) => Array.from({ length: count }, (_, level) => [...row, level])),
    [[]],
  );
const model = (counts: readonly number[], most: number) =>
  codeTerms(levels(counts), counts, listTerms(counts.length, most));

test('eight of 2⁵ for main effects are an orthogonal fraction, as good run for run as all', () => {
  const { rows, efficiency } = chooseDOptimal(model([2, 2, 2, 2, 2], 1), 8, 1);
  expect(rows).toHaveLength(8);
  expect(efficiency).toBeCloseTo(1, 9);
});

test('half of 2⁵ for all interactions of two factors is as good as the fraction of resolution V', () => {
  expect(chooseDOptimal(model([2, 2, 2, 2, 2], 2), 16, 1).efficiency).toBeCloseTo(1, 9);
});

test('nine of three factors with three levels are the Latin square', () => {
  const { rows, efficiency } = chooseDOptimal(model([3, 3, 3], 1), 9, 1);
  expect(efficiency).toBeCloseTo(1, 9);
  const taken = rows.map((at) => levels([3, 3, 3])[at]!);
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    expect(new Set(taken.map((row) => `${row[a]}${row[b]}`)).size).toBe(9);
  }
});

test('no smaller choice of 2³ tells the mean and three effects better than the one found', () => {
  const all = fullTwoLevel(3).map((row) => [1, ...row]);
  const { efficiency } = chooseDOptimal(all, 5, 1);
  // The largest determinant of XᵀX with five of the eight corners is 512 (Galil & Kiefer 1980: (n + 3)(n − 1)³ for n = 5).
  expect(efficiency).toBeCloseTo((512 / 5 ** 4) ** (1 / 4), 9);
});

test('the same seed chooses the same rows', () => {
  const candidates = model([2, 3, 4], 1);
  expect(chooseDOptimal(candidates, 10, 7)).toEqual(chooseDOptimal(candidates, 10, 7));
});

test.each([
  [3, /3 runs can't tell 4/],
  [9, /8 candidates for 9/],
])('%i runs for a mean and three effects in eight candidates are refused', (runs, message) => {
  expect(() => chooseDOptimal(model([2, 2, 2], 1), runs, 1)).toThrow(message);
});

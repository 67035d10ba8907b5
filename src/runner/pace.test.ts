import { expect, test } from 'vitest';
import { findPace } from './pace.ts';

const pace = {
  iterations: () => undefined,
  batchFor: (s: number, cycle: number) => Math.max(1, Math.round(1e-3 / s / cycle)) * cycle,
};

test.each([
  ['a nanosecond', 1e-9, 1, 1_000_000],
  ['a microsecond in cycles of 64', 1e-6, 64, 1024],
  ['a millisecond', 1e-3, 1, 1],
  ['slower than a batch', 0.5, 8, 8],
])('an operation of %s finds the batch that takes about a millisecond', async (_, seconds, cycle, expected) => {
  let spent = 0;
  const run = async (iterations: number) => {
    spent += iterations * seconds;
    return { iterations, seconds: iterations * seconds };
  };
  const found = await findPace(run, { cycle, operations: 0 }, pace);
  expect(found).toBeCloseTo(expected, -3);
  expect(found % cycle).toBe(0);
  expect(spent).toBeLessThan(Math.max(0.002, seconds * cycle * 1.5));
});

test('a clock that stands still ends the search', async () => {
  const found = await findPace(async (iterations) => ({ iterations, seconds: 0 }), { cycle: 1, operations: 0 }, pace);
  expect(found).toBeGreaterThan(1);
});

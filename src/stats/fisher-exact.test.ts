import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fisherExact } from './fisher-exact.ts';

test("the lady tasting tea gives .4857 (Fisher 1935; R's fisher.test)", () => {
  expect(fisherExact([3, 1], [1, 3])).toBeCloseTo(0.4857142857, 9);
});

test("the convictions of twins give .0005367 (R's fisher.test)", () => {
  expect(fisherExact([2, 15], [10, 3])).toBeCloseTo(0.0005367, 7);
});

test('the p-value of more columns is that of every order of the labels', () => {
  const row = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(row, row, (first, second) => {
      fc.pre(first.some((count) => count > 0));
      expect(fisherExact(first, second)).toBeCloseTo(byEveryOrder(first, second), 9);
    }),
    { seed: 4, numRuns: 60 },
  );
});

test('order of rows and columns does not matter, and equal rows are no evidence', () => {
  expect(fisherExact([7, 2, 0, 1], [1, 5, 3, 1])).toBeCloseTo(fisherExact([3, 1, 1, 5], [0, 1, 7, 2]), 12);
  expect(fisherExact([4, 4, 1], [4, 4, 1])).toBeCloseTo(1, 12);
  expect(fisherExact([0, 0], [0, 0])).toBeCloseTo(1, 12);
});

test('a table that cannot be weighed is refused', () => {
  expect(() => fisherExact([1], [1, 2])).toThrow('same columns');
  expect(() => fisherExact([1.5, 0], [1, 2])).toThrow('whole number');
  expect(() => fisherExact([300, 300, 300, 300], [300, 300, 300, 300])).toThrow('chi-squared');
});

/** Deals the labels in every way: all subsets of the things as large as the first row. */
function byEveryOrder(first: readonly number[], second: readonly number[]): number {
  const things = first.flatMap((count, column) => new Array<number>(count + second[column]!).fill(column));
  const size = first.reduce((sum, count) => sum + count, 0);
  const ways = new Map<string, number>();
  for (let subset = 0; subset < 2 ** things.length; subset++) {
    const dealt = things.filter((_, i) => (subset >> i) & 1);
    if (dealt.length !== size) continue;
    const key = first.map((_, column) => dealt.filter((thing) => thing === column).length).join();
    ways.set(key, (ways.get(key) ?? 0) + 1);
  }
  const seen = ways.get(first.join())!;
  const all = [...ways.values()].reduce((sum, count) => sum + count, 0);
  return [...ways.values()].filter((count) => count <= seen).reduce((sum, count) => sum + count, 0) / all;
}

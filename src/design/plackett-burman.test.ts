import { expect, test } from 'vitest';
import { plackettBurman } from './plackett-burman.ts';

test.each([
  [11, 12],
  [19, 20],
  [23, 24],
])('%i factors take %i rows of which each column is orthogonal to all others', (factors, runs) => {
  const rows = plackettBurman(factors)!;
  expect(rows).toHaveLength(runs);
  for (let a = 0; a < factors; a++) {
    expect(rows.reduce((sum, row) => sum + row[a]!, 0)).toBe(0);
    for (let b = 0; b < factors; b++) {
      expect(rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)).toBe(a === b ? runs : 0);
    }
  }
});

test('the design of twelve rows is the published one', () => {
  // Plackett & Burman 1946, generator of N = 12.
  expect(plackettBurman(11)![0]).toEqual([1, 1, -1, 1, 1, 1, -1, -1, -1, 1, -1]);
  expect(plackettBurman(11)![1]).toEqual([-1, 1, 1, -1, 1, 1, 1, -1, -1, -1, 1]);
});

test('fewer factors leave columns out, more than 23 have none', () => {
  expect(plackettBurman(9)![0]).toHaveLength(9);
  expect(plackettBurman(12)).toHaveLength(20);
  expect(plackettBurman(24)).toBeUndefined();
});

/** In small, with room for chance; `npm run calibrate` has every row in full. */
import { expect, test } from 'vitest';
import { loadRows } from './all-rows.ts';

const SEED = 5;
const rows = await loadRows();
const seeded = rows.flatMap((row) => (row.inTest ? [{ ...row, inTest: row.inTest }] : []));

test.each(seeded)('$part: $figure $must', ({ inTest, measure }) => {
  const reached = measure(inTest.replicates, SEED);
  expect(inTest.holds(reached), `reached ${reached}`).toBe(true);
});

test('no two rows have one name, and every part has a share in this test', () => {
  const names = rows.map(({ part, figure }) => `${part}: ${figure}`);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(new Set(seeded.map(({ part }) => part))).toEqual(new Set(rows.map(({ part }) => part)));
});

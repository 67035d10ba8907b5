import { expect, test } from 'vitest';
import { makeBuildStudy } from '../../../test/browser/fixtures/seeded-result.ts';
import { viewResult } from '../view.ts';
import { drawForest } from './forest.ts';

const block = viewResult(makeBuildStudy()).blocks.find(({ exact }) => !exact)!;
const marked = { ...block, rows: block.rows.map((row, at) => ({ ...row, notes: at === 0 ? [1, 3] : [] })) };

test.each([1040, 358])('a chart %i px wide refers to the notes below it, in sight and in its description', (width) => {
  const { markup } = drawForest(marked, width, 'x');
  expect(markup.match(/\[1\] \[3\]/g)).toHaveLength(2);
});

test('on a phone the margin and the lines of the grid stay out of the words', () => {
  const tops = (width: number) =>
    [...drawForest(block, width, 'x').markup.matchAll(/<rect [^>]*y="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(tops(358)).toHaveLength(block.rows.length);
  tops(358).forEach((top, row) => {
    expect(top).toBeGreaterThan(6 + 58 * row + 25);
  });
});

import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import type { ComparisonBlock, ComparisonRow } from '../comparison-view.ts';
import { layShift } from './shift.ts';

const row = (label: string, shift?: ComparisonRow['of']['shift']) => ({ label, of: { shift } }) as ComparisonRow;
const block = (rows: readonly ComparisonRow[]) =>
  ({ baseline: 'before', candidate: 'after', head: 'payload', changeUnit: '%', margin: 0.02, rows }) as ComparisonBlock;

test('each quantile of a row that has them is a line with its change and its interval', () => {
  const shift = [
    { quantile: 0.5, ratio: 1.01, low: 0.99, high: 1.03 },
    { quantile: 0.99, ratio: 1.2, low: 1.1, high: 1.3 },
  ];
  const { document } = parseHTML(`<body>${layShift(block([row('64 B', shift), row('1 KiB')]), 'x')!.markup}</body>`);
  const lines = [...document.querySelectorAll('tbody tr')].map((line) =>
    [...line.children].map((cell) => cell.textContent),
  );
  expect(lines).toEqual([
    ['64 B', 'p50', '+1.0 %', '[−1.0, 3.0]'],
    ['64 B', 'p99', '+20.0 %', '[10.0, 30.0]'],
  ]);
});

test('where no single operation was timed there is no table', () => {
  expect(layShift(block([row('')]), 'x')).toBeUndefined();
});

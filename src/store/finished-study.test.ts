import { expect, test } from 'vitest';
import { reviveResult } from './finished-study.ts';

test.each([
  ['an A/A without pairs', { pairs: 0, ratio: Number.NaN, low: 0, high: Infinity, series: [] }],
  ['an open interval', { ratio: 1.1, low: -Infinity, high: Infinity, baselineValue: 2, candidateValue: 2.2 }],
  ['a comparison without a value', { ratio: Number.NaN, low: 0, high: Infinity, baselineValue: Number.NaN }],
  [
    'a count that grew from zero',
    { baselineValue: 0, candidateValue: 3, ratio: Infinity, low: Infinity, high: Infinity },
  ],
])('%s is read as it was written', (_, written) => {
  expect(reviveResult(JSON.parse(JSON.stringify({ all: [written] })))).toEqual({ all: [written] });
});

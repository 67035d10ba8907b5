import { expect, test } from 'vitest';
import type { Result } from '../model/result.ts';
import type { TreatmentRuntimes } from '../model/runtimes.ts';
import { layRuntimes } from './page/runtimes.ts';
import { viewRuntimes } from './runtimes-view.ts';

const treatment = (name: string): TreatmentRuntimes => ({
  treatment: name,
  runs: 9,
  typical: { samples: 20, gcShare: 0.125, foreignGrowthBytes: 2048 },
  timeline: {
    ...{ pid: 1, intervalS: 0.02, seconds: [0.1, 0.2, 0.3, 0.4] },
    series: [
      { gauge: 'go.heap', side: 'go', unit: 'bytes', grows: false, values: [null, 1024, 4096, 2048] },
      { gauge: 'threads', side: 'process', unit: 'count', grows: false, values: [5, null, null, null] },
    ],
  },
  windowS: [0.2, 0.35],
});
const view = (runtimes: readonly TreatmentRuntimes[]) => viewRuntimes({ runtimes } as Result);

test('the table has what is known of some treatment, and an empty cell where one does not know it', () => {
  const seen = view([treatment('payload=64 B'), { treatment: 'payload=4 KiB', runs: 2, typical: { samples: 0 } }])!;
  expect(seen.heads).toEqual(['GC of CPU', 'C heap grew', 'runs']);
  expect(seen.rows.map(({ cells }) => cells)).toEqual([
    ['12.5 %', '2 KiB', '9'],
    ['', '', '2'],
  ]);
});

test('a median that is not of all runs says of how many it is', () => {
  const [row] = view([{ ...treatment('a'), partly: { gcShare: 4 } }])!.rows;
  expect(row!.cells).toEqual(['12.5 % (4 of 9 runs)', '2 KiB', '9']);
});

test('a panel begins at zero and ends at its most; a gauge that was known once has none', () => {
  const [drawn] = view([treatment('a')])!.drawn;
  expect(drawn!.panels.map(({ name, most, points }) => [name, most, points])).toEqual([
    [
      'Go heap',
      '4 KiB',
      [
        { x: 0.2, y: 0.25 },
        { x: 0.3, y: 1 },
        { x: 0.4, y: 0.5 },
      ],
    ],
  ]);
});

test('of many treatments six are drawn, and the page says where the others are', () => {
  const seen = view(Array.from({ length: 8 }, (_, at) => treatment(`size=${at}`)))!;
  expect([seen.drawn.length, seen.rows.length]).toEqual([6, 8]);
  expect(seen.notes).toEqual(['2 more treatments are not drawn: samples.parquet has them']);
});

test('the page describes each picture in words, and has no section without samples', () => {
  expect(layRuntimes(view([treatment('a')]))!.markup).toMatch(
    /<title[^>]*>Over time: a<\/title><desc[^>]*>Go heap up to 4 KiB</,
  );
  expect(layRuntimes(view([]))).toBeUndefined();
});

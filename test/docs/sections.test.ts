import { expect, test } from 'vitest';
import { listLabels } from './sections.ts';

const PRINTED = `Go→Rust was slower than pure Go in 2 of 9 treatments.
margin ±2 %

time.p50 of each treatment
payload=64 B       ns/op interval
Go→Rust  borrow     94.8 [90.8, 110]   █████
64 KiB ·…opy-out  133,…0

time.p50: go beside rust  margin ±2 %
64 B · copy-out  82.9  ▲ slower
  [1] about 21 blocks would decide

…

verdict  ▲ 6 slower`;

test('heads and names stay; figures, the sentence, footnotes and shortened names do not', () => {
  expect(listLabels(PRINTED)).toEqual([
    'time.p50 of each treatment',
    'time.p50 of each treatment / payload=64 B',
    'time.p50 of each treatment / Go→Rust',
    'time.p50: go beside rust',
    'time.p50: go beside rust / 64 B · copy-out',
    'verdict',
  ]);
});

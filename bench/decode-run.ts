/** One timed run for bench/decode.ts: a record file to per-site histograms, as the product does it. Prints what bench/decode.c prints. */
import { CELL_OF_INDEX_0, CELLS, COARSE_CELLS, type Histogram } from '../src/format/histogram.ts';
import { openRecordFile } from '../src/format/reader.ts';
import { scanSites } from '../src/format/scan.ts';
import { sourceOnDisk } from '../src/instrument/record-folder.ts';

const begin = process.cpuUsage();
const scan = scanSites(openRecordFile(sourceOnDisk(process.argv[2]!)));
// Of every thread: what V8 compiles beside is part of the price.
const used = process.cpuUsage(begin);
const ns = (used.user + used.system) * 1e3;

let hash = 2_166_136_261;
const take = (value: number): void => {
  hash = Math.imul(hash ^ value, 16_777_619) >>> 0;
};
const takeHistogram = ({ zeros, offset, counts }: Histogram): void => {
  for (const [cell, count] of [
    [0, zeros] as const,
    ...counts.map((count, index) => [offset + index + CELL_OF_INDEX_0, count] as const),
  ]) {
    if (count === 0) continue;
    take(cell);
    take(count);
  }
};
for (const { entry, callee, exit, total } of scan.sites)
  for (const layer of [entry, callee, exit, total]) takeHistogram(layer);
console.log(
  JSON.stringify({
    ns,
    records: scan.sites.reduce((sum, site) => sum + site.records, 0),
    skipped: Object.values(scan.skipped).reduce((sum, count) => sum + count),
    hash,
  }),
);
// The hash goes over cells of one table after another; CELLS and COARSE_CELLS must be those of the C program.
if (CELLS !== 2 + 32 * 64 + COARSE_CELLS) throw new Error('the C program counts in tables of another size');

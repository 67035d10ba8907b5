/** A callee of known length is seen at that length, in the callee's layer, once what a callee of nothing reads as is taken off. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clockRate } from '../../src/format/clock.ts';
import type { RecordFile } from '../../src/format/reader.ts';
import { readRecord } from '../../src/format/record.ts';
import { Laboratory } from './laboratory.ts';

let lab: Laboratory;
let probed: string;

beforeAll(async () => {
  lab = new Laboratory();
  probed = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

it.each([1, 5, 20, 200])('sees a callee of %i µs within 2 %% or two steps of the clock', async (microseconds) => {
  const { stdout, folder } = await lab.watch(probed, ['spin', String(microseconds)]);
  const { file } = folder.files[0]!;
  const rate = clockRate(file.header)!;
  const ns = (ticks: number): number => (ticks / rate.ticksPerSecond) * 1e9;
  // What C saw between its own first and last reading; medians, as the machine may take the processor away in between.
  const truth = ns(Number(stdout));
  expect(Math.abs(truth / (1000 * microseconds) - 1)).toBeLessThan(0.1);
  const seen = ns(medianCallee(file, 'work') - medianCallee(file, 'after'));
  expect(Math.abs(seen - truth)).toBeLessThan(Math.max(0.02 * truth, 2 * rate.quantumS * 1e9 + 1));
});

function medianCallee(file: RecordFile, symbol: string): number {
  const site = file.sites.findIndex((one) => one.symbol === symbol);
  const ticks = file.lanes.flatMap((lane) =>
    Array.from({ length: lane.usedSlots }, (_, slot) => readRecord(file, lane, slot))
      .filter((record) => record.site === site)
      .map(({ d1, d2 }) => d2 - d1),
  );
  expect(ticks.length).toBeGreaterThanOrEqual(200);
  return ticks.sort((a, b) => a - b)[ticks.length >> 1]!;
}

/** A callee of known length is seen at that length, in the callee's layer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clockRate } from '../../src/format/clock.ts';
import { RECORD } from '../../src/format/layout-gen.ts';
import { Laboratory } from './laboratory.ts';

let lab: Laboratory;
let probed: string;

beforeAll(async () => {
  lab = new Laboratory();
  probed = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

it.each([5, 20, 200])('sees a callee of %i µs within 2 %% or two steps of the clock', async (microseconds) => {
  const { stdout, folder } = await lab.watch(probed, ['spin', String(microseconds)]);
  // What C saw between its own first and last reading; medians, as the machine may take the processor away in between.
  const [median = Number.NaN] = stdout.split(' ').map(Number);
  const { file } = folder.files[0]!;
  const rate = clockRate(file.header)!;
  const times = file.lanes.flatMap((lane) =>
    Array.from({ length: lane.usedSlots }, (_, slot) => {
      const bytes = file.source.view(lane.recordsOffset + slot * RECORD.size, RECORD.size);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      return ((view.getUint32(RECORD.d2, true) - view.getUint32(RECORD.d1, true)) / rate.ticksPerSecond) * 1e9;
    }),
  );
  times.sort((a, b) => a - b);
  expect(times.length).toBeGreaterThanOrEqual(200);
  const seen = times[times.length >> 1]!;
  expect(Math.abs(seen - median)).toBeLessThan(Math.max(0.02 * median, 2 * rate.quantumS * 1e9 + 1));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELLS, COARSE_CELLS, cellOf, type Histogram, histogramOf } from './histogram.ts';
import { FILE_FLAGS, KIND, type RecordFields, STATE } from './layout-gen.ts';
import { openRecordFile, type RecordFile } from './reader.ts';
import { readRecord, refuseRecord } from './record.ts';
import { scanSites } from './scan.ts';
import type { ByteSource } from './source.ts';
import { inOrder, specimenHeader, specimenLane, specimenRecord, specimenSite } from './specimen.ts';
import { writeRecordFile } from './writer.ts';

function fileOf(
  records: readonly RecordFields[],
  sequence = records.length,
  flags: number = FILE_FLAGS.FINISHED,
): RecordFile {
  return openRecordFile(
    writeRecordFile({
      header: specimenHeader({ siteCount: 2, laneCount: 1, flags }),
      sites: [specimenSite(0), specimenSite(1)],
      lanes: [{ head: specimenLane(sequence), totals: new Map(), records: inOrder(...records) }],
    }),
  );
}

/** The same by single records: slow, plain, and by the rule of record.ts alone. */
function slowTotals(file: RecordFile): { readonly histogram: Histogram; readonly refused: number } {
  const cells = new Float64Array(CELLS);
  let refused = 0;
  for (const lane of file.lanes) {
    for (let slot = 0; slot < lane.usedSlots; slot++) {
      const record = readRecord(file, lane, slot);
      if (refuseRecord(file, lane, slot, record)) refused++;
      else if (
        record.site === 0 &&
        (record.kind === KIND.CALL || record.kind === KIND.CALLBACK || record.kind === KIND.COPY)
      ) {
        const shift = (record.state & STATE.COARSE) !== 0 && record.d3 > 0 ? COARSE_CELLS : 0;
        cells[cellOf(record.d3) + shift]! += (record.state & STATE.SAMPLED) !== 0 ? record.aux : 1;
      }
    }
  }
  return { histogram: histogramOf(cells), refused };
}

describe('a scan', () => {
  test('splits a crossing into entry, callee, exit and total', () => {
    const [site] = scanSites(fileOf([specimenRecord({ d1: 1, d2: 3, d3: 7 })])).sites;
    const index = (value: number): Histogram => ({ count: 1, zeros: 0, offset: cellOf(value) - 2, counts: [1] });
    expect(site).toMatchObject({ entry: index(1), callee: index(2), exit: index(4), total: index(7), records: 1 });
  });

  test('skips what is not to be believed, and counts it by reason', () => {
    const { sites, others, skipped } = scanSites(
      fileOf([
        specimenRecord(),
        specimenRecord({ state: STATE.OPEN }),
        specimenRecord({ state: 0, generation: 0 }),
        specimenRecord({ generation: 2 }),
        specimenRecord({ site: 2 }),
        specimenRecord({ d1: 141 }),
        specimenRecord({ kind: KIND.CONTEXT, site: 9 }),
      ]),
    );
    expect(skipped).toEqual({ 'open-record': 2, 'torn-record': 1, 'unknown-site': 1, 'disordered-record': 1 });
    expect([sites[0]!.records, sites[1]!.records, others]).toEqual([1, 0, 1]);
  });

  test('counts errors and saturated records, and leaves these in the distribution', () => {
    const [site] = scanSites(
      fileOf([
        specimenRecord({ state: STATE.CLOSED | STATE.ERROR }),
        specimenRecord({ state: STATE.CLOSED | STATE.SATURATED, d3: 0xffffffff }),
      ]),
    ).sites;
    expect([site!.records, site!.errors, site!.saturated]).toEqual([2, 1, 1]);
    expect(site!.total.offset + site!.total.counts.length - 1).toBe(2047);
  });

  test('counts a sampled record for as many crossings as it stands for', () => {
    const sampled = { state: STATE.CLOSED | STATE.SAMPLED, d1: 1, d2: 2, d3: 1024 };
    const [site] = scanSites(
      fileOf([
        specimenRecord({ d1: 1, d2: 1, d3: 2, aux: 9 }),
        specimenRecord({ d1: 1, d2: 1, d3: 2, aux: 9 }),
        specimenRecord({ ...sampled, aux: 6 }),
        specimenRecord({ ...sampled, aux: 0xffffffff }),
      ]),
    ).sites;
    expect(site!.records).toBe(4);
    expect(site!.total.count).toBe(2 + 6 + 0xffffffff);
    expect(site!.total.counts.at(-1)).toBe(6 + 0xffffffff);
  });

  test('takes the latest turn of a flight recorder, and what is left of the turn before', () => {
    const turn = (generation: number): RecordFields => specimenRecord({ generation });
    const records = [...Array.from({ length: 3 }, () => turn(3)), ...Array.from({ length: 5 }, () => turn(2))];
    const { sites, skipped } = scanSites(fileOf(records, 19, FILE_FLAGS.FLIGHT_RECORDER));
    expect(sites[0]!.records).toBe(8);
    expect(skipped['torn-record']).toBe(0);
    const late = scanSites(fileOf(records, 20, FILE_FLAGS.FLIGHT_RECORDER));
    expect([late.sites[0]!.records, late.skipped['torn-record']]).toEqual([7, 1]);
  });

  test('takes the records of a range alone, counted since the lane began', () => {
    const turn = (generation: number): RecordFields => specimenRecord({ generation });
    const records = [...Array.from({ length: 3 }, () => turn(3)), ...Array.from({ length: 5 }, () => turn(2))];
    const recorded = (from: number, to: number) =>
      scanSites(fileOf(records, 19, FILE_FLAGS.FLIGHT_RECORDER), [[from, to]]).sites[0]!.records;
    // Records 11 to 18 are still there: 16 to 18 in slots 0 to 2, 11 to 15 behind them.
    expect([recorded(0, 11), recorded(0, 13), recorded(11, 19), recorded(15, 17), recorded(18, 99)]).toEqual([
      0, 2, 8, 2, 1,
    ]);
    const first = fileOf([specimenRecord(), specimenRecord(), specimenRecord()]);
    expect(
      [[[1, 3]], [[3, 9]], []].map((range) => scanSites(first, range as [number, number][]).sites[0]!.records),
    ).toEqual([2, 0, 0]);
  });

  test('agrees with the slow reading record by record, whatever the records hold', () => {
    const small = fc.integer({ min: 0, max: 3 });
    const stamp = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), small);
    const record = fc
      .record({
        d1: stamp,
        d2: stamp,
        d3: stamp,
        site: small,
        kind: small,
        state: fc.integer({ min: 0, max: 255 }),
        generation: small,
        aux: stamp,
      })
      .map((changes) => specimenRecord(changes));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.integer({ min: 0, max: 30 }), (records, sequence) => {
        const file = fileOf(records, sequence, FILE_FLAGS.FLIGHT_RECORDER);
        const scan = scanSites(file);
        const slow = slowTotals(file);
        expect(scan.sites[0]!.total).toEqual(slow.histogram);
        expect(Object.values(scan.skipped).reduce((sum, count) => sum + count)).toBe(slow.refused);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test('reads a lane larger than its chunks whole, through one buffer used again and again', () => {
    const laneSlots = 2 ** 18;
    const bytes = writeRecordFile({
      header: specimenHeader({ siteCount: 1, laneCount: 1, laneCapacity: 1, laneSlots }),
      sites: [specimenSite(0)],
      lanes: [{ head: specimenLane(laneSlots - 5), totals: new Map(), records: new Map([[0, specimenRecord()]]) }],
    });
    const first = bytes.length - laneSlots * 64;
    for (let slot = 1; slot < laneSlots; slot++) bytes.copyWithin(first + slot * 64, first, first + 64);
    const rooms = new Set<ArrayBufferLike>();
    const source: ByteSource = {
      size: bytes.length,
      view(offset, length, room) {
        if (room) rooms.add(room.buffer);
        const into = room?.subarray(0, length) ?? new Uint8Array(length);
        into.set(bytes.subarray(offset, offset + length));
        return into;
      },
    };
    const scan = scanSites(openRecordFile(source));
    expect(rooms.size).toBe(1);
    expect(scan.sites[0]!.records).toBe(laneSlots - 5);
    expect(scan.sites[0]!.total.counts).toEqual([laneSlots - 5]);
  });
});

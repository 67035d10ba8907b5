import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeRecordFile, fromJson, toJson } from './json.ts';
import { FILE_FLAGS, HEADER, REFUSALS } from './layout-gen.ts';
import { openRecordFile } from './reader.ts';
import { FormatRefusal } from './refusal.ts';
import { scanSites } from './scan.ts';
import { inOrder, specimenHeader, specimenLane, specimenRecord, specimenSite, specimenTotal } from './specimen.ts';
import { sumTotals } from './total.ts';
import { type RecordData, readRecordData, writeRecordFile } from './writer.ts';

const GOOD: RecordData = {
  header: specimenHeader({ siteCount: 2, laneCount: 2 }),
  sites: [specimenSite(0), specimenSite(1)],
  lanes: [
    {
      head: specimenLane(2),
      totals: inOrder(specimenTotal({ count: 2n, entry: 80n }), specimenTotal({ count: 1n, exit: 5n })),
      records: inOrder(specimenRecord(), specimenRecord({ site: 1 })),
    },
    {
      head: specimenLane(0),
      totals: new Map([[1, specimenTotal({ count: 2n ** 40n, exit: 7n })]]),
      records: new Map(),
    },
  ],
};

/** Opens and reads everything; anything but a refusal goes through. */
function readAll(bytes: Uint8Array): string {
  try {
    const file = openRecordFile(bytes);
    describeRecordFile(file);
    scanSites(file);
    sumTotals(file);
    return 'read';
  } catch (error) {
    if (!(error instanceof FormatRefusal)) throw error;
    expect(Object.keys(REFUSALS)).toContain(error.code);
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    return error.code;
  }
}

describe('a record file', () => {
  test('gives its header, sites and lanes as they were written', () => {
    const file = openRecordFile(writeRecordFile(GOOD));
    expect(file.header).toEqual(GOOD.header);
    expect(file.sites.map((site) => site.symbol)).toEqual(['fc_site_0', 'fc_site_1']);
    expect(file.lanes.map((lane) => lane.usedSlots)).toEqual([2, 0]);
    expect(file.finished).toBe(true);
  });

  test('of a process that died is readable and says so', () => {
    const died = { ...GOOD, header: { ...GOOD.header, flags: 0, endTicks: 0n, endNs: 0n } };
    const file = openRecordFile(writeRecordFile(died));
    expect(file.finished).toBe(false);
    expect(scanSites(file).sites[0]!.records).toBe(1);
  });

  test('sums totals per site over its lanes', () => {
    const totals = sumTotals(openRecordFile(writeRecordFile(GOOD)));
    expect(totals.map(({ site, count, entry, exit }) => [site.id, count, entry, exit])).toEqual([
      [0, 2, 80, 0],
      [1, 2 ** 40 + 1, 0, 12],
    ]);
  });
  test('keeps what is below zero in one lane so in the sum', () => {
    const held = (bytes: bigint) => inOrder(specimenTotal({ heldBytes: BigInt.asUintN(64, bytes), pins: 2n ** 32n }));
    const lanes = [-5000n, 904n].map((bytes) => ({ head: specimenLane(0), totals: held(bytes), records: new Map() }));
    const header = specimenHeader({ siteCount: 1, laneCount: 2 });
    const [site] = sumTotals(openRecordFile(writeRecordFile({ header, sites: [specimenSite(0)], lanes })));
    expect(site).toMatchObject({ heldBytes: -4096, pins: 2 ** 33 });
  });

  test('may be longer than its last lane, as a mapped file is', () => {
    const bytes = writeRecordFile(GOOD);
    const longer = new Uint8Array(bytes.length + 4096);
    longer.set(bytes);
    expect(readAll(longer)).toBe('read');
  });

  test('reads the same wherever its bytes stand in memory', () => {
    const bytes = writeRecordFile(GOOD);
    const askew = new Uint8Array(bytes.length + 3).subarray(3);
    askew.set(bytes);
    expect(scanSites(openRecordFile(askew))).toEqual(scanSites(openRecordFile(bytes)));
  });

  test('says in its refusal what it saw', () => {
    const bytes = writeRecordFile({ ...GOOD, header: { ...GOOD.header, siteCount: 9 } });
    expect(() => openRecordFile(bytes)).toThrow(
      'a count in the header is above its capacity, or a capacity above what records can name (site_count 9, at most 4)',
    );
  });

  test('that a letter was cut in reads with a mark in its place', () => {
    const bytes = writeRecordFile({
      ...GOOD,
      sites: [specimenSite(0, { symbol: `${'x'.repeat(151)}é` }), specimenSite(1)],
    });
    expect(openRecordFile(bytes).sites[0]!.symbol).toBe('x'.repeat(151));
    bytes[HEADER.size + 8 + 151] = 0xc3;
    expect(openRecordFile(bytes).sites[0]!.symbol).toBe(`${'x'.repeat(151)}�`);
  });
});

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const record = fc
  .record({
    t0: u64,
    d1: u32,
    d2: u32,
    d3: u32,
    site: fc.integer({ min: 0, max: 3 }),
    state: fc.integer({ min: 0, max: 255 }),
  })
  .map((changes) => specimenRecord(changes));

const data: fc.Arbitrary<RecordData> = fc
  .record({
    lanes: fc.array(fc.array(record, { maxLength: 8 }), { maxLength: 2 }),
    totals: fc.record({ count: u64, callee: u64, nested: u64 }),
    symbol: fc.string({ maxLength: 60, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    runId: u64,
    flags: fc.constantFrom(0, FILE_FLAGS.FINISHED, FILE_FLAGS.FINISHED | FILE_FLAGS.FLIGHT_RECORDER),
  })
  .filter(({ symbol }) => new TextEncoder().encode(symbol).length <= 152)
  .map(({ lanes, totals, symbol, runId, flags }) => ({
    header: specimenHeader({ siteCount: 2, laneCount: lanes.length, runId, flags }),
    sites: [specimenSite(0, { symbol }), specimenSite(1)],
    lanes: lanes.map((records) => ({
      head: specimenLane(records.length),
      totals: totals.count + totals.callee + totals.nested === 0n ? new Map() : new Map([[1, specimenTotal(totals)]]),
      records: inOrder(...records),
    })),
  }));

describe('writing', () => {
  test('and reading give back what was written, and the same bytes once more', () => {
    fc.assert(
      fc.property(data, (written) => {
        const bytes = writeRecordFile(written);
        const back = readRecordData(openRecordFile(bytes));
        expect(back).toEqual(written);
        // Not toEqual: it walks bytes one by one, which takes seconds.
        expect(Buffer.compare(writeRecordFile(fromJson(toJson(back))), bytes)).toBe(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test.each([
    ['a number too wide', specimenRecord({ d1: 2 ** 32 })],
    ['a fraction', specimenRecord({ d1: 0.5 })],
    ['less than nothing', specimenRecord({ t0: -1n })],
  ])('%s is refused instead of being cut', (_, bad) => {
    const lane = { head: specimenLane(1), totals: new Map(), records: inOrder(bad) };
    expect(() => writeRecordFile({ ...GOOD, lanes: [lane] })).toThrow(RangeError);
  });
});

describe('whatever the bytes', () => {
  test('a file with bytes changed opens or is refused, and nothing else', () => {
    const good = writeRecordFile(GOOD);
    const place = fc.oneof(fc.nat(255), fc.nat(good.length - 1));
    const changes = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(changes, fc.nat(good.length), fc.boolean(), (edits, length, cut) => {
        const bytes = good.slice(0, cut ? length : good.length);
        for (const [offset, value] of edits) if (offset < bytes.length) bytes[offset] = value;
        readAll(bytes);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test('a file whose header holds any numbers opens or is refused', () => {
    const good = writeRecordFile(GOOD);
    const field = fc.tuple(
      fc.constantFrom(
        HEADER.siteCapacity,
        HEADER.siteCount,
        HEADER.laneCapacity,
        HEADER.laneCount,
        HEADER.laneSlots,
        HEADER.flags,
      ),
      fc.oneof(u32, fc.nat(16), fc.constantFrom(0xffffffff, 0x80000000, 65_536, 65_535)),
    );
    const wide = fc.tuple(
      fc.constantFrom(HEADER.sitesOffset, HEADER.lanesOffset, HEADER.laneBytes),
      fc.oneof(u64, fc.nat(20_000).map(BigInt)),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 3 }), fc.array(wide, { maxLength: 2 }), (fields, wides) => {
        const bytes = good.slice();
        const view = new DataView(bytes.buffer);
        for (const [offset, value] of fields) view.setUint32(offset, value, true);
        for (const [offset, value] of wides) view.setBigUint64(offset, value, true);
        readAll(bytes);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test('a source is never asked for bytes that it does not have', () => {
    const good = writeRecordFile(GOOD);
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 0, max: 255 }), (offset, value) => {
        const bytes = good.slice();
        bytes[offset] = value;
        const source = {
          size: bytes.length,
          view(start: number, length: number): Uint8Array {
            if (!(start >= 0 && length >= 0 && start + length <= bytes.length)) throw new RangeError('outside');
            return bytes.subarray(start, start + length);
          },
        };
        try {
          const file = openRecordFile(source);
          scanSites(file);
          describeRecordFile(file);
        } catch (error) {
          if (!(error instanceof FormatRefusal)) throw error;
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

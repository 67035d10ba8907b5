import { describe, expect, it } from 'vitest';
import {
  FILE_FLAGS,
  KIND,
  type RecordFields,
  SITE_FLAGS,
  type SiteFields,
  STATE,
  type TotalFields,
} from '../format/layout-gen.ts';
import { openRecordFile, type RecordFile } from '../format/reader.ts';
import {
  inOrder,
  specimenHeader,
  specimenLane,
  specimenRecord,
  specimenSite,
  specimenTotal,
} from '../format/specimen.ts';
import { writeRecordFile } from '../format/writer.ts';
import type { BoundaryReading, BoundaryWindow, SiteWindow } from '../model/site.ts';
import { NO_SUMS } from '../model/site-sums.ts';
import { mapBoundary, mapWindows } from './boundary-map.ts';

/** A tick is a nanosecond, the clock steps by ten; the process ran for a second. */
const HEADER = { ticksPerSecond: 1_000_000_000n, quantumTicks: 10, laneSlots: 1024 };

function processOf(
  parts: readonly { readonly site?: Partial<SiteFields>; readonly total: Partial<TotalFields> }[],
  records: readonly RecordFields[] = [],
  flags: number = FILE_FLAGS.FINISHED,
): RecordFile {
  return openRecordFile(
    writeRecordFile({
      header: specimenHeader({ ...HEADER, siteCount: parts.length, siteCapacity: 4, laneCount: 1, flags }),
      sites: parts.map(({ site }, index) => specimenSite(index, site)),
      lanes: [
        {
          head: specimenLane(records.length),
          totals: inOrder(...parts.map(({ total }) => specimenTotal(total))),
          records: inOrder(...records),
        },
      ],
    }),
  );
}

const CALL = { count: 10n, opened: 10n, entry: 400n, callee: 1000n, exit: 300n };

describe('a boundary map', () => {
  it('has means from the totals, whatever was recorded', () => {
    const map = mapBoundary([{ file: processOf([{ total: { ...CALL, recorded: 4n } }]) }], { of: 'x' });
    expect(map.sites).toHaveLength(1);
    const [site] = map.sites;
    expect(site).toMatchObject({ crossings: 10, recorded: 4, dropped: 6, where: 'crossing.go:10' });
    expect(site!.entry.mean).toBeCloseTo(40e-9, 15);
    expect(site!.callee.mean).toBeCloseTo(100e-9, 15);
    expect(site!.return.mean).toBeCloseTo(30e-9, 15);
    expect(site!.total.mean).toBeCloseTo(170e-9, 15);
  });

  it('merges sites of several processes by package and symbol, and keeps namesakes of other packages apart', () => {
    const one = processOf([
      { total: CALL },
      { site: { symbol: 'fc_site_0', package: 'example.com/other' }, total: CALL },
    ]);
    const other = processOf([
      { site: { symbol: 'unused' }, total: {} },
      { site: { symbol: 'fc_site_0' }, total: CALL },
    ]);
    const map = mapBoundary([{ file: one }, { file: other }], { of: 'x' });
    const crossings = map.sites.map((site) => [site.package, site.site, site.crossings]);
    expect(crossings).toEqual([
      ['example.com/first/crossing', 'fc_site_0', 20],
      ['example.com/other', 'fc_site_0', 10],
    ]);
    expect(map).toMatchObject({ processes: 2, declared: 3, wallS: 2 });
  });

  it('counts the time of callbacks once: in their call, not beside it', () => {
    const callback = { site: { kind: KIND.CALLBACK }, total: { ...CALL, callee: 500n, entry: 0n, exit: 0n } };
    const map = mapBoundary([{ file: processOf([{ total: { ...CALL, nested: 500n } }, callback]) }], { of: 'x' });
    expect(map.foreignS).toBeCloseTo(1200e-9, 15);
    expect(map.sites.map((site) => site.kind)).toEqual(['call', 'callback']);
  });

  it('names crossings that never came back, and leaves them out of the means', () => {
    const map = mapBoundary([{ file: processOf([{ total: { ...CALL, opened: 13n } }]) }], { of: 'x' });
    expect(map.sites[0]).toMatchObject({ crossings: 13, unfinished: 3 });
    expect(map.sites[0]!.total.mean).toBeCloseTo(170e-9, 15);
  });

  it('names what could not be patched, once', () => {
    const odd = { site: { flags: SITE_FLAGS.UNPATCHED, symbol: 'odd' }, total: {} };
    const map = mapBoundary([{ file: processOf([odd]) }, { file: processOf([odd]) }], { of: 'x' });
    expect(map.unpatched).toEqual(['example.com/first/crossing: odd']);
    expect(map.sites).toEqual([]);
    expect(map.declared).toBe(0);
  });

  it('runs until the last that was seen of a process, inside or outside', () => {
    const file = processOf([{ total: CALL }]);
    const { startNs, endNs } = file.header;
    expect(mapBoundary([{ file, aliveNs: startNs + 3_000_000_000n }], { of: 'x' }).wallS).toBe(3);
    expect(mapBoundary([{ file, aliveNs: endNs - 500_000_000n }], { of: 'x' }).wallS).toBe(1);
  });

  it('says that it only counted', () => {
    const file = processOf([{ total: { count: 4n, opened: 4n } }], [], FILE_FLAGS.COUNTERS_ONLY);
    expect(mapBoundary([{ file }], { of: 'x' })).toMatchObject({ countsOnly: true, foreignS: 0 });
    expect(mapBoundary([{ file: processOf([{ total: CALL }]) }], { of: 'x' }).countsOnly).toBeUndefined();
  });
});

describe('what crossings carry', () => {
  const COUNTED = FILE_FLAGS.FINISHED | FILE_FLAGS.ALLOCATIONS;
  const two = (value: bigint) => BigInt.asUintN(64, value);
  const decode = { ...CALL, allocs: 140n, allocBytes: 5120n, frees: 40n, heldBytes: 960n, bytesIn: 640n, pins: 10n };
  const free = { site: { symbol: 'fc_free' }, total: { ...CALL, frees: 10n, heldBytes: two(-480n) } };

  it('is summed a site, and what one site sets aside another may take back', () => {
    const map = mapBoundary([{ file: processOf([{ total: decode }, free], [], COUNTED) }], { of: 'x' });
    expect(map.sites[0]).toMatchObject({
      payload: { bytesIn: 640, bytesOut: 0, copies: 0, pins: 10 },
      memory: { crossings: 10, allocs: 140, bytes: 5120, frees: 40, held: { bytes: 960 } },
    });
    expect(map.sites[1]!.memory!.held.bytes).toBe(-480);
    expect(map.sites[1]).not.toHaveProperty('payload');
    expect(map.memory).toMatchObject({ processes: 1, held: { bytes: 480 }, allocators: ['C library'] });
  });

  it('names the allocators whose work it is', () => {
    const flags = COUNTED | FILE_FLAGS.OTHER_ALLOCATOR | FILE_FLAGS.JEMALLOC;
    const map = mapBoundary([{ file: processOf([{ total: decode }], [], flags) }], { of: 'x' });
    expect(map.memory?.allocators).toEqual(['other', 'jemalloc']);
  });

  it('rests on those processes alone that counted allocations, and is absent where none did', () => {
    const counted = { file: processOf([{ total: decode }], [], COUNTED) };
    const other = { file: processOf([{ total: CALL }]) };
    const map = mapBoundary([counted, other], { of: 'x' });
    expect(map.sites[0]).toMatchObject({ crossings: 20, memory: { crossings: 10, allocs: 140 } });
    expect(map.memory?.processes).toBe(1);
    const none = mapBoundary([other], { of: 'x' });
    expect(none).not.toHaveProperty('memory');
    expect(none.sites[0]).not.toHaveProperty('memory');
  });

  it('grows where a process that was read while it ran held more each time', () => {
    const reading = (closed: number): BoundaryReading => ({
      ...{ clock: { kind: 'tsc', quantumS: 1e-8 }, ticksPerSecond: 1e9, countsOnly: false, allocations: true },
      ...{ unpatched: [], declared: 1, lanes: [] },
      sites: [
        {
          ...{ site: 'fc_site_0', kind: 'call', package: 'example.com/first/crossing', errors: 0, recorded: 0 },
          ...{ opened: closed, closed, entry: 0, callee: 0, return: 0, nested: 0 },
          sums: { ...NO_SUMS, heldBytes: 96 * closed + 100_000 },
        },
      ],
    });
    const total = { ...CALL, heldBytes: 960n + 100_000n };
    const readings = [2, 4, 7].map(reading);
    const map = mapBoundary([{ file: processOf([{ total }], [], COUNTED), readings }], { of: 'x' });
    expect(map.sites[0]!.memory!.held).toMatchObject({ says: 'grows', parts: 3, grewIn: 3 });
    expect(map.memory!.held).toMatchObject({ says: 'grows', bytes: 100_960 });
  });

  it('knows a copy from a call, and counts its time at the boundary', () => {
    const copy = { site: { symbol: 'C.GoBytes', kind: KIND.COPY }, total: { ...CALL, copies: 10n, bytesOut: 640n } };
    const map = mapBoundary([{ file: processOf([copy]) }], { of: 'x' });
    expect(map.sites[0]).toMatchObject({ kind: 'copy', payload: { copies: 10, bytesOut: 640 } });
    expect(map.foreignS).toBeCloseTo(1700e-9, 15);
  });
});

describe('percentiles', () => {
  const records = (count: number, changes: (index: number) => Partial<RecordFields>): RecordFields[] =>
    Array.from({ length: count }, (_, index) => specimenRecord(changes(index)));

  it('are of all records of a site, where they are at least 200', () => {
    const slow = (index: number) => ({ d1: 200, d2: 1200 + index, d3: 1400 + index });
    const many = mapBoundary([{ file: processOf([{ total: CALL }], records(200, slow)) }], { of: 'x' });
    const { quantiles } = many.sites[0]!.callee;
    expect(quantiles?.records).toBe(200);
    expect(quantiles!.p50).toBeGreaterThan(1080e-9);
    expect(quantiles!.p50).toBeLessThan(1120e-9);
    const few = mapBoundary([{ file: processOf([{ total: CALL }], records(199, slow)) }], { of: 'x' });
    expect(few.sites[0]!.callee.quantiles).toBeUndefined();
  });

  it('are not told of times below ten steps of the clock', () => {
    const file = processOf(
      [{ total: CALL }],
      records(300, () => ({ d1: 40, d2: 1040, d3: 1070 })),
    );
    const [site] = mapBoundary([{ file }], { of: 'x' }).sites;
    expect(site!.entry.quantiles).toBeUndefined();
    expect(site!.return.quantiles).toBeUndefined();
    expect(site!.callee.quantiles?.p50).toBeCloseTo(1000e-9, 7);
  });

  it('let a sampled record speak for as many crossings as it stands for', () => {
    const state = STATE.CLOSED | STATE.SAMPLED;
    const file = processOf(
      [{ total: CALL }],
      [
        ...records(300, () => ({ d1: 100, d2: 1100, d3: 1200 })),
        ...records(100, () => ({ d1: 100, d2: 9100, d3: 9200, state, aux: 64 })),
      ],
    );
    expect(mapBoundary([{ file }], { of: 'x' }).sites[0]!.callee.quantiles!.p50).toBeCloseTo(9000e-9, 6);
  });
});

describe('a map of windows', () => {
  const SITE: SiteWindow = {
    ...{ site: 'fc_site_0', kind: 'call', package: 'example.com/first/crossing', where: 'crossing.go:10' },
    ...{ opened: 100, closed: 100, errors: 0, recorded: 60 },
    ...{ entryS: 4e-6, calleeS: 1e-5, returnS: 3e-6, nestedS: 0 },
  };
  const windowOf = (changes: Partial<BoundaryWindow> = {}): BoundaryWindow => ({
    ...{ operations: 50, seconds: 2e-5, clock: { kind: 'tsc', quantumS: 1e-8 }, unpatched: [], declared: 7 },
    sites: [SITE],
    records: [[0, 0]],
    ...changes,
  });
  const mapOf = (...windows: BoundaryWindow[]) =>
    mapWindows(
      windows.map((window) => ({ window, wallS: 5 })),
      { of: 'x' },
    );

  it('is exact an operation, and its calls fit into the operation', () => {
    const twice = { opened: 200, closed: 200, entryS: 8e-6, calleeS: 2e-5, returnS: 6e-6 };
    const map = mapOf(windowOf(), windowOf({ operations: 100, seconds: 4e-5, sites: [{ ...SITE, ...twice }] }));
    expect(map).toMatchObject({ operations: 150, processes: 2, declared: 7 });
    expect(map.operationS).toBeCloseTo(4e-7, 15);
    expect(map.wallS).toBeCloseTo(6e-5, 15);
    expect(map.sites[0]).toMatchObject({ perOperation: 2, crossings: 300 });
    expect(map.foreignS / 150).toBeCloseTo(3.4e-7, 15);
    expect(map.foreignS / 150).toBeLessThan(map.operationS!);
  });

  it('has no time of an operation where more than the timed batches crossed', () => {
    const { seconds: _, ...whole } = windowOf();
    const map = mapOf(windowOf(), whole);
    expect(map.operationS).toBeUndefined();
    expect(map.wallS).toBeCloseTo(5 + 2e-5, 12);
  });

  it('gives entry and return of a crossing as the middle of its processes, with an interval from six on', () => {
    const windows = [30, 35, 32, 90, 31, 33].map((ns) =>
      windowOf({ sites: [{ ...SITE, entryS: 100 * (ns - 10) * 1e-9, returnS: 100 * 10e-9 }] }),
    );
    const { value, low, high, confidence, processes } = mapOf(...windows).sites[0]!.transition!;
    expect([value, low, high].map((seconds) => Math.round(seconds * 1e10) / 10)).toEqual([32.5, 30, 90]);
    expect(confidence).toBeCloseTo(1 - 2 * 0.5 ** 6, 12);
    expect(processes).toBe(6);
    expect(mapOf(...windows.slice(1)).sites[0]!.transition).toBeUndefined();
  });

  it('takes percentiles from the records of the window alone', () => {
    const records = Array.from({ length: 600 }, (_, index) =>
      specimenRecord({ d1: 200, d2: index < 300 ? 9200 : 1200, d3: index < 300 ? 9400 : 1400 }),
    );
    const file = processOf([{ total: CALL }], records);
    const map = mapWindows([{ window: windowOf({ records: [[300, 520]] }), wallS: 1, file }], { of: 'x' });
    expect(map.sites[0]!.callee.quantiles?.records).toBe(220);
    expect(map.sites[0]!.callee.quantiles?.p99).toBeCloseTo(1000e-9, 7);
  });
});

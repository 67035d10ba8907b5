/** Files made to hurt a reader: huge numbers, sparse files that claim what is not there, tables for every number of a site. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapBoundary } from '../analysis/boundary-map.ts';
import { clockRate } from './clock.ts';
import { encodeFields } from './field.ts';
import { HEADER_FIELDS, type HeaderFields, KIND, LANE, LANE_FIELDS, RECORD, SITE, STATE, TOTAL } from './layout-gen.ts';
import { openRecordFile } from './reader.ts';
import { FormatRefusal } from './refusal.ts';
import { readSamples } from './sample.ts';
import { scanSites } from './scan.ts';
import type { ByteSource } from './source.ts';
import { inOrder, specimenHeader, specimenLane, specimenRecord, specimenSite } from './specimen.ts';
import { sumTotals } from './total.ts';
import { writeRecordFile } from './writer.ts';

const MEBIBYTE = 2 ** 20;

/** A file of which only the first bytes are there; counts what is asked for. */
class Sparse implements ByteSource {
  asked = 0;
  largest = 0;
  readonly #head: Uint8Array;
  readonly size: number;
  readonly stored: number;

  constructor(head: Uint8Array, size: number) {
    this.#head = head;
    this.size = size;
    this.stored = head.length;
  }

  view(offset: number, length: number, room?: Uint8Array): Uint8Array {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size)) throw new RangeError('outside of the file');
    this.asked += length;
    this.largest = Math.max(this.largest, length);
    const bytes = room ? room.subarray(0, length).fill(0) : new Uint8Array(length);
    bytes.set(this.#head.subarray(Math.min(offset, this.#head.length), Math.min(offset + length, this.#head.length)));
    return bytes;
  }
}

/** Everything that is ever read of a file. Refusals are fine, anything else is thrown. */
function readWhole(source: ByteSource): 'read' | FormatRefusal {
  try {
    const file = openRecordFile(source);
    clockRate(file.header);
    sumTotals(file);
    scanSites(file);
    mapBoundary([{ file }], { of: 'hostile' });
    readSamples(file);
    return 'read';
  } catch (error) {
    if (error instanceof FormatRefusal) return error;
    throw error;
  }
}

const laneBytes = (siteCapacity: number, laneSlots: number): number =>
  LANE.size + TOTAL.size * siteCapacity + RECORD.size * laneSlots;

/** A header that agrees with itself about sizes that nobody has, and as large a file. */
function boast(changes: Partial<HeaderFields>): Sparse {
  const header = specimenHeader(changes);
  const head = new Uint8Array(8192);
  encodeFields(HEADER_FIELDS, header, head, 0);
  return new Sparse(head, Number(header.lanesOffset) + header.laneCapacity * Number(header.laneBytes));
}

describe('a sparse file of 8 KiB', () => {
  test.each([
    [
      '65,535 lanes of 65,536 sites',
      { siteCapacity: 65_536, siteCount: 1, laneCapacity: 65_535, laneCount: 65_535, laneSlots: 8 },
    ],
    ['65,535 lanes', { siteCapacity: 4, siteCount: 0, laneCapacity: 65_535, laneCount: 65_535, laneSlots: 2 ** 30 }],
    ['slots without an end', { siteCapacity: 4, siteCount: 0, laneCapacity: 2, laneCount: 2, laneSlots: 2 ** 31 }],
  ])('that claims %s is read or refused, having been asked for little', (_, changes) => {
    const source = boast(changes);
    readWhole(source);
    expect(source.asked).toBeLessThan(300 * MEBIBYTE);
    expect(source.largest).toBeLessThanOrEqual(32 * MEBIBYTE);
  });

  test('that says every slot of a huge lane is used is refused', () => {
    const header = specimenHeader({ siteCapacity: 1, siteCount: 0, laneCapacity: 1, laneCount: 1, laneSlots: 2 ** 31 });
    const head = new Uint8Array(8192);
    encodeFields(HEADER_FIELDS, header, head, 0);
    encodeFields(LANE_FIELDS, specimenLane(2 ** 31), head, Number(header.lanesOffset));
    const source = new Sparse(head, Number(header.lanesOffset) + Number(header.laneBytes));
    const answer = readWhole(source);
    expect(answer instanceof FormatRefusal && answer.code).toBe('lying-counts');
    expect(source.asked).toBeLessThan(MEBIBYTE);
  });

  test('with any numbers in its header opens or is refused, within bounds', () => {
    const count = fc.oneof(fc.nat(70_000), fc.constantFrom(0, 1, 64, 4096, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1));
    const slots = fc.oneof(
      fc.nat(31).map((bits) => 2 ** bits),
      count,
    );
    const claims = fc.record({
      siteCapacity: count,
      siteCount: count,
      laneCapacity: count,
      laneCount: count,
      laneSlots: slots,
    });
    const wide = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom(0n, 4096n, 2n ** 63n));
    const liar = fc.tuple(claims, fc.boolean(), wide, fc.nat(255));
    fc.assert(
      fc.property(liar, ([claim, honest, odd, flags]) => {
        const places = honest
          ? { laneBytes: BigInt(laneBytes(claim.siteCapacity, claim.laneSlots)) }
          : { sitesOffset: odd, samplesOffset: odd };
        const header = specimenHeader({
          ...claim,
          flags,
          sampleCount: claim.siteCount,
          sampleCapacity: claim.laneCount,
          ...places,
        });
        const head = new Uint8Array(8192);
        encodeFields(HEADER_FIELDS, header, head, 0);
        const source = new Sparse(head, 2 ** 52);
        readWhole(source);
        expect(source.largest).toBeLessThanOrEqual(32 * MEBIBYTE);
        expect(source.asked).toBeLessThan(512 * MEBIBYTE);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('a file that is whole', () => {
  test('and records as many sites as there are numbers keeps distributions of the first 2,048, and totals of all', () => {
    const sites = 5000;
    const laneSlots = 8192;
    const header = specimenHeader({ siteCapacity: sites, siteCount: sites, laneCapacity: 1, laneCount: 1, laneSlots });
    const records = Array.from({ length: sites }, (_, site) =>
      specimenRecord({ site, kind: KIND.CALL, state: STATE.CLOSED }),
    );
    const bytes = writeRecordFile({
      header,
      sites: Array.from({ length: sites }, (_, site) => specimenSite(site)),
      lanes: [{ head: specimenLane(sites), totals: new Map(), records: inOrder(...records) }],
    });
    const file = openRecordFile(bytes);
    const scan = scanSites(file);
    expect(scan.sites.filter((site) => site.total.count > 0)).toHaveLength(2048);
    expect(scan.sites.every((site) => site.records === 1)).toBe(true);
    expect(sumTotals(file)).toHaveLength(sites);
  });

  test('with any bytes in its lanes is read to its end, numbers and all', () => {
    const good = writeRecordFile({
      header: specimenHeader({ siteCount: 4, laneCount: 2 }),
      sites: Array.from({ length: 4 }, (_, site) => specimenSite(site)),
      lanes: [8, 8].map((sequence) => ({ head: specimenLane(sequence), totals: new Map(), records: new Map() })),
    });
    const first = specimenHeader().sitesOffset;
    const from = Number(first) + 4 * SITE.size;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 256, maxLength: 1024 }),
        fc.nat(good.length - from - 1024),
        (noise, at) => {
          const bytes = good.slice();
          bytes.set(noise, from + at);
          const answer = readWhole({
            size: bytes.length,
            view: (offset, length) => bytes.slice(offset, offset + length),
          });
          if (answer instanceof FormatRefusal) expect(answer.code).toBe('lying-sequence');
        },
      ),
      { seed: 12, numRuns: 500 },
    );
  });
});

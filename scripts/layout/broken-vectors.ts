/** Record files that are each broken in one way, and the code they are refused with. */
import { HEADER, LANE, RECORD, SITE, STATE, TOTAL, VERSION } from '../../src/format/layout-gen.ts';
import { type RecordData, writeRecordFile } from '../../src/format/writer.ts';

const U64 = 0xffffffffffffffffn;

export interface Broken {
  readonly name: string;
  /** file: it does not open. record: it opens, and one of its records is not to be believed. */
  readonly level: 'file' | 'record';
  readonly refused: string;
  readonly bytes: Uint8Array;
}

/** Each is `whole` with one thing wrong; it needs a lane with a record of site 0, three sites, two lanes of eight slots. */
export function brokenVectors(whole: RecordData): readonly Broken[] {
  const good = writeRecordFile(whole);
  const file = (name: string, refused: string, bytes: Uint8Array): Broken => ({ name, level: 'file', refused, bytes });
  const changed = (name: string, refused: string, offset: number, width: 2 | 4 | 8, value: number | bigint): Broken =>
    file(name, refused, patched(good, offset, width, value));
  const firstLane = Number(whole.header.lanesOffset);
  const firstRecord = firstLane + LANE.size + TOTAL.size * whole.header.siteCapacity;
  const record = (name: string, refused: string, offset: number, width: 1 | 2 | 4, value: number): Broken => ({
    name,
    level: 'record',
    refused,
    bytes: patched(good, firstRecord + offset, width, value),
  });
  return [
    file('cut-to-nothing', 'cut', new Uint8Array(0)),
    file('cut-in-magic', 'cut', good.slice(0, 5)),
    file('cut-in-header', 'cut', good.slice(0, 4095)),
    file('cut-in-sites', 'offset-outside', good.slice(0, HEADER.size + SITE.size)),
    file('cut-in-lanes', 'cut', good.slice(0, good.length - 1)),
    changed('wrong-magic', 'wrong-magic', 0, 4, 0x464c457f),
    changed('unwritten', 'wrong-magic', HEADER.magic, 8, 0n),
    changed('foreign-version', 'foreign-version', HEADER.version, 4, VERSION + 1),
    changed('wrong-header-size', 'wrong-header-size', HEADER.headerBytes, 4, 8192),
    changed('unknown-clock', 'unknown-clock', HEADER.clock, 4, 3),
    changed('too-many-sites', 'lying-counts', HEADER.siteCount, 4, 5),
    changed('too-many-lanes', 'lying-counts', HEADER.laneCount, 4, 3),
    changed('too-many-triples', 'lying-counts', HEADER.tripleCount, 4, 9),
    changed('site-capacity-beyond-16-bits', 'lying-counts', HEADER.siteCapacity, 4, 65_537),
    changed('lane-capacity-beyond-16-bits', 'lying-counts', HEADER.laneCapacity, 4, 65_536),
    changed('no-slots', 'slots-not-power-of-two', HEADER.laneSlots, 4, 0),
    changed('seven-slots', 'slots-not-power-of-two', HEADER.laneSlots, 4, 7),
    changed('more-slots-than-lane-bytes', 'lane-bytes-mismatch', HEADER.laneSlots, 4, 16),
    changed('wrong-lane-bytes', 'lane-bytes-mismatch', HEADER.laneBytes, 8, U64),
    changed('sites-beyond-the-end', 'offset-outside', HEADER.sitesOffset, 8, 1n << 40n),
    changed('sites-in-the-header', 'offset-outside', HEADER.sitesOffset, 8, 64n),
    changed('sites-askew', 'offset-outside', HEADER.sitesOffset, 8, 4097n),
    changed('lanes-beyond-the-end', 'offset-outside', HEADER.lanesOffset, 8, U64 - 63n),
    changed('lanes-in-the-sites', 'offset-outside', HEADER.lanesOffset, 8, BigInt(HEADER.size + SITE.size)),
    changed('more-lanes-than-bytes', 'cut', HEADER.laneCapacity, 4, 3),
    changed('site-out-of-order', 'site-out-of-order', HEADER.size + SITE.size + SITE.id, 2, 2),
    changed('lying-sequence', 'lying-sequence', firstLane + LANE.sequence, 8, 9n),
    record('open-record', 'open-record', RECORD.state, 1, STATE.OPEN),
    record('torn-record', 'torn-record', RECORD.generation, 4, 2),
    record('unknown-site', 'unknown-site', RECORD.site, 2, 3),
    record('disordered-record', 'disordered-record', RECORD.d2, 4, 39),
  ];
}

function patched(source: Uint8Array, offset: number, width: 1 | 2 | 4 | 8, value: number | bigint): Uint8Array {
  const bytes = source.slice();
  for (let index = 0; index < width; index++)
    bytes[offset + index] = Number((BigInt(value) >> BigInt(8 * index)) & 0xffn);
  return bytes;
}

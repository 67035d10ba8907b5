/**
 * Opens a record file: checks everything that its header, site table and lanes promise before anything is believed.
 * Throws a `FormatRefusal` and nothing else, whatever the bytes; a file that opens can be read to its end without
 * leaving it. The order of the checks is part of the contract (docs/record.md): all four readers refuse alike.
 */
import { checkEffort } from './effort.ts';
import { decodeFields, type FieldValues } from './field.ts';
import {
  CLOCK,
  FILE_FLAGS,
  HEADER,
  HEADER_FIELDS,
  type HeaderFields,
  LANE,
  LANE_FIELDS,
  type LaneFields,
  MAGIC,
  RECORD,
  SITE,
  SITE_FIELDS,
  type SiteFields,
  TOTAL,
  TOTAL_FIELDS,
  type TotalFields,
  TRIPLES,
  VERSION,
} from './layout-gen.ts';
import { FormatRefusal } from './refusal.ts';
import { type ByteSource, sourceOf } from './source.ts';

export interface RecordFile {
  readonly header: HeaderFields;
  /** The process ended in order. False: it died or still runs; what is here is what it left. */
  readonly finished: boolean;
  /** Entries of the site table in use; a record's `site` is an index into these. */
  readonly sites: readonly SiteFields[];
  /** Lanes that were handed out. */
  readonly lanes: readonly Lane[];
  readonly source: ByteSource;
}

export interface Lane {
  readonly head: LaneFields;
  /** Bytes from the start of the file. */
  readonly totalsOffset: number;
  readonly recordsOffset: number;
  /** Slots that hold or held a record: the first so many. */
  readonly usedSlots: number;
}

/** Takes the whole file, or a source that reads it piece by piece. */
export function openRecordFile(bytes: Uint8Array | ByteSource): RecordFile {
  const source = bytes instanceof Uint8Array ? sourceOf(bytes) : bytes;
  const header = readHeader(source);
  checkCounts(header);
  checkPlaces(header, source.size);
  const held = { header, sites: readSites(header, source), lanes: readLanes(header, source), source };
  checkEffort(held);
  return { ...held, finished: (header.flags & FILE_FLAGS.FINISHED) !== 0 };
}

/** Totals of the sites in use in one lane, by site index. */
export function readTotals(file: RecordFile, lane: Lane): readonly TotalFields[] {
  const bytes = file.source.view(lane.totalsOffset, file.sites.length * TOTAL.size);
  return file.sites.map((_, site) => shaped<TotalFields>(decodeFields(TOTAL_FIELDS, bytes, site * TOTAL.size)));
}

/** The generated tables and shapes come from one source, so a table's values have its shape. */
export function shaped<Shape>(values: FieldValues): Shape {
  return values as Shape;
}

function readHeader(source: ByteSource): HeaderFields {
  const start = source.view(0, Math.min(source.size, HEADER.size));
  const magic = new TextEncoder().encode(MAGIC);
  for (let index = 0; index < Math.min(magic.length, start.length); index++) {
    if (start[index] !== magic[index]) throw new FormatRefusal('wrong-magic', index);
  }
  const versionEnd = HEADER.version + 4;
  if (start.length < versionEnd) throw new FormatRefusal('cut', start.length, `${start.length} bytes`);
  const version = new DataView(start.buffer, start.byteOffset).getUint32(HEADER.version, true);
  if (version !== VERSION) {
    throw new FormatRefusal('foreign-version', HEADER.version, `version ${version}, this reader knows ${VERSION}`);
  }
  if (start.length < HEADER.size) throw new FormatRefusal('cut', start.length, `${start.length} bytes`);
  return shaped<HeaderFields>(decodeFields(HEADER_FIELDS, start, 0));
}

function checkCounts(header: HeaderFields): void {
  if (header.headerBytes !== HEADER.size) {
    throw new FormatRefusal('wrong-header-size', HEADER.headerBytes, `${header.headerBytes}`);
  }
  if (header.clock !== CLOCK.TSC && header.clock !== CLOCK.OS) {
    throw new FormatRefusal('unknown-clock', HEADER.clock, `${header.clock}`);
  }
  // 65,536 sites and 65,535 lanes: what 16 bits of a record and of a span id can name; lanes count from 1 there.
  atMost(header.siteCapacity, 65_536, HEADER.siteCapacity, 'site_capacity');
  atMost(header.siteCount, header.siteCapacity, HEADER.siteCount, 'site_count');
  atMost(header.laneCapacity, 65_535, HEADER.laneCapacity, 'lane_capacity');
  atMost(header.laneCount, header.laneCapacity, HEADER.laneCount, 'lane_count');
  atMost(header.tripleCount, TRIPLES, HEADER.tripleCount, 'triple_count');
}

function atMost(count: number, limit: number, offset: number, name: string): void {
  if (count > limit) throw new FormatRefusal('lying-counts', offset, `${name} ${count}, at most ${limit}`);
}

function checkPlaces(header: HeaderFields, size: number): void {
  const { laneSlots, siteCapacity, sitesOffset, lanesOffset, laneBytes } = header;
  if (laneSlots === 0 || (laneSlots & (laneSlots - 1)) !== 0) {
    throw new FormatRefusal('slots-not-power-of-two', HEADER.laneSlots, `${laneSlots}`);
  }
  const expected = LANE.size + TOTAL.size * siteCapacity + RECORD.size * laneSlots;
  if (laneBytes !== BigInt(expected)) {
    throw new FormatRefusal('lane-bytes-mismatch', HEADER.laneBytes, `${laneBytes}, not ${expected}`);
  }
  const outside = (offset: bigint, earliest: number): boolean =>
    offset % 64n !== 0n || offset < BigInt(earliest) || offset > BigInt(size);
  if (outside(sitesOffset, HEADER.size)) {
    throw new FormatRefusal('offset-outside', HEADER.sitesOffset, `sites_offset ${sitesOffset}`);
  }
  if (outside(lanesOffset, Number(sitesOffset) + SITE.size * siteCapacity)) {
    throw new FormatRefusal('offset-outside', HEADER.lanesOffset, `lanes_offset ${lanesOffset}`);
  }
  const end = lanesOffset + BigInt(header.laneCapacity) * laneBytes;
  if (end > BigInt(size)) throw new FormatRefusal('cut', size, `${size} bytes of ${end}`);
}

function readSites(header: HeaderFields, source: ByteSource): readonly SiteFields[] {
  const start = Number(header.sitesOffset);
  const bytes = source.view(start, header.siteCount * SITE.size);
  return Array.from({ length: header.siteCount }, (_, index) => {
    const site = shaped<SiteFields>(decodeFields(SITE_FIELDS, bytes, index * SITE.size));
    if (site.id !== index) {
      throw new FormatRefusal('site-out-of-order', start + index * SITE.size, `entry ${index} says ${site.id}`);
    }
    return site;
  });
}

function readLanes(header: HeaderFields, source: ByteSource): readonly Lane[] {
  const laneBytes = Number(header.laneBytes);
  const wraps = (header.flags & FILE_FLAGS.FLIGHT_RECORDER) !== 0;
  return Array.from({ length: header.laneCount }, (_, index) => {
    const start = Number(header.lanesOffset) + index * laneBytes;
    const head = shaped<LaneFields>(decodeFields(LANE_FIELDS, source.view(start, LANE.size), 0));
    const full = head.sequence > BigInt(header.laneSlots);
    if (full && !wraps) throw new FormatRefusal('lying-sequence', start + LANE.sequence, `${head.sequence} records`);
    const totalsOffset = start + LANE.size;
    return {
      head,
      totalsOffset,
      recordsOffset: totalsOffset + TOTAL.size * header.siteCapacity,
      usedSlots: full ? header.laneSlots : Number(head.sequence),
    };
  });
}

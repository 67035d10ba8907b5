/**
 * A record file as plain data, and back to bytes: for vectors, tests and conversions. The probe itself writes in C.
 * `writeRecordFile(readRecordData(openRecordFile(bytes)))` gives the bytes back when they are canonical: no byte but
 * zero where nothing is promised, nothing behind the last lane, texts in whole UTF-8.
 */
import { encodeFields } from './field.ts';
import {
  HEADER_FIELDS,
  type HeaderFields,
  LANE,
  LANE_FIELDS,
  type LaneFields,
  RECORD,
  RECORD_FIELDS,
  type RecordFields,
  SITE,
  SITE_FIELDS,
  type SiteFields,
  TOTAL,
  TOTAL_FIELDS,
  type TotalFields,
} from './layout-gen.ts';
import { type Lane, type RecordFile, readTotals } from './reader.ts';
import { readRecord } from './record.ts';

export interface RecordData {
  readonly header: HeaderFields;
  readonly sites: readonly SiteFields[];
  readonly lanes: readonly LaneData[];
}

export interface LaneData {
  readonly head: LaneFields;
  /** By site index; sites without totals have zeros. */
  readonly totals: ReadonlyMap<number, TotalFields>;
  /** By slot; slots without a record have zeros. */
  readonly records: ReadonlyMap<number, RecordFields>;
}

/** Places are taken from the header, which is not checked: broken files are written this way too. */
export function writeRecordFile(data: RecordData): Uint8Array {
  const { header } = data;
  const lanesOffset = Number(header.lanesOffset);
  const laneBytes = Number(header.laneBytes);
  const bytes = new Uint8Array(lanesOffset + header.laneCapacity * laneBytes);
  encodeFields(HEADER_FIELDS, header, bytes, 0);
  data.sites.forEach((site, index) => {
    encodeFields(SITE_FIELDS, site, bytes, Number(header.sitesOffset) + index * SITE.size);
  });
  data.lanes.forEach((lane, index) => {
    const start = lanesOffset + index * laneBytes;
    const totals = start + LANE.size;
    const records = totals + TOTAL.size * header.siteCapacity;
    encodeFields(LANE_FIELDS, lane.head, bytes, start);
    for (const [site, total] of lane.totals) encodeFields(TOTAL_FIELDS, total, bytes, totals + site * TOTAL.size);
    for (const [slot, record] of lane.records) {
      encodeFields(RECORD_FIELDS, record, bytes, records + slot * RECORD.size);
    }
  });
  return bytes;
}

/** Everything in the file that is not zero, records of used and of unused slots alike. */
export function readRecordData(file: RecordFile): RecordData {
  return {
    header: file.header,
    sites: file.sites,
    lanes: file.lanes.map((lane) => ({
      head: lane.head,
      totals: numbered(readTotals(file, lane)),
      records: numbered(readSlots(file, lane)),
    })),
  };
}

function readSlots(file: RecordFile, lane: Lane): readonly RecordFields[] {
  return Array.from({ length: file.header.laneSlots }, (_, slot) => readRecord(file, lane, slot));
}

function numbered<Shape extends object>(items: readonly Shape[]): ReadonlyMap<number, Shape> {
  const entries = [...items.entries()];
  return new Map(entries.filter(([, item]) => Object.values(item).some((value) => Number(value) !== 0)));
}

/**
 * A record file as JSON, the form in which the four languages agree on what a vector holds: names as in record.json,
 * 64-bit numbers as decimal strings, texts as they are, other bytes in hexadecimal; sites without totals and slots
 * without a record are left out.
 */
import type { Field, FieldValue, FieldValues } from './field.ts';
import {
  HEADER_FIELDS,
  type HeaderFields,
  LANE_FIELDS,
  type LaneFields,
  RECORD_FIELDS,
  type RecordFields,
  SITE_FIELDS,
  type SiteFields,
  TOTAL_FIELDS,
  type TotalFields,
} from './layout-gen.ts';
import { type RecordFile, shaped } from './reader.ts';
import { readRecord, refuseRecord } from './record.ts';
import { type LaneData, type RecordData, readRecordData } from './writer.ts';

export type Json = number | string | boolean | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** What a reader says of a file: whether it ended in order, how many used records it refuses by code, and what it holds. */
export function describeRecordFile(file: RecordFile): JsonObject {
  const refused: Record<string, number> = {
    'open-record': 0,
    'torn-record': 0,
    'unknown-site': 0,
    'disordered-record': 0,
  };
  for (const lane of file.lanes) {
    for (let slot = 0; slot < lane.usedSlots; slot++) {
      const refusal = refuseRecord(file, lane, slot, readRecord(file, lane, slot));
      if (refusal) refused[refusal.code] = (refused[refusal.code] ?? 0) + 1;
    }
  }
  return { finished: file.finished, refused, ...toJson(readRecordData(file)) };
}

export function toJson(data: RecordData): JsonObject {
  return {
    header: objectOf(HEADER_FIELDS, data.header),
    sites: data.sites.map((site) => objectOf(SITE_FIELDS, site)),
    lanes: data.lanes.map((lane) => ({
      lane: objectOf(LANE_FIELDS, lane.head),
      totals: [...lane.totals].map(([site, total]) => ({ site, ...objectOf(TOTAL_FIELDS, total) })),
      records: [...lane.records].map(([slot, record]) => ({ slot, ...objectOf(RECORD_FIELDS, record) })),
    })),
  };
}

/** The inverse of `toJson`; JSON of another shape is a mistake of the caller. */
export function fromJson(json: JsonObject): RecordData {
  return {
    header: shaped<HeaderFields>(valuesOf(HEADER_FIELDS, json.header)),
    sites: listOf(json.sites).map((site) => shaped<SiteFields>(valuesOf(SITE_FIELDS, site))),
    lanes: listOf(json.lanes).map(laneOf),
  };
}

function laneOf(json: Json): LaneData {
  const { lane, totals, records } = record(json);
  return {
    head: shaped<LaneFields>(valuesOf(LANE_FIELDS, lane)),
    totals: new Map(
      listOf(totals).map((total) => [Number(record(total).site), shaped<TotalFields>(valuesOf(TOTAL_FIELDS, total))]),
    ),
    records: new Map(
      listOf(records).map((entry) => [
        Number(record(entry).slot),
        shaped<RecordFields>(valuesOf(RECORD_FIELDS, entry)),
      ]),
    ),
  };
}

function objectOf(fields: readonly Field[], values: FieldValues): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.json, jsonOf(field, values[field.name]!)]));
}

function jsonOf(field: Field, value: FieldValue): Json {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'object' && field.kind === 'structs') return value.map((item) => objectOf(field.fields, item));
  return value as number | string;
}

function valuesOf(fields: readonly Field[], json: Json | undefined): FieldValues {
  const object = record(json);
  return Object.fromEntries(fields.map((field) => [field.name, valueOfJson(field, object[field.json])]));
}

function valueOfJson(field: Field, json: Json | undefined): FieldValue {
  if (field.kind === 'structs') return listOf(json).map((item) => valuesOf(field.fields, item));
  if (field.kind === 'u64' && typeof json === 'string') return BigInt(json);
  if (typeof json === 'number' || typeof json === 'string') return json;
  throw new TypeError(`no ${field.json} in the JSON of a record file`);
}

function record(json: Json | undefined): JsonObject {
  if (typeof json !== 'object' || Array.isArray(json)) throw new TypeError('an object was expected');
  return json as JsonObject;
}

function listOf(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new TypeError('a list was expected');
  return json;
}

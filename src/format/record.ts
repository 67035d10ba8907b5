/**
 * Single records, with the rule that says which of them may be believed. For tests, traces and other languages' mirror;
 * distributions come from the scan, which applies the same rule to words (scan.ts).
 */
import { decodeFields } from './field.ts';
import { KIND, RECORD, RECORD_FIELDS, type RecordFields, STATE } from './layout-gen.ts';
import { type Lane, type RecordFile, shaped } from './reader.ts';
import { FormatRefusal } from './refusal.ts';

/** The record in `slot` of a lane, as it stands; `slot` is below the file's lane_slots. */
export function readRecord(file: RecordFile, lane: Lane, slot: number): RecordFields {
  const bytes = file.source.view(lane.recordsOffset + slot * RECORD.size, RECORD.size);
  return shaped<RecordFields>(decodeFields(RECORD_FIELDS, bytes, 0));
}

/** Why the record in a used slot is not to be believed; undefined when it is. */
export function refuseRecord(
  file: RecordFile,
  lane: Lane,
  slot: number,
  record: RecordFields,
): FormatRefusal | undefined {
  const refusal = (code: FormatRefusal['code'], seen: string): FormatRefusal =>
    new FormatRefusal(code, lane.recordsOffset + slot * RECORD.size, seen);
  if ((record.state & STATE.CLOSED) === 0) return refusal('open-record', `slot ${slot}`);
  const expected = generationOf(lane, file.header.laneSlots, slot);
  if (record.generation !== expected) return refusal('torn-record', `generation ${record.generation}, not ${expected}`);
  // Only crossings carry a site and four stamps; other kinds use these fields in their own way.
  if (record.kind !== KIND.CALL && record.kind !== KIND.CALLBACK && record.kind !== KIND.COPY) return undefined;
  if (record.site >= file.sites.length) return refusal('unknown-site', `site ${record.site} of ${file.sites.length}`);
  if (record.d1 > record.d2 || record.d2 > record.d3) {
    return refusal('disordered-record', `${record.d1}, ${record.d2}, ${record.d3}`);
  }
  return undefined;
}

/** Generation of the latest record that was given `slot`, which is used; 32 bits, as records carry it. */
export function generationOf(lane: Lane, laneSlots: number, slot: number): number {
  const slots = BigInt(laneSlots);
  const { sequence } = lane.head;
  const turns = sequence / slots;
  return Number((BigInt(slot) < sequence % slots ? turns + 1n : turns) & 0xffffffffn);
}

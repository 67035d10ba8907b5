/**
 * What reading a file to its end would take, against what is there: a sparse file of a few kilobytes can claim a petabyte of
 * lanes that hold nothing. No probe writes such a one: it fills the slots that it counts.
 */
import { HEADER, RECORD, TOTAL } from './layout-gen.ts';
import type { RecordFile } from './reader.ts';
import { FormatRefusal } from './refusal.ts';

/** Always read, whatever the disk says: some file systems count blocks late, or small. */
const FREE_BYTES = 128 * 2 ** 20;
/** A file system that compresses may keep so much in one byte. */
const MOST_PER_BYTE = 32;

/** Throws a FormatRefusal when sites and records in use would take far more to read than `stored` bytes can hold. */
export function checkEffort(file: Omit<RecordFile, 'finished'>): void {
  const { stored } = file.source;
  if (stored === undefined) return;
  const totals = file.lanes.length * file.sites.length * TOTAL.size;
  const records = file.lanes.reduce((sum, lane) => sum + lane.usedSlots, 0) * RECORD.size;
  if (totals + records <= Math.max(FREE_BYTES, MOST_PER_BYTE * stored)) return;
  const code = 'lying-counts';
  throw new FormatRefusal(code, HEADER.laneCount, `${totals + records} bytes in use of ${stored} that are there`);
}

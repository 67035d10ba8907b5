/**
 * All records of a file into histograms, one pass, a core at close to the speed of memory: 4 MiB at a time as 32-bit
 * words, no object and no BigInt a record. Records that can't be believed are skipped and counted by reason, by the
 * rule of record.ts.
 */
import { CELLS, COARSE_CELLS, cellOf, EMPTY, type Histogram, histogramOf } from './histogram.ts';
import { KIND, RECORD, type RefusalCode, type SiteFields, STATE } from './layout-gen.ts';
import type { Lane, RecordFile } from './reader.ts';
import { generationOf } from './record.ts';

/**
 * Distributions of one site over its believable records, in ticks. A sampled record counts for as many crossings as it
 * stands for, so that a distribution is that of all crossings, not of those at the beginning of a run.
 */
export interface SiteScan {
  readonly site: SiteFields;
  /** d1: caller to callee. */
  readonly entry: Histogram;
  /** d2 - d1: inside the callee. */
  readonly callee: Histogram;
  /** d3 - d2: back to the caller. */
  readonly exit: Histogram;
  /** d3. */
  readonly total: Histogram;
  /** Records behind the distributions: how much they can tell. */
  readonly records: number;
  /** Records of crossings that ended in error. */
  readonly errors: number;
  /** Records with a field at its largest value: a time that is one is a lower bound, counted where it stands. */
  readonly saturated: number;
}

export type RecordRefusal = Extract<RefusalCode, 'open-record' | 'torn-record' | 'unknown-site' | 'disordered-record'>;

export interface FileScan {
  /** By site index, every site of the file. */
  readonly sites: readonly SiteScan[];
  /** Believable records that are no crossings: contexts, spans, counters, marks. */
  readonly others: number;
  readonly skipped: Readonly<Record<RecordRefusal, number>>;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Of each lane, by index: the first record wanted and the one behind the last, counted since the lane began. */
export type RecordRange = readonly (readonly [number, number])[];

/** `within`: those records only, none of a lane it does not name; default: all. */
export function scanSites(file: RecordFile, within?: RecordRange): FileScan {
  const tally = new Tally(file.sites.length);
  const room = new Uint8Array(Math.min(CHUNK_BYTES, file.header.laneSlots * RECORD.size));
  for (const [index, lane] of file.lanes.entries()) {
    scanLane(file, lane, tally, room, within === undefined ? [0, Number.POSITIVE_INFINITY] : (within[index] ?? [0, 0]));
  }
  return {
    sites: file.sites.map((site, index) => tally.finish(site, index)),
    others: tally.others,
    skipped: {
      'open-record': tally.open,
      'torn-record': tally.torn,
      'unknown-site': tally.unknownSite,
      'disordered-record': tally.disordered,
    },
  };
}

/** A lane that has wrapped holds two generations: the present turn up to where it writes, the last one behind. */
function scanLane(
  file: RecordFile,
  lane: Lane,
  tally: Tally,
  room: Uint8Array,
  [first, behind]: readonly [number, number],
): void {
  const slots = file.header.laneSlots;
  const sequence = Number(lane.head.sequence);
  const turn = sequence % slots;
  const present = lane.usedSlots === slots ? turn : lane.usedSlots;
  for (const [from, to] of [
    [0, present],
    [present, lane.usedSlots],
  ] as const) {
    // Number of the record in slot 0 of this turn, were it there.
    const zeroth = sequence - turn - (from > 0 || present === 0 ? slots : 0);
    const start = Math.max(from, first - zeroth);
    const end = Math.min(to, behind - zeroth);
    const generation = start < end ? generationOf(lane, slots, start) : 0;
    const step = CHUNK_BYTES / RECORD.size;
    for (let slot = start; slot < end; slot += step) {
      const count = Math.min(step, end - slot);
      const bytes = file.source.view(lane.recordsOffset + slot * RECORD.size, count * RECORD.size, room);
      addRecords(tally, wordsOf(bytes), generation);
    }
  }
}

/** Copies only when the bytes stand askew in their buffer. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const even = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(even.buffer, even.byteOffset, even.byteLength / 4);
}

/** Counts every record in `words`, all of which have been given `generation`. */
const addRecords: (tally: Tally, words: Int32Array, generation: number) => void = makeAddRecords();

/**
 * What the loop needs is constant inside a function, where V8 takes it for constant too; constants of a module become
 * variables when it is bundled. Every word is a signed 32-bit integer, because that is what V8 keeps in registers:
 * unsigned words become floating-point numbers. Each of the two makes the scan half as fast again.
 */
function makeAddRecords(): (tally: Tally, words: Int32Array, generation: number) => void {
  const step = RECORD.size / 4;
  const d1At = RECORD.d1 / 4;
  const d2At = RECORD.d2 / 4;
  const d3At = RECORD.d3 / 4;
  // Site in the low half, kind above it, state on top.
  const placeAt = RECORD.site / 4;
  const generationAt = RECORD.generation / 4;
  // Crossings that a sampled record stands for.
  const weightAt = RECORD.aux / 4;
  const { CALL: call, CALLBACK: callback, COPY: copy } = KIND;
  const closed = STATE.CLOSED << 24;
  const rare = (STATE.ERROR | STATE.SATURATED | STATE.COARSE) << 24;
  const sampledToSign = Math.clz32(STATE.SAMPLED << 24);
  const [callee, exit, total] = [CELLS, 2 * CELLS, 3 * CELLS];
  const cell = cellOf;

  return (tally, words, generation) => {
    const { bases, records } = tally;
    const siteCount = bases.length;
    const expected = generation | 0;
    let { table } = tally;
    for (let at = 0; at < words.length; at += step) {
      const place = words[at + placeAt]!;
      if ((place & closed) === 0) {
        tally.open++;
        continue;
      }
      if (words[at + generationAt]! !== expected) {
        tally.torn++;
        continue;
      }
      const kind = (place >> 16) & 0xff;
      if (kind !== call && kind !== callback && kind !== copy) {
        tally.others++;
        continue;
      }
      const site = place & 0xffff;
      if (site >= siteCount) {
        tally.unknownSite++;
        continue;
      }
      if (bases[site]! < 0) table = tally.makeRoom(site);
      const base = bases[site]!;
      const d1 = words[at + d1At]!;
      const d2 = words[at + d2At]!;
      const d3 = words[at + d3At]!;
      // All ones for a sampled record, all zeros for another: no branch, since both come mixed.
      const sampled = (place << sampledToSign) >> 31;
      const weight = (words[at + weightAt]! & sampled) | (1 & ~sampled);
      if ((place & rare) !== 0 || (d1 | d2 | d3 | weight) < 0) {
        tally.addRare(site, place >>> 24, weight >>> 0, [d1 >>> 0, d2 >>> 0, d3 >>> 0]);
        continue;
      }
      if (d1 > d2 || d2 > d3) {
        tally.disordered++;
        continue;
      }
      records[site]!++;
      table[base + cell(d1)]! += weight;
      table[base + callee + cell((d2 - d1) | 0)]! += weight;
      table[base + exit + cell((d3 - d2) | 0)]! += weight;
      table[base + total + cell(d3)]! += weight;
    }
  };
}

/** Sites with distributions of their own: more than any program crosses, and 180 MB of tables. Totals know no such bound. */
const MOST_SITES = 2048;

/**
 * The tables of a scan: four times CELLS a site, side by side, made when the site is first met. Cells are floating-point:
 * sampled crossings soon pass what 32 bits can count.
 */
class Tally {
  open = 0;
  torn = 0;
  unknownSite = 0;
  disordered = 0;
  others = 0;
  table = new Float64Array(0);
  /** Where a site's tables begin in `table`; -1 before it is met. */
  readonly bases: Int32Array;
  private met = 0;
  readonly records: Float64Array;
  private readonly errors: Float64Array;
  private readonly saturated: Float64Array;

  constructor(siteCount: number) {
    this.bases = new Int32Array(siteCount).fill(-1);
    this.records = new Float64Array(siteCount);
    this.errors = new Float64Array(siteCount);
    this.saturated = new Float64Array(siteCount);
  }

  finish(site: SiteFields, index: number): SiteScan {
    const base = this.bases[index]!;
    const layer = (number: number): Histogram =>
      base < 0 || base === MOST_SITES * 4 * CELLS
        ? EMPTY
        : histogramOf(this.table.subarray(base + number * CELLS, base + (number + 1) * CELLS));
    return {
      site,
      entry: layer(0),
      callee: layer(1),
      exit: layer(2),
      total: layer(3),
      records: this.records[index]!,
      errors: this.errors[index]!,
      saturated: this.saturated[index]!,
    };
  }

  /** A record with a rare flag, or with a number of 2^31 and more. */
  addRare(site: number, state: number, weight: number, [d1, d2, d3]: readonly [number, number, number]): void {
    if (d1 > d2 || d2 > d3) {
      this.disordered++;
      return;
    }
    this.records[site]!++;
    if ((state & STATE.ERROR) !== 0) this.errors[site]!++;
    if ((state & STATE.SATURATED) !== 0) this.saturated[site]!++;
    const shift = (state & STATE.COARSE) !== 0 ? COARSE_CELLS : 0;
    for (const [layer, ticks] of [d1, d2 - d1, d3 - d2, d3].entries()) {
      const cell = cellOf(ticks);
      this.table[this.bases[site]! + layer * CELLS + (cell === 0 ? 0 : cell + shift)]! += weight;
    }
  }

  /** Gives a site its tables; the table that holds all of them may move. */
  makeRoom(site: number): Float64Array<ArrayBuffer> {
    // Sites beyond the last share a table that nobody reads.
    const base = this.met * 4 * CELLS;
    if (this.met < MOST_SITES) this.met++;
    if (base + 4 * CELLS > this.table.length) {
      const larger = new Float64Array(Math.max(4, 2 * this.met) * 4 * CELLS);
      larger.set(this.table);
      this.table = larger;
    }
    this.bases[site] = base;
    return this.table;
  }
}

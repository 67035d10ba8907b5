/**
 * All records of a file into histograms, one pass, a core at close to the speed of memory: 4 MiB at a time as 32-bit
 * words, no object and no BigInt a record. Records that can't be believed are skipped and counted by reason, by the
 * rule of record.ts.
 */
import { CELLS, COARSE_CELLS, cellOf, type Histogram, histogramOf } from './histogram.ts';
import { KIND, RECORD, type RefusalCode, type SiteFields, STATE } from './layout-gen.ts';
import type { Lane, RecordFile } from './reader.ts';
import { generationOf } from './record.ts';

/** Distributions of one site over its believable records, in ticks. */
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
  readonly records: number;
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
const WORDS = RECORD.size / 4;
const D1 = RECORD.d1 / 4;
const D2 = RECORD.d2 / 4;
const D3 = RECORD.d3 / 4;
/** site in the low half, kind above it, state on top. */
const PLACE = RECORD.site / 4;
const GENERATION = RECORD.generation / 4;
const RARE = (STATE.ERROR | STATE.SATURATED | STATE.COARSE) << 24;

export function scanSites(file: RecordFile): FileScan {
  const tally = new Tally(file.sites.length);
  for (const lane of file.lanes) scanLane(file, lane, tally);
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
function scanLane(file: RecordFile, lane: Lane, tally: Tally): void {
  const slots = file.header.laneSlots;
  const turn = Number(lane.head.sequence % BigInt(slots));
  const present = lane.usedSlots === slots ? turn : lane.usedSlots;
  for (const [start, end] of [
    [0, present],
    [present, lane.usedSlots],
  ] as const) {
    const generation = start < end ? generationOf(lane, slots, start) : 0;
    const step = CHUNK_BYTES / RECORD.size;
    for (let slot = start; slot < end; slot += step) {
      const count = Math.min(step, end - slot);
      const bytes = file.source.view(lane.recordsOffset + slot * RECORD.size, count * RECORD.size);
      tally.add(wordsOf(bytes), generation);
    }
  }
}

/** Copies only when the bytes stand askew in their buffer. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const even = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(even.buffer, even.byteOffset, even.byteLength / 4);
}

/** Holds the tables of a scan. Four tables of CELLS behind each other a site, made when the site is first met. */
class Tally {
  open = 0;
  torn = 0;
  unknownSite = 0;
  disordered = 0;
  others = 0;
  private readonly tables: (Uint32Array | undefined)[];
  private readonly errors: Float64Array;
  private readonly saturated: Float64Array;

  constructor(siteCount: number) {
    this.tables = new Array<Uint32Array | undefined>(siteCount).fill(undefined);
    this.errors = new Float64Array(siteCount);
    this.saturated = new Float64Array(siteCount);
  }

  add(words: Uint32Array, generation: number): void {
    const { tables } = this;
    const siteCount = tables.length;
    for (let at = 0; at < words.length; at += WORDS) {
      const place = words[at + PLACE]!;
      if ((place & (STATE.CLOSED << 24)) === 0) {
        this.open++;
        continue;
      }
      if (words[at + GENERATION]! !== generation) {
        this.torn++;
        continue;
      }
      const kind = (place >>> 16) & 0xff;
      if (kind !== KIND.CALL && kind !== KIND.CALLBACK) {
        this.others++;
        continue;
      }
      const site = place & 0xffff;
      if (site >= siteCount) {
        this.unknownSite++;
        continue;
      }
      const d1 = words[at + D1]!;
      const d2 = words[at + D2]!;
      const d3 = words[at + D3]!;
      if (d1 > d2 || d2 > d3) {
        this.disordered++;
        continue;
      }
      const table = tables[site] ?? this.open4(site);
      const shift = (place & RARE) === 0 ? 0 : this.countRare(site, place >>> 24);
      count(table, 0, d1, shift);
      count(table, CELLS, d2 - d1, shift);
      count(table, 2 * CELLS, d3 - d2, shift);
      count(table, 3 * CELLS, d3, shift);
    }
  }

  finish(site: SiteFields, index: number): SiteScan {
    const table = this.tables[index] ?? new Uint32Array(4 * CELLS);
    const layer = (number: number): Histogram => histogramOf(table.subarray(number * CELLS, (number + 1) * CELLS));
    const total = layer(3);
    return {
      site,
      entry: layer(0),
      callee: layer(1),
      exit: layer(2),
      total,
      records: total.count,
      errors: this.errors[index]!,
      saturated: this.saturated[index]!,
    };
  }

  private open4(site: number): Uint32Array {
    const table = new Uint32Array(4 * CELLS);
    this.tables[site] = table;
    return table;
  }

  /** Cells by which the record's times are to be moved. */
  private countRare(site: number, state: number): number {
    if ((state & STATE.ERROR) !== 0) this.errors[site]!++;
    if ((state & STATE.SATURATED) !== 0) this.saturated[site]!++;
    return (state & STATE.COARSE) !== 0 ? COARSE_CELLS : 0;
  }
}

function count(table: Uint32Array, base: number, ticks: number, shift: number): void {
  const cell = cellOf(ticks);
  table[base + (cell === 0 ? 0 : cell + shift)]!++;
}

/**
 * Base-2 exponential histograms at scale 6, with the bucket bounds of OpenTelemetry's exponential histogram: bucket i
 * holds values in (2^(i/64), 2^((i+1)/64)], so i = ceil(64 log2 v) - 1 and a bucket is 1.1 % wide. Zero has its own
 * bucket. Values are clock ticks as they stand in records: 32 bits, or 32 bits shifted by COARSE_SHIFT.
 * Source: OpenTelemetry Metrics Data Model, "ExponentialHistogram".
 */
import { BUCKET_BOUNDS } from './bucket-bounds-gen.ts';
import { COARSE_SHIFT } from './layout-gen.ts';

const SCALE = 6;
export const BUCKETS_PER_OCTAVE = 1 << SCALE;

export interface Histogram {
  /** Values counted, zeros included. */
  readonly count: number;
  readonly zeros: number;
  /** Index i of the first bucket in `counts`. */
  readonly offset: number;
  /** Counts of neighbouring buckets; empty, or neither the first nor the last is zero. */
  readonly counts: readonly number[];
}

export const EMPTY: Histogram = { count: 0, zeros: 0, offset: 0, counts: [] };

/**
 * A cell of a table under construction: 0 for zeros, otherwise bucket index + CELL_OF_INDEX_0. Coarse values lie
 * COARSE_CELLS further on; the shift is a whole number of octaves, so that is exact.
 */
export const CELL_OF_INDEX_0 = 2;
export const COARSE_CELLS = COARSE_SHIFT * BUCKETS_PER_OCTAVE;
export const CELLS = CELL_OF_INDEX_0 + 32 * BUCKETS_PER_OCTAVE + COARSE_CELLS;

/**
 * Cell of a value of 32 bits, whether given as signed or as unsigned number. Exact: no logarithm, no rounding; and after
 * zero no branch, which real times would mispredict: one here doubles the time of a scan.
 *
 * Between two powers of two lie 63 irrational bounds. Cut into 128 equal parts, no part holds more than one of them
 * (the narrowest bucket is 1/91 of an octave), so a part's first bucket and one comparison give the bucket exactly.
 * Part 0 has no bound of its own and tells the power of two itself, which ends the bucket before, from what follows.
 */
export const cellOf: (ticks: number) => number = makeCellOf();

/** The tables are constants of a function, not of the module: bundled modules make theirs variables, which V8 reads anew each time. */
function makeCellOf(): (ticks: number) => number {
  const parts = 128;
  const scale = SCALE;
  /** Cell, within an octave, of the values of a part up to its bound. */
  const partCell = new Int32Array(parts);
  /** Largest fraction, as 31 bits behind the leading one, that is still in that cell. */
  const partBound = new Int32Array(parts).fill(0x7fffffff);
  const bounds = octaveBounds();
  for (let part = 0; part < parts; part++) {
    const start = part * 2 ** 24;
    partCell[part] = CELL_OF_INDEX_0 + bounds.filter((bound) => bound < start).length;
    const inside = bounds.find((bound) => bound >= start && bound < start + 2 ** 24);
    if (inside !== undefined) partBound[part] = inside;
  }
  partCell[0] = CELL_OF_INDEX_0 - 1;
  partBound[0] = 0;
  return (ticks) => {
    if (ticks === 0) return 0;
    const zeros = Math.clz32(ticks);
    const fraction = (ticks << zeros) & 0x7fffffff;
    const part = fraction >> 24;
    // 1 when the fraction is above the bound: the sign of their difference.
    return (((31 - zeros) << scale) + partCell[part]! + ((partBound[part]! - fraction) >>> 31)) | 0;
  };
}

/** The 63 bounds inside an octave, as the whole 31-bit fractions just below them. */
export function octaveBounds(): readonly number[] {
  return BUCKET_BOUNDS.map((bound) => Math.floor(bound / 2 ** 21));
}

/** A finished histogram from a table of cells. */
export function histogramOf(cells: Uint32Array | Float64Array): Histogram {
  let first = 1;
  while (first < cells.length && cells[first] === 0) first++;
  let last = cells.length - 1;
  while (last > first && cells[last] === 0) last--;
  const zeros = cells[0] ?? 0;
  if (first >= cells.length) return { ...EMPTY, count: zeros, zeros };
  const counts = Array.from(cells.subarray(first, last + 1));
  return { count: counts.reduce((sum, count) => sum + count, zeros), zeros, offset: first - CELL_OF_INDEX_0, counts };
}

/** As if every value of both had been counted in one. */
export function mergeHistograms(one: Histogram, other: Histogram): Histogram {
  const zeros = one.zeros + other.zeros;
  const count = one.count + other.count;
  if (one.counts.length === 0) return { ...other, count, zeros };
  if (other.counts.length === 0) return { ...one, count, zeros };
  const offset = Math.min(one.offset, other.offset);
  const end = Math.max(one.offset + one.counts.length, other.offset + other.counts.length);
  const counts = new Array<number>(end - offset).fill(0);
  for (const { offset: start, counts: more } of [one, other]) {
    more.forEach((value, index) => {
      counts[start - offset + index]! += value;
    });
  }
  return { count, zeros, offset, counts };
}

/** Upper bound of bucket `index`, in ticks. */
export function upperBound(index: number): number {
  return 2 ** ((index + 1) / BUCKETS_PER_OCTAVE);
}

/**
 * The value below which a share `share` (0 to 1) of the values lies, in ticks; NaN of an empty histogram. Inside a
 * bucket values are taken as spread evenly over the logarithm, so it is off by at most the bucket's width, 1.1 %.
 */
export function quantileOf(histogram: Histogram, share: number): number {
  if (histogram.count === 0) return Number.NaN;
  const rank = Math.min(Math.max(share, 0), 1) * histogram.count;
  let before = histogram.zeros;
  if (rank <= before && before > 0) return 0;
  for (const [index, count] of histogram.counts.entries()) {
    if (count > 0 && before + count >= rank) {
      const within = (rank - before) / count;
      return 2 ** ((histogram.offset + index + within) / BUCKETS_PER_OCTAVE);
    }
    before += count;
  }
  return upperBound(histogram.offset + histogram.counts.length - 1);
}

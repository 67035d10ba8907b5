/**
 * Buckets of any positive number, and histograms of such: the same buckets as those of clock ticks (histogram.ts), and the same
 * as in Go (go/histogram) and Rust (rust/src/histogram.rs), to the last bit. Merging adds counts and nothing is lost by it.
 * No command counts numbers so yet.
 */
import { BUCKET_BOUNDS } from './bucket-bounds-gen.ts';
import { BUCKETS_PER_OCTAVE, EMPTY, type Histogram, upperBound } from './histogram.ts';

/** A number told as its bucket's middle is off by at most this share of itself: (b − 1)/(b + 1), b = 2^(1/64). */
export const BUCKET_ERROR = (2 ** (1 / BUCKETS_PER_OCTAVE) - 1) / (2 ** (1 / BUCKETS_PER_OCTAVE) + 1);

/**
 * The index i with 2^(i/64) < value <= 2^((i+1)/64), exact for every positive finite double. Between two powers of two lie 63
 * irrational bounds; of the 128 equal parts no part holds more than one. RangeError for what is not positive and finite.
 */
export const bucketOf: (value: number) => number = makeBucketOf();

function makeBucketOf(): (value: number) => number {
  const parts = 128;
  const partWidth = 2 ** 45;
  /** Bounds below a part, and the bound inside it; Infinity where there is none. */
  const before = new Int32Array(parts);
  const inside = new Float64Array(parts).fill(Infinity);
  for (let part = 0; part < parts; part++) {
    before[part] = BUCKET_BOUNDS.filter((bound) => bound < part * partWidth).length;
    inside[part] =
      BUCKET_BOUNDS.find((bound) => bound >= part * partWidth && bound < (part + 1) * partWidth) ?? Infinity;
  }
  const view = new DataView(new ArrayBuffer(8));
  return (value) => {
    if (!(value > 0 && value < Infinity))
      throw new RangeError(`${value} has no bucket: it is not positive and finite.`);
    // Subnormal numbers have no leading one: lifted by 54 octaves they have.
    const lifted = value < 2 ** -1022;
    view.setFloat64(0, lifted ? value * 2 ** 54 : value);
    const high = view.getUint32(0);
    const exponent = (high >>> 20) - 1023 - (lifted ? 54 : 0);
    const mantissa = (high & 0xfffff) * 2 ** 32 + view.getUint32(4);
    // A power of two ends the bucket before it.
    if (mantissa === 0) return exponent * BUCKETS_PER_OCTAVE - 1;
    const part = (high & 0xfffff) >>> 13;
    return exponent * BUCKETS_PER_OCTAVE + before[part]! + (mantissa > inside[part]! ? 1 : 0);
  };
}

/** The number that is off by the same share, BUCKET_ERROR at most, from both ends of a bucket. */
export function bucketMiddle(index: number): number {
  const [low, high] = [upperBound(index - 1), upperBound(index)];
  return (2 * low * high) / (low + high);
}

/** A histogram of numbers that are zero or positive. RangeError for others. */
export function countValues(values: Iterable<number>): Histogram {
  const buckets = new Map<number, number>();
  let zeros = 0;
  let count = 0;
  for (const value of values) {
    count++;
    if (value === 0) zeros++;
    else {
      const index = bucketOf(value);
      buckets.set(index, (buckets.get(index) ?? 0) + 1);
    }
  }
  if (buckets.size === 0) return { ...EMPTY, count, zeros };
  const indices = [...buckets.keys()];
  const offset = indices.reduce((least, index) => Math.min(least, index), Infinity);
  const last = indices.reduce((most, index) => Math.max(most, index), -Infinity);
  const counts = Array.from({ length: last - offset + 1 }, (_, i) => buckets.get(offset + i) ?? 0);
  return { count, zeros, offset, counts };
}

/** The value of rank `rank` (1 the least), to within BUCKET_ERROR of itself. NaN for a rank that there is not. */
export function valueOfRank(histogram: Histogram, rank: number): number {
  if (!(rank >= 1 && rank <= histogram.count)) return Number.NaN;
  let seen = histogram.zeros;
  if (rank <= seen) return 0;
  for (const [i, count] of histogram.counts.entries()) {
    seen += count;
    if (rank <= seen) return bucketMiddle(histogram.offset + i);
  }
  return Number.NaN;
}

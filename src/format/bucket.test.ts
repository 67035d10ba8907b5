import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { BUCKET_ERROR, bucketMiddle, bucketOf, countValues, valueOfRank } from './bucket.ts';
import { BUCKET_BOUNDS } from './bucket-bounds-gen.ts';
import { CELL_OF_INDEX_0, cellOf, EMPTY, mergeHistograms } from './histogram.ts';

const SHARED = new URL('../../format/vectors/buckets/stream.json', import.meta.url);

describe('the bucket of a number', () => {
  test('is that of exact arithmetic for all of the stream shared with Go and Rust', () => {
    const { seed, values, checksum } = JSON.parse(readFileSync(SHARED, 'utf8'));
    let hash = 0x811c9dc5;
    let drawn = 0;
    for (const value of stream(seed, values)) {
      const index = bucketOf(value);
      for (const shift of [0, 8, 16, 24]) hash = Math.imul(hash ^ ((index >> shift) & 0xff), 0x01000193) >>> 0;
      drawn++;
    }
    expect(drawn).toBe(100_000);
    expect(hash).toBe(checksum);
  });

  test.each([
    [1, -1],
    [2, 63],
    [3, 101],
    [4, 127],
    [2 ** 31, 1983],
    [0.5, -65],
    [5e-324, -68737],
  ])('of %d is %i, as OpenTelemetry counts', (value, index) => {
    expect(bucketOf(value)).toBe(index);
  });

  test('is that of the same number as a clock tick', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), (ticks) => {
        expect(bucketOf(ticks)).toBe(cellOf(ticks) - CELL_OF_INDEX_0);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  test('holds the number between its bounds', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (value) => {
        const middle = bucketMiddle(bucketOf(value));
        expect(Math.abs(middle / value - 1)).toBeLessThan(BUCKET_ERROR * (1 + 1e-12));
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  test.each([0, -1, Infinity, Number.NaN])('%d has none', (value) => {
    expect(() => bucketOf(value)).toThrow('no bucket');
  });
});

describe('a histogram of numbers', () => {
  const numbers = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e3, noNaN: true })), {
    maxLength: 60,
  });

  test('merges as if all had been counted in one, in any order', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        const [one, two, three] = [countValues(a), countValues(b), countValues(c)];
        const whole = countValues([...a, ...b, ...c]);
        expect(mergeHistograms(mergeHistograms(one, two), three)).toEqual(whole);
        expect(mergeHistograms(one, mergeHistograms(three, two))).toEqual(whole);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('tells the value of any rank to .54 %', () => {
    const random = createRandom(4);
    const values = Float64Array.from({ length: 20_000 }, () => 1e-3 * Math.exp(random.normal())).sort();
    const histogram = countValues(values);
    const errors = values.map((value, i) => Math.abs(valueOfRank(histogram, i + 1) / value - 1));
    expect(Math.max(...errors)).toBeLessThanOrEqual(BUCKET_ERROR);
    expect(BUCKET_ERROR).toBeCloseTo(0.005415, 6);
  });

  test('of nothing is empty, of zeros has only zeros', () => {
    expect(countValues([])).toEqual(EMPTY);
    expect(valueOfRank(countValues([0, 0, 1]), 2)).toBe(0);
    expect(valueOfRank(EMPTY, 1)).toBeNaN();
  });
});

/** Hard cases: scripts/layout/buckets.ts describes them, Go and Rust draw the same. */
function* stream(seed: number, values: number): Generator<number> {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const view = new DataView(new ArrayBuffer(8));
  const fromBits = (bits: bigint): number => {
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  };
  for (let i = 0; i < values; i++) {
    const [a, b] = [next(), next()];
    const step = BigInt((a >>> 8) % 3) - 1n;
    if (a % 4 === 0) yield b + 1;
    else if (a % 4 === 1) yield fromBits((BigInt((b % 2046) + 1) << 52n) + step);
    else if (a % 4 === 2)
      yield fromBits((BigInt(((b >>> 6) % 2046) + 1) << 52n) + BigInt(BUCKET_BOUNDS[b % 63]!) + step);
    else yield fromBits((BigInt((a >>> 8) % 2047) << 52n) | (BigInt(b & 0xfffff) << 32n) | BigInt(next()));
  }
}

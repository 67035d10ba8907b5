import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUCKETS_PER_OCTAVE,
  CELL_OF_INDEX_0,
  CELLS,
  COARSE_CELLS,
  cellOf,
  EMPTY,
  type Histogram,
  histogramOf,
  mergeHistograms,
  octaveBounds,
  quantileOf,
  upperBound,
} from './histogram.ts';

/** ceil(64 log2 v) - 1 in whole numbers: the least i for which v^64 <= 2^(i+1). */
function exactIndex(value: bigint): number {
  return (value ** BigInt(BUCKETS_PER_OCTAVE) - 1n).toString(2).length - (value === 1n ? 2 : 1);
}

function histogramFrom(values: readonly number[]): Histogram {
  const cells = new Uint32Array(CELLS);
  for (const value of values) cells[cellOf(value)]!++;
  return histogramOf(cells);
}

const ticks = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0, max: 5000 }),
  // Around powers of two and around bounds, where a rounding would show.
  fc
    .tuple(fc.integer({ min: 0, max: 31 * BUCKETS_PER_OCTAVE }), fc.integer({ min: -2, max: 2 }))
    .map(([bound, step]) => Math.min(0xffffffff, Math.max(0, Math.floor(2 ** (bound / BUCKETS_PER_OCTAVE)) + step))),
);

describe('the bucket of a value', () => {
  test('is the one that the exact formula gives, for any 32 bits', () => {
    fc.assert(
      fc.property(ticks, (value) => {
        const expected = value === 0 ? 0 : exactIndex(BigInt(value)) + CELL_OF_INDEX_0;
        expect(cellOf(value)).toBe(expected);
      }),
      { seed: 64, numRuns: 5000 },
    );
  });

  test('is the exact one for every value up to 5,000 and around every power of two', () => {
    const powers = Array.from({ length: 32 }, (_, power) => 2 ** power);
    const values = [
      ...Array.from({ length: 5000 }, (_, index) => index + 1),
      ...powers.flatMap((power) => [power - 1, power, power + 1]),
      0xffffffff,
    ];
    const wrong = values.filter((value) => value > 0 && cellOf(value) !== exactIndex(BigInt(value)) + CELL_OF_INDEX_0);
    expect(wrong).toEqual([]);
  });

  test.each([
    [1, -1],
    [2, 63],
    [4, 127],
    [3, 101],
    [2 ** 31, 1983],
    [0xffffffff, 2047],
  ])('of %i is %i, as OpenTelemetry counts', (value, index) => {
    expect(cellOf(value) - CELL_OF_INDEX_0).toBe(index);
  });

  test('of a coarse value is that of the value shifted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), (value) => {
        expect(cellOf(value) + COARSE_CELLS - CELL_OF_INDEX_0).toBe(exactIndex(BigInt(value) << 10n));
      }),
      { seed: 65, numRuns: 1000 },
    );
    expect(cellOf(0xffffffff) + COARSE_CELLS).toBeLessThan(CELLS);
  });

  test('rests on bounds that are whole-number floors of the irrational ones', () => {
    const bounds = octaveBounds();
    expect(bounds).toHaveLength(63);
    for (const [index, bound] of bounds.entries()) {
      const limit = 1n << BigInt(31 * 64 + index + 1);
      const value = (1n << 31n) + BigInt(bound);
      expect(value ** 64n < limit && limit < (value + 1n) ** 64n).toBe(true);
    }
  });
});

describe('a histogram', () => {
  test('of two sets merged is the histogram of both', () => {
    fc.assert(
      fc.property(fc.array(ticks), fc.array(ticks), (one, other) => {
        const merged = mergeHistograms(histogramFrom(one), histogramFrom(other));
        expect(merged).toEqual(histogramFrom([...one, ...other]));
        expect(merged.count).toBe(one.length + other.length);
      }),
      { seed: 66, numRuns: 300 },
    );
  });

  test('has quantiles within a bucket of those of the values', () => {
    fc.assert(
      fc.property(fc.array(ticks, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const rank = Math.max(1, Math.ceil(share * values.length));
        const exact = sorted[rank - 1]!;
        const width = 2 ** (1 / BUCKETS_PER_OCTAVE);
        const quantile = quantileOf(histogramFrom(values), share);
        expect(quantile).toBeGreaterThanOrEqual((exact / width) * (1 - 1e-12));
        expect(quantile).toBeLessThanOrEqual(exact * width * (1 + 1e-12));
      }),
      { seed: 67, numRuns: 500 },
    );
  });

  test('never has a lower quantile for a larger share', () => {
    fc.assert(
      fc.property(fc.array(ticks, { minLength: 1 }), (values) => {
        const histogram = histogramFrom(values);
        const quantiles = [0, 0.1, 0.5, 0.9, 0.99, 1].map((share) => quantileOf(histogram, share));
        expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
      }),
      { seed: 68, numRuns: 200 },
    );
  });

  test('of nothing has no quantile', () => {
    expect(histogramFrom([])).toEqual(EMPTY);
    expect(quantileOf(EMPTY, 0.5)).toBeNaN();
  });

  test('of zeros is zero throughout', () => {
    expect(quantileOf(histogramFrom([0, 0]), 0.99)).toBe(0);
  });

  test('spreads a bucket over its logarithm', () => {
    const histogram = { count: 4, zeros: 0, offset: 64, counts: [4] };
    expect(quantileOf(histogram, 0)).toBe(2);
    expect(quantileOf(histogram, 0.5)).toBeCloseTo(2 ** (64.5 / 64), 12);
    expect(quantileOf(histogram, 1)).toBe(upperBound(64));
  });
});

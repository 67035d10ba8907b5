import { describe, expect, test } from 'vitest';
import { bcaInterval, bootstrap, leaveOneOut, percentileInterval, studentisedInterval } from './bootstrap.ts';
import { mean, median } from './quantile.ts';
import { createRandom } from './random.ts';
import { resampleMeans } from './resample.ts';

/** Average LSAT score and grade of 15 law schools (Efron & Tibshirani 1993, table 3.1). */
const SCHOOLS = [
  [576, 3.39],
  [635, 3.3],
  [558, 2.81],
  [578, 3.03],
  [666, 3.44],
  [580, 3.07],
  [555, 3.0],
  [661, 3.43],
  [651, 3.36],
  [605, 3.13],
  [653, 3.12],
  [575, 2.74],
  [545, 2.76],
  [572, 2.88],
  [594, 2.96],
] as const;

/** Hours between failures of an aeroplane's air conditioning (Proschan 1963; `aircondit` of R's boot). */
const HOURS = [3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487];

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const [x, y] = [mean(pairs.map((pair) => pair[0])), mean(pairs.map((pair) => pair[1]))];
  const products = (a: 0 | 1, b: 0 | 1, [ma, mb]: readonly [number, number]) =>
    pairs.reduce((sum, pair) => sum + (pair[a] - ma) * (pair[b] - mb), 0);
  return products(0, 1, [x, y]) / Math.sqrt(products(0, 0, [x, x]) * products(1, 1, [y, y]));
}

const meanWithError = (values: readonly number[]) => {
  const estimate = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
  return { estimate, standardError: Math.sqrt(squares) / values.length };
};

describe('the correlation of the law schools (Efron & Tibshirani 1993)', () => {
  test('is .7763744913', () => {
    expect(correlation(SCHOOLS)).toBeCloseTo(0.7763744913, 10);
  });

  test('lies in [.46, .96] by percentiles and in [.33, .94] by BCa', () => {
    const options = { seed: 1, resamples: 19_999 };
    const plain = bootstrap(SCHOOLS, correlation, { ...options, kind: 'percentile' });
    expect(Math.abs(plain.low - 0.46)).toBeLessThan(0.02);
    expect(Math.abs(plain.high - 0.96)).toBeLessThan(0.02);
    const corrected = bootstrap(SCHOOLS, correlation, options);
    expect(Math.abs(corrected.low - 0.33)).toBeLessThan(0.02);
    expect(Math.abs(corrected.high - 0.94)).toBeLessThan(0.02);
    expect(corrected.estimate).toBe(correlation(SCHOOLS));
  });
});

describe("the mean of the air conditioning's hours (Davison & Hinkley 1997, R's boot)", () => {
  test('lies in [47, 290] studentised', () => {
    const { low, high } = studentisedInterval(HOURS, meanWithError, { seed: 2, resamples: 39_999 });
    expect(Math.abs(low - 47)).toBeLessThan(3);
    expect(Math.abs(high - 290)).toBeLessThan(3);
  });

  test('lies in [57, 224] by BCa', () => {
    // 999 resamples were published; of endlessly many the end is 226.3.
    const replicates = resampleMeans(HOURS, 1_999_999, createRandom(3));
    const { low, high } = bcaInterval(replicates, { observed: mean(HOURS), leftOut: leaveOneOut(HOURS, mean) });
    expect(Math.abs(low - 57)).toBeLessThan(3);
    expect(Math.abs(high - 224)).toBeLessThan(3);
  });
});

test('percentiles are those of the replicates, counted as if there were one more', () => {
  const replicates = Array.from({ length: 999 }, (_, i) => ((i * 7) % 999) + 1);
  const { low, high } = percentileInterval(replicates, 0.95);
  expect(low).toBeCloseTo(25, 9);
  expect(high).toBeCloseTo(975, 9);
});

test('the same seed gives the same interval, another seed another', () => {
  const run = (seed: number) => bootstrap(HOURS, median, { seed, resamples: 199 });
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

test('blocks that are all alike have an interval of no width, and no studentised one', () => {
  expect(bootstrap([4, 4, 4, 4], mean, { seed: 1, resamples: 99 })).toEqual({ estimate: 4, low: 4, high: 4 });
  expect(() => studentisedInterval([4, 4, 4], meanWithError, { seed: 1 })).toThrow('do not vary');
});

test('what can give no interval is refused', () => {
  expect(() => bootstrap([1], mean, { seed: 1 })).toThrow('there are 1');
  expect(() => bootstrap([1, 2, 3], () => Number.NaN, { seed: 1 })).toThrow('not a number');
  expect(() => percentileInterval([], 0.95)).toThrow('no resamples');
  expect(() => percentileInterval([1, 2], 95)).toThrow('between 0 and 1');
  expect(() => bcaInterval([1, 2, 3], { observed: 0, leftOut: [1, 2] })).toThrow('one side');
  expect(() => bcaInterval([1, 2, 3], { observed: 2, leftOut: [1, Number.NaN] })).toThrow('not a finite number');
});

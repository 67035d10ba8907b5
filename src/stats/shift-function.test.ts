import { expect, test } from 'vitest';
import { countValues } from '../format/bucket.ts';
import { quantileOf } from '../format/histogram.ts';
import { quantile } from './quantile.ts';
import { createRandom } from './random.ts';
import { shiftFunction } from './shift-function.ts';

const QUANTILES = [0.1, 0.5, 0.9, 0.99];

/** Rows of two programs; the second is slower by 10 % in its slowest twentieth alone. */
function tailRegression(blocks: number, read: (times: readonly number[], q: number) => number): number[][] {
  const random = createRandom(1);
  const times = (slowTail: boolean) => {
    const process = Math.exp(0.01 * random.normal());
    return Array.from({ length: 1000 }, () => {
      const z = random.normal();
      return 1e-3 * process * Math.exp(0.15 * z) * (slowTail && z > 1.645 ? 1.1 : 1);
    });
  };
  return Array.from({ length: blocks }, () => {
    const [baseline, candidate] = [times(false), times(true)];
    return QUANTILES.map((q) => Math.log(read(candidate, q) / read(baseline, q)));
  });
}

test('a change of the slowest operations alone is seen there and nowhere else', () => {
  const shifts = shiftFunction(tailRegression(30, quantile), { alpha: 0.05, seed: 1 });
  expect(shifts.map(({ low, high }) => low > 0 || high < 0)).toEqual([false, false, false, true]);
  const last = shifts[3]!;
  expect(last.low).toBeLessThan(Math.log(1.1));
  expect(last.high).toBeGreaterThan(Math.log(1.1));
});

test('from histograms it is the same, a bucket wider on each side for each arm', () => {
  const bucket = Math.LN2 / 64;
  const read = (times: readonly number[], q: number) => quantileOf(countValues(times), q);
  const options = { alpha: 0.05, seed: 1 };
  const raw = shiftFunction(tailRegression(30, quantile), options);
  const told = shiftFunction(tailRegression(30, read), { ...options, error: 2 * bucket });
  told.forEach((shift, i) => {
    expect(Math.abs(shift.centre - raw[i]!.centre)).toBeLessThan(2 * bucket);
    expect(shift.low).toBeLessThan(raw[i]!.centre);
    expect(shift.high).toBeGreaterThan(raw[i]!.centre);
  });
});

test('too few blocks give no band, and rows that say nothing are refused', () => {
  const rows = [[0.1], [0.2], [0.15]];
  expect(shiftFunction(rows, { alpha: 0.05, seed: 1 })).toEqual([
    { centre: expect.closeTo(0.15, 12), low: -Infinity, high: Infinity },
  ]);
  expect(() => shiftFunction([[Number.NaN], [1]], { alpha: 0.05, seed: 1 })).toThrow(RangeError);
  expect(() => shiftFunction([], { alpha: 0.05, seed: 1 })).toThrow(RangeError);
});

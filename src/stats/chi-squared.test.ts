import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpper } from './chi-squared.ts';

const relative = (a: number, b: number) => Math.abs(a / b - 1);

/** From mpmath at 40 digits. */
test.each([
  [0.5, 0.5, 0.7436779447314611, 0.25632205526853896],
  [3.84, 1, 0.9499564787512949, 0.050043521248705106],
  [200, 100, 0.9999999882154993, 1.1784500720979422e-8],
  [1e-5, 3, 8.410416508787036e-9, 0.9999999915895835],
  [40, 2, 0.9999999979388464, 2.061153622438558e-9],
  [900, 1000, 0.010717238091289742, 0.9892827619087102],
  [1300, 1000, 0.9999999996110264, 3.8897364994868526e-10],
])('P(X <= %d) with %d degrees of freedom is %d, and %d lie above', (x, df, below, above) => {
  expect(relative(chiSquaredCdf(x, df), below)).toBeLessThan(1e-11);
  expect(relative(chiSquaredUpper(x, df), above)).toBeLessThan(1e-11);
});

test('the quantile undoes the distribution, far into the lower tail', () => {
  const logP = fc.double({ min: -100, max: Math.log10(0.999), noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 2000, noNaN: true }), logP, (df, exponent) => {
      const p = 10 ** exponent;
      fc.pre(chiSquaredQuantile(p, df) > 1e-300);
      expect(relative(chiSquaredCdf(chiSquaredQuantile(p, df), df), p)).toBeLessThan(1e-9);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('the ends are zero and infinity, and no probability is not a number', () => {
  expect([chiSquaredQuantile(0, 3), chiSquaredQuantile(1, 3), chiSquaredQuantile(-1, 3), chiSquaredCdf(-1, 3)]).toEqual(
    [0, Infinity, Number.NaN, 0],
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fCdf, fQuantile, fUpper } from './fisher-f.ts';

const relative = (a: number, b: number) => Math.abs(a / b - 1);

/** From mpmath at 40 digits. */
test.each([
  [3.3, 2, 27, 0.9477807570442518, 0.052219242955748216],
  [0.01, 5, 7, 4.544318498315391e-5, 0.9999545568150169],
  [161.4476, 1, 1, 0.9499999940169079, 0.050000005983092066],
  [15.946733567793, 1, 46, 0.9997673155516611, 0.00023268444833892546],
  [1.18046237440255, 4, 20, 0.6505525065978073, 0.3494474934021927],
])('P(F <= %d) with %d and %d degrees of freedom is %d, and %d lie above', (x, df1, df2, below, above) => {
  expect(relative(fCdf(x, df1, df2), below)).toBeLessThan(1e-12);
  expect(relative(fUpper(x, df1, df2), above)).toBeLessThan(1e-12);
});

test('the quantile undoes the distribution', () => {
  const df = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(df, df, fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (df1, df2, p) => {
      expect(relative(fCdf(fQuantile(p, df1, df2), df1, df2), p)).toBeLessThan(1e-9);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('what lies below zero or beyond everything has its share', () => {
  expect([fCdf(-1, 2, 3), fUpper(-1, 2, 3), fCdf(Infinity, 2, 3), fQuantile(0, 2, 3), fQuantile(1, 2, 3)]).toEqual([
    0,
    1,
    1,
    0,
    Infinity,
  ]);
  expect([fCdf(1, 0, 3), fQuantile(2, 1, 1)]).toEqual([Number.NaN, Number.NaN]);
});

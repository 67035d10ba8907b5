import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

const relative = (a: number, b: number) => Math.abs(a / b - 1);

test.each([
  [-10, 7.619853024160527e-24],
  [-1.959963984540054, 0.025],
  [0, 0.5],
  [1.6448536269514722, 0.95],
])('P(Z <= %d) is %d', (x, p) => {
  expect(relative(normalCdf(x), p)).toBeLessThan(1e-13);
});

test.each([
  [1e-10, -6.361340902404],
  [0.025, -1.959963984540054],
  [0.975, 1.959963984540054],
  [0.8, 0.8416212335729143],
])('the quantile of %d is %d', (p, x) => {
  expect(relative(normalQuantile(p), x)).toBeLessThan(1e-12);
});

test('the quantile undoes the distribution, far into the tail', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 5, noNaN: true }), (x) => {
      expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-9);
    }),
    { seed: 1 },
  );
});

test('series and continued fraction meet without a step', () => {
  expect(relative(normalCdf(-3 + 1e-12), normalCdf(-3 - 1e-12))).toBeLessThan(1e-10);
});

test('the ends are infinite and what is no probability is not a number', () => {
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(1.5)]).toEqual([-Infinity, Infinity, Number.NaN]);
});

import { expect, test } from 'vitest';
import { logBeta } from './beta.ts';
import { logGamma } from './gamma.ts';

const relative = (a: number, b: number) => Math.abs(a / b - 1);

/** From mpmath at 40 digits. */
test.each([
  [1e-8, 18.42068073818021],
  [0.1, 2.252712651734206],
  [1.5, -0.12078223763524522],
  [5, 3.1780538303479458],
  [11.9, 17.25847745059552],
  [12, 17.502307845873887],
  [100, 359.1342053695754],
  [1e6, 12815504.56914761],
])('the logarithm of gamma of %d is %d', (x, value) => {
  expect(relative(logGamma(x), value)).toBeLessThan(1e-13);
});

test.each([
  [0.5, 0.5, 1.1447298858494002],
  [1e6, 0.5, -6.335390211057437],
  [300, 200, -337.98011306546465],
  [2.5, 40, -8.983627339298152],
])('the logarithm of beta of %d and %d is %d', (a, b, value) => {
  expect(relative(logBeta(a, b), value)).toBeLessThan(1e-13);
});

test('factorials come out, and what has no gamma is not a number', () => {
  expect(Math.exp(logGamma(11))).toBeCloseTo(3628800, 5);
  expect([logGamma(0), logGamma(-1.5), logGamma(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

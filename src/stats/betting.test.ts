import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bettingInterval, bettingWealth, startBetting } from './betting.ts';
import { createRandom } from './random.ts';

/** Differences of R's `sleep`. */
const SLEEP = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];

test("the fortunes of R's sleep data are those of the method's test vector", () => {
  const { up, down } = bettingWealth(SLEEP, 0);
  expect(up.map((value) => value.toFixed(6))).toEqual(
    [1.44, 2.132, 3.238272, 5.031753, 5.031753, 8.709609, 15.408151, 27.083964, 49.431813, 89.371501].map((value) =>
      value.toFixed(6),
    ),
  );
  expect(down.map((value) => value.toFixed(6))).toEqual(
    [0.56, 0.372, 0.273728, 0.213577, 0.213577, 0.16236, 0.128409, 0.10518, 0.086257, 0.072139].map((value) =>
      value.toFixed(6),
    ),
  );
});

test('zero leaves the interval with the ninth value, when the fortune passes 40', () => {
  expect(bettingInterval(SLEEP.slice(0, 8), 0.05).low).toBeLessThan(0);
  expect(bettingInterval(SLEEP.slice(0, 9), 0.05).low).toBeGreaterThan(0);
});

test('the interval holds exactly the centres that no prefix refutes', () => {
  const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.constantFrom(0.05, 0.5), (drawn, alpha) => {
      const { low, high, empty } = bettingInterval(drawn, alpha);
      fc.pre(!empty);
      const refuted = (theta: number, side: 'up' | 'down') =>
        Math.max(...bettingWealth(drawn, theta)[side]) >= 2 / alpha;
      if (low > -Infinity) expect([refuted(low - 1e-6, 'up'), refuted(low + 1e-6, 'up')]).toEqual([true, false]);
      if (high < Infinity) expect([refuted(high + 1e-6, 'down'), refuted(high - 1e-6, 'down')]).toEqual([true, false]);
    }),
    { seed: 9, numRuns: 200 },
  );
});

test('turning the values round turns the interval round', () => {
  const random = createRandom(3);
  const x = Array.from({ length: 80 }, () => 0.01 + 0.02 * random.normal());
  const [plain, turned] = [
    bettingInterval(x, 0.05),
    bettingInterval(
      x.map((value) => -value),
      0.05,
    ),
  ];
  expect(turned.low).toBeCloseTo(-plain.high, 10);
  expect(turned.high).toBeCloseTo(-plain.low, 10);
  expect(turned.wealthUp).toBe(plain.wealthDown);
});

test('an interval never widens', () => {
  const random = createRandom(4);
  const betting = startBetting(0.05);
  let before = { low: -Infinity, high: Infinity };
  for (let i = 0; i < 300; i++) {
    const now = betting.add(random.normal());
    expect(now.low).toBeGreaterThanOrEqual(before.low);
    expect(now.high).toBeLessThanOrEqual(before.high);
    before = now;
  }
  expect(before.high - before.low).toBeLessThan(0.6);
});

test('a centre that moves leaves none, which is said, and the last interval stays', () => {
  const random = createRandom(5);
  const at = (centre: number) => Array.from({ length: 60 }, () => centre + 0.1 * random.normal());
  const settled = at(0);
  const { low, high, empty } = bettingInterval([...settled, ...at(5)], 0.05);
  expect(empty).toBe(true);
  expect(low).toBeLessThan(high);
});

test('values that are all alike give a point, not a fault', () => {
  const { low, high, empty } = bettingInterval(new Array<number>(40).fill(0.3), 0.05);
  expect(empty).toBe(false);
  expect(low).toBeCloseTo(0.3, 9);
  expect(high).toBeCloseTo(0.3, 9);
});

test('nothing seen refutes nothing', () => {
  expect(bettingInterval([], 0.05)).toEqual({
    low: -Infinity,
    high: Infinity,
    wealthUp: 1,
    wealthDown: 1,
    empty: false,
  });
});

test.each([Number.NaN, Infinity])('%d is refused by its place', (value) => {
  expect(() => bettingInterval([1, value], 0.05)).toThrow(`Value 2 is ${value}`);
});

test('a level outside 0 to 1 is refused', () => {
  expect(() => startBetting(1)).toThrow('The level is 1');
});

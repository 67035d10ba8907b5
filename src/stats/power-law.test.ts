import { expect, test } from 'vitest';
import { fitPowerLaw, fitPowerLawTo, powerLawAt } from './power-law.ts';
import { createRandom } from './random.ts';

const SIZES = Array.from({ length: 13 }, (_, i) => 2 ** (4 + i));

function draw(exponent: number, { fixed = 64 ** exponent, noise = 0.05, repeats = 5, seed = 1 } = {}) {
  const random = createRandom(seed, 'growth');
  const x = SIZES.flatMap((size) => new Array<number>(repeats).fill(size));
  return { x, y: x.map((size) => 1e-9 * (fixed + size ** exponent) * Math.exp(noise * random.normal())) };
}

test.each([0.5, 1, 1.1, 1.6, 2])(
  'a curve without noise of exponent %s is found again, its fixed cost too',
  (exponent) => {
    const { x, y } = draw(exponent, { noise: 0 });
    const fit = fitPowerLaw(x, y);
    expect(fit.exponent).toBeCloseTo(exponent, 4);
    expect(fit.fixed / (1e-9 * 64 ** exponent)).toBeCloseTo(1, 3);
    expect(powerLawAt(fit, 1000) / (1e-9 * (64 ** exponent + 1000 ** exponent))).toBeCloseTo(1, 4);
  },
);

test('without a fixed cost it is a plain power, and the cost stays at nought', () => {
  const fit = fitPowerLaw(
    SIZES,
    SIZES.map((size) => 3e-9 * size ** 1.3),
  );
  expect(fit.exponent).toBeCloseTo(1.3, 4);
  expect(fit.fixed / fit.factor).toBeLessThan(1e-3);
});

test('linear growth with a fixed cost is not called superlinear, 1.1 is', () => {
  const linear = fitPowerLaw(...pair(draw(1)));
  expect(linear.superlinear).not.toBe('yes');
  expect(linear.low).toBeLessThan(1);
  const more = fitPowerLaw(...pair(draw(1.1)));
  expect(more.superlinear).toBe('yes');
  expect(more.low).toBeGreaterThan(1);
  expect(more.high).toBeGreaterThan(1.1);
});

test('growth well below linear is said not to be superlinear, and so is linear growth measured well', () => {
  expect(fitPowerLaw(...pair(draw(0.6))).superlinear).toBe('no');
  expect(fitPowerLaw(...pair(draw(1, { noise: 0.01 }))).superlinear).toBe('no');
});

test('times that do not grow leave the exponent open', () => {
  const fit = fitPowerLaw(
    SIZES,
    SIZES.map((_, i) => 1e-6 * (1 + 1e-3 * (i % 2))),
  );
  expect(fit.low).toBe(-Infinity);
  expect(fit.superlinear).toBe('undecided');
});

test('the interval holds the exponent about 95 times in 100', () => {
  let held = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { low, high } = fitPowerLaw(...pair(draw(1.2, { seed })));
    if (low <= 1.2 && 1.2 <= high) held++;
  }
  expect(held).toBeGreaterThanOrEqual(180);
});

test('a jump that no such curve has is told by the fit, and widens the interval', () => {
  const { x, y } = draw(1, { noise: 0.01 });
  const jumped = y.map((time, i) => (x[i]! >= 4096 ? 1.6 * time : time));
  const fit = fitPowerLaw(x, jumped);
  expect(fit.fitP).toBeLessThan(0.01);
  const smooth = fitPowerLaw(x, y);
  expect(smooth.fitP).toBeGreaterThan(0.01);
  expect(fit.high - fit.low).toBeGreaterThan(3 * (smooth.high - smooth.low));
});

test.each([
  [[1, 2, 3], [1, 2, 3], /4 sizes or more/],
  [[1, 2, 3, 0], [1, 2, 3, 4], /above zero/],
  [[1, 2, 3, 4], [1, 2, -3, 4], /above zero/],
])('sizes %s with times %s are refused', (x, y, reason) => {
  expect(() => fitPowerLaw(x, y)).toThrow(reason);
});

test.each([
  [{ x: 0, meanLog: 1, count: 1 }],
  [{ x: 8, meanLog: Number.NaN, count: 1 }],
  [{ x: 8, meanLog: 1, count: 0 }],
])('a level of %j is refused', (bad) => {
  const points = [1, 2, 4].map((x) => ({ x, meanLog: x, count: 1 }));
  expect(() => fitPowerLawTo([...points, bad], { squares: 1, freedom: 3 })).toThrow(/above zero/);
});

const pair = ({ x, y }: { x: readonly number[]; y: readonly number[] }) => [x, y] as const;

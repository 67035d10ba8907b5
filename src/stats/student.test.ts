import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean } from './quantile.ts';
import { studentCdf, studentDensity, studentQuantile } from './student.ts';

const relative = (a: number, b: number) => Math.abs(a / b - 1);

/** From mpmath at 40 digits; R agrees. */
test.each([
  [-40, 3, 1.7190340394579263e-5],
  [-2, 1, 0.14758361765043326],
  [-2.5, 4.7, 0.028796079673433648],
  [1.5, 30, 0.927967035435677],
  [-6, 1000, 1.3776845866887345e-9],
  [-1e-3, 5, 0.4996203933860988],
  [-1e8, 2, 4.999999999999999e-17],
  [-5, 1e6, 2.866998935445371e-7],
])('P(t <= %d) with %d degrees of freedom is %d', (t, df, p) => {
  expect(relative(studentCdf(t, df), p)).toBeLessThan(1e-10);
});

test.each([
  [0.975, 5, 2.570581835636314],
  [1e-12, 3, -10331.108244292485],
  [0.025, 2.5, -3.574654842003683],
  [0.499, 8, -0.0025859937565768393],
  [0.9, 1, 3.077683537175254],
  [0.975, 1e6, 1.9599663568141068],
  [1e-200, 4, -1.3160740129524924e50],
  [0.5, 7, 0],
])('the quantile of %d with %d degrees of freedom is %d', (p, df, t) => {
  if (t === 0) expect(studentQuantile(p, df)).toBe(0);
  else expect(relative(studentQuantile(p, df), t)).toBeLessThan(1e-10);
});

test('the quantile undoes the distribution, whatever the degrees of freedom', () => {
  const logDf = fc.double({ min: -0.3, max: 5, noNaN: true });
  const logTail = fc.double({ min: -60, max: Math.log10(0.5), noNaN: true });
  fc.assert(
    fc.property(logDf, logTail, (a, b) => {
      const [df, p] = [10 ** a, 10 ** b];
      expect(relative(studentCdf(studentQuantile(p, df), df), p)).toBeLessThan(1e-8);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('the density is the slope of the distribution', () => {
  for (const [t, df] of [
    [0.3, 2],
    [-4, 7.5],
  ] as const) {
    const slope = (studentCdf(t + 1e-5, df) - studentCdf(t - 1e-5, df)) / 2e-5;
    expect(relative(slope, studentDensity(t, df))).toBeLessThan(1e-7);
  }
});

test('endless degrees of freedom are the normal, the ends are infinite, and no probability is not a number', () => {
  expect(studentCdf(-1.959963984540054, Infinity)).toBeCloseTo(0.025, 14);
  expect([studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
  expect([studentQuantile(1.1, 3), studentCdf(1, 0), studentCdf(Number.NaN, 3)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});

test("a paired t test of R's sleep has its published p-value and interval", () => {
  const x = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const centre = mean(x);
  const error = Math.sqrt(x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 9 / 10);
  expect(relative(centre / error, 4.062127683)).toBeLessThan(1e-9);
  expect(relative(2 * studentCdf(-centre / error, 9), 0.002832890197)).toBeLessThan(1e-9);
  const reach = studentQuantile(0.975, 9) * error;
  expect(relative(centre - reach, 0.7001142367)).toBeLessThan(1e-9);
  expect(relative(centre + reach, 2.459885763)).toBeLessThan(1e-9);
});

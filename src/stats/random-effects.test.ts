import { expect, test } from 'vitest';
import { regressEffects } from './meta-regression.ts';
import { createRandom } from './random.ts';
import { poolEffects, tauInterval } from './random-effects.ts';

/** Thirteen trials of the BCG vaccine (Colditz et al. 1994; metafor's dat.bcg): cases and others, vaccinated and not; latitude. */
const BCG = [
  [4, 119, 11, 128, 44],
  [6, 300, 29, 274, 55],
  [3, 228, 11, 209, 42],
  [62, 13536, 248, 12619, 52],
  [33, 5036, 47, 5761, 13],
  [180, 1361, 372, 1079, 44],
  [8, 2537, 10, 619, 19],
  [505, 87886, 499, 87892, 13],
  [29, 7470, 45, 7232, 27],
  [17, 1699, 65, 1600, 42],
  [186, 50448, 141, 27197, 18],
  [5, 2493, 3, 2338, 33],
  [27, 16886, 29, 17825, 33],
] as const;
const Y = BCG.map(([a, b, c, d]) => Math.log(a / (a + b) / (c / (c + d))));
const V = BCG.map(([a, b, c, d]) => 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
const LATITUDE = BCG.map((trial) => [trial[4]]);

const near = (seen: number, expected: number, relative = 1e-6) =>
  expect(Math.abs(seen / expected - 1)).toBeLessThan(relative);

test('the effects of the BCG trials are those of metafor', () => {
  near(Y[0]!, -0.88931133392);
  near(V[0]!, 0.325584765004);
});

test('fixed effect (metafor)', () => {
  const fixed = poolEffects(Y, V, { method: 'FE', interval: 'z' });
  near(fixed.estimate, -0.4302851637);
  near(fixed.error, 0.04049875171);
  near(fixed.q, 152.2330081);
  expect(fixed.tau2).toBe(0);
});

test.each([
  ['DL', 0.3087602629],
  ['ML', 0.280028171],
  ['REML', 0.313243326],
  ['SJ', 0.3455157016],
] as const)('the spread between trials by %s (metafor)', (method, tau2) => {
  near(poolEffects(Y, V, { method }).tau2, tau2);
});

test('the spread by Paule and Mandel: metafor to the digits at which it stops, and what it is defined by', () => {
  const { tau2 } = poolEffects(Y, V, { method: 'PM' });
  near(tau2, 0.3180937119, 1e-4);
  const weights = V.map((variance) => 1 / (variance + tau2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = Y.reduce((sum, effect, i) => sum + weights[i]! * effect, 0) / total;
  near(
    Y.reduce((sum, effect, i) => sum + weights[i]! * (effect - centre) ** 2, 0),
    12,
    1e-10,
  );
});

test.each([
  ['DL', -0.7141172221, 0.1787420895, 0.9211734685],
  ['REML', -0.7145323484, 0.1797815318, 0.9222138607],
] as const)('estimate, error and I² by %s (metafor)', (method, estimate, error, i2) => {
  const pooled = poolEffects(Y, V, { method, interval: 'z' });
  near(pooled.estimate, estimate);
  near(pooled.error, error);
  near(pooled.i2, i2);
});

test('Hartung-Knapp and the prediction interval (metafor, knha)', () => {
  const pooled = poolEffects(Y, V);
  near(pooled.error, 0.1807917455);
  near(pooled.estimate / pooled.error, -3.95223989);
  near(pooled.pValue, 0.001920015);
  near(pooled.low, -1.108443723);
  near(pooled.high, -0.3206209737);
  near(pooled.prediction.low, -1.996016967);
  near(pooled.prediction.high, 0.5669522703);
  const dl = poolEffects(Y, V, { method: 'DL' });
  near(dl.low, -1.107821354);
  near(dl.high, -0.32041309);
});

test('the interval of the spread by Q-profile (metafor)', () => {
  const { low, high } = tauInterval(Y, V);
  expect(low).toBeCloseTo(0.1197, 4);
  expect(high).toBeCloseTo(1.1115, 4);
});

test('regression on latitude by REML and by DL (metafor, REML to the digits at which it stops)', () => {
  const reml = regressEffects(Y, V, LATITUDE);
  near(reml.coefficients[0]!, 0.2514642944, 1e-4);
  near(reml.errors[0]!, 0.2491036664, 1e-4);
  near(reml.coefficients[1]!, -0.02910166093, 1e-4);
  near(reml.errors[1]!, 0.007195554757, 1e-4);
  near(reml.tau2, 0.07635469471, 1e-4);
  near(reml.r2, 0.7562447836, 1e-4);
  const dl = regressEffects(Y, V, LATITUDE, 'DL');
  near(dl.coefficients[0]!, 0.2595437124);
  near(dl.coefficients[1]!, -0.02922873876);
  near(dl.tau2, 0.06330050243);
});

test('no spread makes the trials likelier, latitude known, than the one that REML finds', () => {
  const best = regressEffects(Y, V, LATITUDE).tau2;
  for (const other of [0.999, 0.9999, 1.0001, 1.001]) {
    expect(restrictedLikelihood(best)).toBeGreaterThan(restrictedLikelihood(other * best));
  }
  expect(restrictedLikelihood(best)).toBeGreaterThan(restrictedLikelihood(0.07635469471));
});

test('machines that agree have no spread, and then random effects are the fixed effect', () => {
  const effects = [0.02, 0.0201, 0.0199];
  const variances = [1e-4, 2e-4, 1e-4];
  const pooled = poolEffects(effects, variances, { interval: 'z' });
  const fixed = poolEffects(effects, variances, { method: 'FE', interval: 'z' });
  expect(pooled.tau2).toBe(0);
  expect(pooled.i2).toBe(0);
  expect(pooled.estimate).toBe(fixed.estimate);
  expect(tauInterval(effects, variances).low).toBe(0);
});

test('every method finds a spread at or above nought, whatever the machines', () => {
  const random = createRandom(6, 'machines');
  for (let i = 0; i < 300; i++) {
    const machines = 2 + random.integer(10);
    const effects = Array.from({ length: machines }, () => 0.02 * random.normal());
    const variances = Array.from({ length: machines }, () => 1e-6 + 1e-4 * random.uniform());
    for (const method of ['DL', 'PM', 'ML', 'REML', 'SJ'] as const) {
      const pooled = poolEffects(effects, variances, { method });
      expect(pooled.tau2).toBeGreaterThanOrEqual(0);
      expect(pooled.low).toBeLessThanOrEqual(pooled.estimate);
      expect(pooled.prediction.low).toBeLessThanOrEqual(pooled.low);
      expect(pooled.i2).toBeGreaterThanOrEqual(0);
      expect(pooled.i2).toBeLessThanOrEqual(1);
    }
  }
});

test.each([
  [[0.01], [1e-4], /not of one/],
  [[0.01, Number.NaN], [1e-4, 1e-4], /finite/],
  [[0.01, 0.02], [1e-4, 0], /above zero/],
  [[0.01, 0.02], [1e-4], /one variance/],
])('effects %s with variances %s are refused', (effects, variances, reason) => {
  expect(() => poolEffects(effects, variances)).toThrow(reason);
});

test('a regression needs four machines for each moderator, and moderators that vary', () => {
  const four = (rows: readonly (readonly number[])[]) => () =>
    regressEffects(
      [0.1, 0.2, 0.3, 0.4, 0.5].slice(0, rows.length),
      rows.map(() => 1e-3),
      rows,
    );
  expect(four([[1], [2], [3]])).toThrow(/each moderator needs 4/);
  expect(
    four([
      [1, 2],
      [2, 5],
      [3, 1],
      [4, 0],
      [5, 5],
    ]),
  ).toThrow(/each moderator needs 4/);
  expect(four([[3], [3], [3], [3]])).toThrow(/can not be told apart/);
  expect(four([[1], [2], [3], [4, 5]])).toThrow(/the same moderators/);
});

/** Written out for one moderator, apart from the product's own algebra; logarithm, but for a constant. */
function restrictedLikelihood(tau2: number): number {
  let [s, sx, sxx, sy, sxy, logs] = [0, 0, 0, 0, 0, 0];
  V.forEach((variance, i) => {
    const [weight, x, y] = [1 / (variance + tau2), LATITUDE[i]![0]!, Y[i]!];
    s += weight;
    sx += weight * x;
    sxx += weight * x * x;
    sy += weight * y;
    sxy += weight * x * y;
    logs += Math.log(variance + tau2);
  });
  const determinant = s * sxx - sx * sx;
  const intercept = (sxx * sy - sx * sxy) / determinant;
  const slope = (s * sxy - sx * sy) / determinant;
  const squares = V.reduce((sum, variance, i) => {
    return sum + (Y[i]! - intercept - slope * LATITUDE[i]![0]!) ** 2 / (variance + tau2);
  }, 0);
  return -0.5 * (logs + Math.log(determinant) + squares);
}

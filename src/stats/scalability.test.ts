import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { fitScalability, scalabilityAt } from './scalability.ts';

/** SPEC SDM91 on a Sun SPARCcenter, as printed in Gunther's Guerrilla Capacity Planning. */
const SDM91 = { n: [1, 18, 36, 72, 108, 144, 216], x: [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2] };
/** Ray tracer, Gunther 2007. */
const RAYS = {
  n: [1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64],
  x: [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310],
};

const near = (seen: number, expected: number, relative = 1e-10) =>
  expect(Math.abs(seen / expected - 1)).toBeLessThan(relative);

test('SPEC SDM91 by least squares on throughput: R (nls) to the digits at which it stops, and Newton in 40 digits', () => {
  const fit = fitScalability(SDM91.n, SDM91.x, { scale: 'linear' });
  near(fit.gamma, 89.99516728, 2e-6);
  near(fit.sigma, 0.02772843611, 2e-6);
  near(fit.kappa, 1.043654898e-4, 2e-6);
  near(fit.peak, 96.5196, 1e-6);
  near(fit.gamma, 89.9952331043322, 1e-8);
  near(fit.sigma, 0.02772847561863, 1e-8);
  near(fit.kappa, 1.0436548384e-4, 1e-8);
});

test('the ray tracer with γ held at 20: R (nls) to the digits at which it stops, and Newton in 40 digits', () => {
  const fit = fitScalability(RAYS.n, RAYS.x, { scale: 'linear', gamma: 20 });
  near(fit.sigma, 0.04979729137, 1e-6);
  near(fit.kappa, 1.143414159e-5, 3e-5);
  near(fit.sigma, 0.04979727945552, 1e-8);
  near(fit.kappa, 1.143444272e-5, 1e-8);
});

test('the ray tracer with γ free would go below zero (κ −2.0e-4): the bound holds κ at 0', () => {
  const fit = fitScalability(RAYS.n, RAYS.x, { scale: 'linear' });
  expect(fit.kappa).toBe(0);
  expect(fit.peak).toBe(Infinity);
  expect(fit.sigma).toBeGreaterThan(0.03);
});

test('what the law itself made is found again, whatever the law', () => {
  const random = createRandom(5, 'laws');
  for (let i = 0; i < 200; i++) {
    const law = {
      gamma: 10 ** (6 * random.uniform() - 3),
      sigma: i % 4 === 0 ? 0 : 0.3 * random.uniform(),
      kappa: i % 5 === 0 ? 0 : 10 ** (-2 - 3 * random.uniform()),
      peak: 0,
      squares: 0,
    };
    const n = [1, 2, 4, 8, 12, 16, 24, 32];
    const fit = fitScalability(
      n,
      n.map((load) => scalabilityAt(law, load)),
    );
    expect(fit.gamma / law.gamma).toBeCloseTo(1, 6);
    expect(fit.sigma).toBeCloseTo(law.sigma, 6);
    expect(fit.kappa).toBeCloseTo(law.kappa, 7);
  }
});

test.each([
  [[1, 2, 2], [1, 2, 2], /three different loads/],
  [[0, 1, 2], [1, 2, 3], /at least 1/],
  [[1, 2, 3], [1, 0, 3], /above zero/],
])('%s with %s is refused', (n, x, reason) => {
  expect(() => fitScalability(n, x)).toThrow(reason);
});

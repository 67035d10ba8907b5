import { expect, test } from 'vitest';
import { drawTrajectories, elementaryEffects } from './morris.ts';
import { createRandom } from './random.ts';
import { sobolIndices } from './sobol.ts';

/** Ishigami & Homma 1990 with a = 7, b = 0.1, on the unit cube. */
function ishigami(point: readonly number[]): number {
  const [x = 0, y = 0, z = 0] = point.map((value) => Math.PI * (2 * value - 1));
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
}

test('a linear function gives its own coefficients, with no spread', () => {
  const slopes = [3, -2, 0, 0.5];
  const trajectories = drawTrajectories(4, 10, createRandom(1));
  const answers = trajectories.map((points) =>
    points.map((point) => 7 + point.reduce((sum, value, i) => sum + slopes[i]! * value, 0)),
  );
  elementaryEffects(trajectories, answers).forEach(({ mu, muStar, sigma }, i) => {
    expect(mu).toBeCloseTo(slopes[i]!, 10);
    expect(muStar).toBeCloseTo(Math.abs(slopes[i]!), 10);
    expect(sigma).toBeCloseTo(0, 10);
  });
});

test('trajectories move every factor once, stay in the cube, and use all places alike', () => {
  const trajectories = drawTrajectories(5, 400, createRandom(2));
  const seen = new Map<number, number>();
  for (const points of trajectories) {
    expect(points).toHaveLength(6);
    const moved = points.slice(1).map((point, i) => point.flatMap((value, f) => (value === points[i]![f] ? [] : [f])));
    expect(moved.flat().sort()).toEqual([0, 1, 2, 3, 4]);
    for (const value of points.flat()) {
      expect(value).toBeGreaterThanOrEqual(-1e-12);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
      const place = Math.round(value * 3);
      seen.set(place, (seen.get(place) ?? 0) + 1);
    }
  }
  for (const count of seen.values()) expect(count / (400 * 30)).toBeCloseTo(0.25, 1);
});

test('Ishigami: the third input matters only through the first, and none acts in a straight line', () => {
  const trajectories = drawTrajectories(3, 200, createRandom(3), 8);
  const [first, second, third] = elementaryEffects(
    trajectories,
    trajectories.map((points) => points.map(ishigami)),
  );
  expect(Math.abs(third!.mu)).toBeLessThan(0.3 * third!.muStar);
  for (const effect of [first!, second!, third!]) expect(effect.sigma).toBeGreaterThan(0.5 * effect.muStar);
});

test("Ishigami: the shares of variance are Homma and Saltelli's", () => {
  const { variance, first, total } = sobolIndices(ishigami, 3, 2 ** 16, createRandom(4));
  expect(Math.abs(variance / 13.84458794 - 1)).toBeLessThan(0.01);
  [0.3139051911, 0.4424111448, 0].forEach((share, i) => {
    expect(Math.abs(first[i]! - share)).toBeLessThan(0.015);
  });
  [0.5575888552, 0.4424111448, 0.2436836641].forEach((share, i) => {
    expect(Math.abs(total[i]! - share)).toBeLessThan(0.015);
  });
});

test('what can not be screened is refused', () => {
  expect(() => drawTrajectories(0, 1, createRandom(1))).toThrow(/a factor and a trajectory/);
  expect(() => drawTrajectories(2, 1, createRandom(1), 3)).toThrow(/even/);
  expect(() => elementaryEffects([[[0], [1]]], [[1]])).toThrow(/finite answer/);
  expect(() => sobolIndices(() => 1, 2, 10, createRandom(1))).toThrow(/constant/);
});

import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { fitSegmented, kneeP } from './segmented.ts';

/** Stagnant band heights (Bacon & Watts 1971), the 28 points of R's `segmented::stagnant`. */
const FLOW = [
  -1.39, -1.39, -1.08, -1.08, -0.94, -0.8, -0.63, -0.63, -0.25, -0.25, -0.12, -0.12, 0.01, 0.11, 0.11, 0.25, 0.25, 0.34,
  0.34, 0.44, 0.59, 0.7, 0.7, 0.85, 0.85, 0.99, 0.99, 1.19,
];
const HEIGHT = [
  1.12, 1.12, 0.99, 1.03, 0.92, 0.9, 0.81, 0.83, 0.65, 0.67, 0.6, 0.59, 0.51, 0.43, 0.43, 0.33, 0.3, 0.25, 0.24, 0.13,
  -0.01, -0.13, -0.14, -0.3, -0.33, -0.46, -0.43, -0.65,
];

test('the knee of the stagnant band (R, segmented)', () => {
  const fit = fitSegmented(FLOW, HEIGHT);
  expect(fit.knee).toBeCloseTo(0.04110578725, 8);
  expect(fit.kneeError).toBeCloseTo(0.02283480675, 7);
  expect(fit.slopes[0]).toBeCloseTo(-0.42207682, 7);
  expect(fit.slopes[1]).toBeCloseTo(-1.0205675, 7);
  expect(kneeP(FLOW, HEIGHT)).toBe(0.001);
});

test('one straight line is called bent in about 5 of 100 samples', () => {
  const random = createRandom(1, 'straight');
  const x = Array.from({ length: 30 }, (_, i) => 2 ** (4 + (i % 10)));
  const weights = x.map((place) => 1 / (100 + place) ** 2);
  let called = 0;
  for (let sample = 0; sample < 400; sample++) {
    const y = x.map((place) => (100 + place) * (1 + 0.05 * random.normal()));
    if (kneeP(x, y, { weights, draws: 199, seed: sample }) <= 0.05) called++;
  }
  expect(called / 400).toBeGreaterThan(0.02);
  expect(called / 400).toBeLessThan(0.085);
});

test('one straight line of means, judged by a scatter of its own, is called bent in about 5 of 100 samples', () => {
  const random = createRandom(6, 'means');
  const x = Array.from({ length: 8 }, (_, i) => 2 ** i);
  let called = 0;
  for (let sample = 0; sample < 400; sample++) {
    const freedom = 20;
    const squares = Array.from({ length: freedom }, () => random.normal() ** 2).reduce((sum, each) => sum + each, 0);
    const y = x.map((place) => 3 + place + random.normal());
    if (kneeP(x, y, { scatter: { squares, freedom }, draws: 199, seed: sample }) <= 0.05) called++;
  }
  expect(called / 400).toBeGreaterThan(0.02);
  expect(called / 400).toBeLessThan(0.085);
});

test('no other knee fits better than the one found', () => {
  const random = createRandom(2, 'knees');
  for (let sample = 0; sample < 50; sample++) {
    const x = Array.from({ length: 12 }, () => random.uniform() * 10);
    const knee = 2 + 6 * random.uniform();
    const y = x.map((place) => place + 2 * Math.max(0, place - knee) + 0.3 * random.normal());
    const fit = fitSegmented(x, y);
    const lowest = Math.min(...x);
    const highest = Math.max(...x);
    for (let i = 1; i < 200; i++) {
      const other = lowest + ((highest - lowest) * i) / 200;
      const { squares } = lineThrough(x, y, other);
      expect(squares).toBeGreaterThan(fit.squares - 1e-9);
    }
  }
});

test.each([
  [[1, 2, 2, 3], /4 different places/],
  [[1, 2, 3, Number.NaN], /finite/],
])('places %s are refused', (x, reason) => {
  expect(() => fitSegmented(x, [1, 2, 3, 4])).toThrow(reason);
});

/** By elimination with full pivots, apart from the product's own solver. */
function lineThrough(x: readonly number[], y: readonly number[], knee: number): { squares: number } {
  const rows = x.map((place) => [1, place, Math.max(0, place - knee)]);
  const a = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row, r) => sum + row[i]! * y[r]!, 0),
  ]);
  for (let i = 0; i < 3; i++) {
    if (Math.abs(a[i]![i]!) < 1e-9) return { squares: Infinity };
    for (let r = 0; r < 3; r++) {
      if (r === i) continue;
      const factor = a[r]![i]! / a[i]![i]!;
      for (let j = i; j < 4; j++) a[r]![j]! -= factor * a[i]![j]!;
    }
  }
  const solution = a.map((row, i) => row[3]! / row[i]!);
  const squares = rows.reduce(
    (sum, row, r) => sum + (y[r]! - row.reduce((total, value, i) => total + value * solution[i]!, 0)) ** 2,
    0,
  );
  return { squares };
}

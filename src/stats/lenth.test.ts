import { expect, test } from 'vitest';
import { halfNormalScores, lenth, simulateLenthCritical } from './lenth.ts';

/** Montgomery, Design and Analysis of Experiments, filtration rate 2⁴. */
const FILTRATION = [
  21.625, 3.125, 9.875, 14.625, 0.125, -18.125, 16.625, 2.375, -0.375, -1.125, 1.875, 4.125, -1.625, -2.625, 1.375,
];

test('the filtration experiment of Montgomery has the published pseudo standard error and margins', () => {
  const { s0, pse, me, sme } = lenth(FILTRATION);
  expect(s0).toBeCloseTo(3.9375, 10);
  expect(pse).toBeCloseTo(2.625, 10);
  expect(me).toBeCloseTo(6.747777319, 8);
  expect(sme).toBeCloseTo(13.698959563, 7);
  expect(FILTRATION.filter((effect) => Math.abs(effect) > me)).toEqual([21.625, 9.875, 14.625, -18.125, 16.625]);
});

test('half-normal scores rank effects by size and keep their order', () => {
  const scores = halfNormalScores([3, -1, 0.5]);
  expect(scores.map((score) => Number(score.toFixed(4)))).toEqual([1.383, 0.6745, 0.2104]);
});

// Ye & Hamada 2000; in small, the full table is rows of npm run calibrate.
test.each([
  [7, 2.3, 4.86],
  [15, 2.15, 4.23],
])('critical values for %i effects are those of Ye and Hamada', (effects, individual, experimentWise) => {
  const reached = simulateLenthCritical(effects, { replicates: 8000 });
  expect(Math.abs(reached.individual - individual)).toBeLessThan(0.06);
  expect(Math.abs(reached.experimentWise - experimentWise)).toBeLessThan(0.2);
});

test('where most effects are nothing at all, so is the error', () => {
  expect(lenth([0, 0, 0, 5])).toEqual({ s0: 0, pse: 0, me: 0, sme: 0 });
});

test('too few effects, and effects that are no numbers, are refused', () => {
  expect(() => lenth([1, 2])).toThrow(/too few/);
  expect(() => lenth([1, 2, Number.NaN])).toThrow(/finite/);
  expect(() => simulateLenthCritical(2)).toThrow(/too few/);
});

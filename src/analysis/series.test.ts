import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { readSeries, type SeriesPoint } from './series.ts';

function invent(level: (i: number) => number, length = 60, noise = 0.01, seed = 1): SeriesPoint[] {
  const random = createRandom(seed, 'series');
  return Array.from({ length }, (_, i) => ({
    version: `v${i + 1}`,
    value: 1e-3 * level(i) * Math.exp(noise * random.normal()),
  }));
}

test('a step is nominated between two versions, with the range it may lie in', () => {
  const { changes, stretches, warnings } = readSeries(invent((i) => (i < 25 ? 1 : 1.1)));
  expect(changes).toHaveLength(1);
  const [change] = changes;
  expect(change).toMatchObject({ index: 25, before: 'v25', after: 'v26', range: { confidence: 0.95 } });
  expect(change!.ratio).toBeCloseTo(1.1, 1);
  expect(stretches.map(({ from, to, values }) => [from, to, values])).toEqual([
    ['v1', 'v25', 25],
    ['v26', 'v60', 35],
  ]);
  expect(warnings).toEqual([]);
});

test('the range holds the true place 95 times in 100, also where the step is two and a half spreads', () => {
  let held = 0;
  let called = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { changes } = readSeries(invent((i) => (i < 30 ? 1 : 1.025), 60, 0.01, seed));
    if (changes.length !== 1) continue;
    called++;
    const { good, bad } = changes[0]!.range;
    if (Number(good.slice(1)) <= 30 && Number(bad.slice(1)) >= 31) held++;
  }
  expect(called).toBeGreaterThan(150);
  expect(held / called).toBeGreaterThan(0.9);
});

test.each([
  ['higher', (i: number) => (i < 50 ? 1 : 1.05)],
  ['lower', (i: number) => (i < 50 ? 1 : 0.95)],
  ['nothing seen', () => 1],
] as const)('the newest values are %s', (says, level) => {
  const { newest } = readSeries(invent(level));
  expect(newest?.says).toBe(says);
  expect(newest!.confidence).toBeGreaterThanOrEqual(0.99);
  expect(newest!.low).toBeLessThanOrEqual(newest!.ratio);
});

test('where nothing changed the newest are called in at most about 1 of 100 series', () => {
  const called = Array.from({ length: 500 }, (_, seed) => readSeries(invent(() => 1, 20, 0.03, seed)).newest?.says);
  expect(called.filter((says) => says !== 'nothing seen').length).toBeLessThanOrEqual(12);
});

test('a change among the newest is told beside the test of the newest', () => {
  const { warnings } = readSeries(invent((i) => (i < 45 ? 1 : 1.1)));
  expect(warnings.map(({ code }) => code)).toEqual(['change-in-window']);
});

test.each([
  [1, ['short-series', 'short-window']],
  [17, ['short-window']],
  [30, []],
])('%s values weaken the answer by %j, each with its cure', (length, codes) => {
  const { warnings, changes } = readSeries(invent(() => 1, length));
  expect(warnings.map(({ code }) => code)).toEqual(codes);
  for (const { cure } of warnings) expect(cure).toBeTruthy();
  expect(changes).toEqual([]);
});

test('constant values are suspicious, and no change', () => {
  const { warnings, newest } = readSeries(invent(() => 1, 30, 0));
  expect(warnings.map(({ code }) => code)).toEqual(['constant-series']);
  expect(newest).toMatchObject({ ratio: 1, low: 1, high: 1, says: 'nothing seen' });
});

import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { classifyWarmUp, iterationsToDiscard } from './warm-up.ts';

function invent(level: (i: number) => number, noise = 0.02, length = 120, seed = 1): number[] {
  const random = createRandom(seed, 'warm-up');
  return Array.from({ length }, (_, i) => 1e-3 * level(i) * Math.exp(noise * random.normal()));
}

test.each([
  ['is alike all along', () => 1, 'flat', 0],
  ['is a third slower for 30 iterations', (i: number) => (i < 30 ? 1.3 : 1), 'warm-up', 30],
  ['is quicker for 20 iterations', (i: number) => (i < 20 ? 0.7 : 1), 'slow-down', 20],
  ['changes its level after two thirds', (i: number) => (i < 80 ? 1.2 : 1), 'no steady state', 80],
  ['moves by less than 3 %', (i: number) => (i < 40 ? 1.025 : 1), 'flat', 0],
] as const)('a process that %s is so classed', (_, level, kind, steadyFrom) => {
  const reading = classifyWarmUp(invent(level));
  expect(reading.kind).toBe(kind);
  expect(Math.abs(reading.steadyFrom - steadyFrom)).toBeLessThanOrEqual(1);
});

test('the start beside the steady part is told', () => {
  expect(classifyWarmUp(invent((i) => (i < 30 ? 1.3 : 1))).startRatio).toBeCloseTo(1.3, 1);
});

test('single slow iterations are no start and no change of level', () => {
  const random = createRandom(2, 'bursts');
  const times = invent(() => 1).map((time) => (random.integer(8) === 0 ? 3 * time : time));
  expect(classifyWarmUp(times).kind).toBe('flat');
});

test('flat processes are classed flat in 98 of 100', () => {
  const flat = Array.from({ length: 200 }, (_, seed) => classifyWarmUp(invent(() => 1, 0.05, 100, seed)).kind);
  expect(flat.filter((kind) => kind === 'flat').length).toBeGreaterThanOrEqual(196);
});

test('both builds discard what the slower one to settle needs, two at least', () => {
  const reading = (steadyFrom: number) => ({ kind: 'warm-up' as const, steadyFrom, startRatio: 1.2 });
  expect(iterationsToDiscard([[reading(4), reading(6), reading(30)], [reading(9)], []])).toBe(9);
  expect(iterationsToDiscard([[reading(0)]])).toBe(2);
  expect(iterationsToDiscard([])).toBe(2);
});

test('too few iterations, and times that are none, are refused', () => {
  expect(() => classifyWarmUp(invent(() => 1, 0.02, 59))).toThrow(/60 iterations or more/);
  expect(() => classifyWarmUp([...invent(() => 1), 0])).toThrow(/above zero/);
});

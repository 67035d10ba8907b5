import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareProfiles, type SampledRun } from './profile-difference.ts';

const OPERATIONS = 10_000;
const SAMPLE_S = 250e-6;

/** A run in which each function takes that many samples on average; a slow machine makes all of them more. */
function draw(means: Readonly<Record<string, number>>, random: () => number, slowness = 1): SampledRun {
  const functions = Object.entries(means).map(([key, mean]) => {
    const samples = poisson(mean * slowness, random);
    return [key, { place: { key, what: key }, samples, seconds: samples * SAMPLE_S }] as const;
  });
  return { operations: OPERATIONS, functions: new Map(functions) };
}

/** Arrivals of a unit rate within `mean`. */
function poisson(mean: number, random: () => number): number {
  const wait = () => -Math.log(1 - random());
  let count = 0;
  for (let at = wait(); at < mean; at += wait()) count++;
  return count;
}

/** A small seeded generator (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const MEANS = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, 400 / (index + 1)]));

test('of equal builds no function is said to differ, in at least 99 of 100 pairs, on a machine that is now faster and now slower', () => {
  const random = generator(7);
  const noisy = () => draw(MEANS, random, 0.85 + 0.3 * random());
  let named = 0;
  for (let pair = 0; pair < 300; pair++) {
    const runs = Array.from({ length: 8 }, noisy);
    if (compareProfiles(runs.slice(0, 4), runs.slice(4)).moved.length > 0) named++;
  }
  expect(named).toBeLessThanOrEqual(3);
});

test('a function that takes half as much again is the one that is named, with its time of an operation', () => {
  const random = generator(11);
  const slower = { ...MEANS, f2: MEANS.f2! * 1.5 };
  const before = Array.from({ length: 4 }, () => draw(MEANS, random));
  const after = Array.from({ length: 4 }, () => draw(slower, random));
  const { moved, samples } = compareProfiles(before, after);
  expect(moved.map(({ place }) => place.what)).toEqual(['f2']);
  expect((moved[0]!.baseline * OPERATIONS) / SAMPLE_S).toBeCloseTo(MEANS.f2!, -2);
  expect(moved[0]!.candidate / moved[0]!.baseline).toBeGreaterThan(1.3);
  expect(samples.candidate).toBeGreaterThan(samples.baseline);
});

test('a function that one build alone has is named', () => {
  const random = generator(3);
  const before = Array.from({ length: 4 }, () => draw(MEANS, random));
  const after = Array.from({ length: 4 }, () => draw({ ...MEANS, added: 60 }, random));
  expect(compareProfiles(before, after).moved[0]).toMatchObject({ place: { what: 'added' }, baseline: 0 });
});

test('what is told does not depend on which build is called the baseline', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = generator(seed);
      const [a, b] = [0, 1].map(() => Array.from({ length: 3 }, () => draw({ f: 50, g: 5, h: 200 }, random))) as [
        SampledRun[],
        SampledRun[],
      ];
      const [forth, back] = [compareProfiles(a, b), compareProfiles(b, a)];
      expect(back.moved.length).toBe(forth.moved.length);
      expect(back.resolution).toBeCloseTo(forth.resolution, 12);
      expect(back.whole.baseline).toBe(forth.whole.candidate);
    }),
    { seed: 5, numRuns: 50 },
  );
});

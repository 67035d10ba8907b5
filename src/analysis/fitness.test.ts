import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { oneLinkWarning, pairWarnings } from './fitness.ts';
import type { Pair } from './samples.ts';

const pairs = (logRatios: readonly number[], first: (block: number) => boolean = (block) => block % 2 === 0): Pair[] =>
  logRatios.map((logRatio, block) => ({
    block,
    stage: 'judged',
    logRatio,
    baseline: 1,
    candidate: Math.exp(logRatio),
    candidateFirst: first(block),
  }));
const codes = (some: readonly Pair[]) => pairWarnings(some).map((warning) => warning.code);
const random = createRandom(4);
const noise = Array.from({ length: 40 }, () => 0.02 * random.normal());

test('independent blocks in random order raise nothing', () => {
  expect(codes(pairs(noise))).toEqual([]);
});

test.each([
  ['few-blocks', pairs(noise.slice(0, 8))],
  ['blocks-depend', pairs(noise.map((x, i) => x + 0.1 * Math.sin(i / 5)))],
  ['position-effect', pairs(noise.map((x, i) => x + (i % 2 === 0 ? 0.05 : 0)))],
  ['ties', pairs(noise.map((x) => Math.round(x * 100) / 100))],
])('%s is said where it applies', (code, some) => {
  expect(codes(some)).toContain(code);
});

test('a difference below half a percent may be the linker, a larger one not', () => {
  expect(oneLinkWarning(1.004)?.code).toBe('one-link');
  expect(oneLinkWarning(0.99)).toBeUndefined();
});

describe('on clean noise each warning has a rate of its own', () => {
  const STUDIES = 400;
  /** Share of studies in which it is said; order of starting by chance, as a plan has it. */
  const rate = (code: string, blocks: number): number => {
    const told = Array.from({ length: STUDIES }, (_, seed) => {
      const own = createRandom(seed, code, blocks);
      const x = Array.from({ length: blocks }, () => 0.02 * own.normal());
      return codes(pairs(x, () => own.uniform() < 0.5)).includes(code);
    });
    return told.filter(Boolean).length / STUDIES;
  };

  test.each([
    ['blocks-depend', 12, 0.05],
    ['blocks-depend', 40, 0.06],
    ['blocks-depend', 100, 0.01],
    ['position-effect', 12, 0.02],
    ['position-effect', 60, 0.02],
    ['ties', 12, 0],
    ['ties', 60, 0],
    ['few-blocks', 12, 0],
  ])('%s after %i blocks: at most %f', (code, blocks, most) => {
    expect(rate(code, blocks)).toBeLessThanOrEqual(most);
  });
});

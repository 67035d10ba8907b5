import { expect, test } from 'vitest';
import type { RunOutcome } from '../model/run.ts';
import { EACH_QUANTILES } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';
import { inventExperiment } from './invented-study.ts';
import type { Block } from './samples.ts';
import { shiftIn } from './shift.ts';

const ARMS = { baselineArm: 'before', candidateArm: 'after' };
const experiment = inventExperiment();

/** Blocks of two runs; `slower`: what the candidate takes at each quantile, as a factor. `told`: quantiles that a block's runs have. */
function blocksOf(count: number, slower: (quantile: number) => number, told = (_: number) => 11): Block[] {
  const random = createRandom(1);
  const run = (block: number, factor: (quantile: number) => number) => {
    const level = Math.exp(0.01 * random.normal());
    const quantiles = EACH_QUANTILES.slice(0, told(block)).map((q) => 1e-6 * (1 + q) * level * factor(q));
    return { quantiles } as unknown as RunOutcome;
  };
  return Array.from({ length: count }, (_, block) => ({
    block,
    stage: 'judged',
    runs: new Map([
      ['before', run(block, () => 1)],
      ['after', run(block, slower)],
    ]),
  }));
}

const shift = (blocks: readonly Block[], metric = 'time.p50') =>
  shiftIn({ metric, experiment, seed: 1, arms: ARMS, blocks }).shift;

test('a slower tail shows where it is', () => {
  const quantiles = shift(blocksOf(20, (q) => (q > 0.9 ? 1.2 : 1)))!;
  expect(quantiles.map(({ quantile }) => quantile)).toEqual([...EACH_QUANTILES]);
  expect(quantiles.filter(({ low }) => low > 1).map(({ quantile }) => quantile)).toEqual([0.95, 0.99]);
  const last = quantiles[10]!;
  expect(last.low).toBeLessThan(1.2);
  expect(last.high).toBeGreaterThan(1.2);
});

test('quantiles that hardly a run could time are left out, and so is a run that lacks what most have', () => {
  expect(
    shift(
      blocksOf(
        20,
        () => 1,
        (block) => (block < 5 ? 11 : 10),
      ),
    ),
  ).toHaveLength(10);
  expect(
    shift(
      blocksOf(
        20,
        () => 1,
        (block) => (block === 3 ? 9 : 11),
      ),
    ),
  ).toHaveLength(11);
});

test('it is told of the primary time alone, and of six blocks at least', () => {
  expect(
    shift(
      blocksOf(20, () => 1),
      'time.p99',
    ),
  ).toBeUndefined();
  expect(shift(blocksOf(5, () => 1))).toBeUndefined();
  expect(shift(blocksOf(6, () => 1))).toHaveLength(11);
  expect(
    shift(
      blocksOf(
        20,
        () => 1,
        () => 0,
      ),
    ),
  ).toBeUndefined();
});

test('a time of zero, below the step of the clock, takes its block out', () => {
  expect(shift(blocksOf(20, (q) => (q < 0.2 ? 0 : 1)))).toBeUndefined();
});

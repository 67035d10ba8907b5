import { expect, test } from 'vitest';
import type { RunOutcome } from '../model/run.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks, countDropped, pairBlocks, runValue } from './samples.ts';

const study = inventStudy({ experiment: inventExperiment(), seconds: () => 1e-6 });
const ARMS = { baselineArm: 'build=./a', candidateArm: 'build=./b' };
const outcome = (changes: Partial<RunOutcome>): RunOutcome => ({
  ...(study.run('judged', 1)[0] as RunOutcome),
  values: {},
  ...changes,
});

test('a block with a failed run is dropped whole and counted once', () => {
  const failure = {
    kind: 'failure',
    block: 2,
    stage: 'judged',
    arm: 'build=./b',
    problem: { code: 'subject-died', message: 'it died' },
  } as const;
  const outcomes = [...study.run('judged', 4), failure, failure, ...study.run('fresh', 4)];
  expect(collectBlocks(outcomes, 'judged').map((block) => block.block)).toEqual([0, 1, 3]);
  expect([countDropped(outcomes, 'judged'), countDropped(outcomes, 'fresh')]).toEqual([1, 0]);
});

test('blocks come in run order and a repeated run counts once', () => {
  const outcomes = study.run('judged', 3);
  const blocks = collectBlocks([...outcomes.toReversed(), ...outcomes.slice(0, 2)], 'judged');
  expect(blocks.map((block) => block.block)).toEqual([0, 1, 2]);
  expect(pairBlocks(blocks, ARMS, 'time.p50', 'alternating')).toHaveLength(3);
});

test('alternating time is the median of the log-ratios of batches that shared a round', () => {
  const runs = [
    outcome({ arm: 'build=./a', batches: [1, 2, 4], values: { 'time.p50': 2 } }),
    outcome({ arm: 'build=./b', batches: [2, 2, 16], values: { 'time.p50': 2 } }),
  ];
  const blocks = collectBlocks(runs, 'judged');
  expect(pairBlocks(blocks, ARMS, 'time.p50', 'alternating')[0]?.logRatio).toBeCloseTo(Math.log(2), 12);
  expect(pairBlocks(blocks, ARMS, 'time.p50', 'interleaved')[0]?.logRatio).toBe(0);
});

test('different work is compared by the medians of its runs, as a reader would', () => {
  // The baseline is slow in every other batch: the median of ratios says "faster", the medians say "slower".
  const runs = [
    outcome({ arm: 'build=./a', batches: [8, 12, 8, 12, 8] }),
    outcome({ arm: 'build=./b', batches: [7, 9, 10, 10, 7] }),
  ];
  const blocks = collectBlocks(runs, 'judged');
  const same = pairBlocks(blocks, { ...ARMS, kind: 'build' }, 'time.p50', 'alternating');
  const different = pairBlocks(blocks, { ...ARMS, kind: 'contrast' }, 'time.p50', 'alternating');
  expect(same[0]?.logRatio).toBeCloseTo(Math.log(7 / 8), 12);
  expect(different[0]?.logRatio).toBeCloseTo(Math.log(9 / 8), 12);
});

test('a change of speed of the machine between rounds cancels', () => {
  const slow = [1, 1, 1, 1.5, 1.5, 1.5, 1.5];
  const blocks = collectBlocks(
    [
      outcome({ arm: 'build=./a', batches: slow }),
      outcome({ arm: 'build=./b', batches: slow.map((seconds) => seconds * 1.01) }),
    ],
    'judged',
  );
  expect(pairBlocks(blocks, ARMS, 'time.p50', 'alternating')[0]?.logRatio).toBeCloseTo(Math.log(1.01), 12);
});

test('a value that is missing or not above zero has no ratio', () => {
  const blocks = (value: number) =>
    collectBlocks(
      [outcome({ arm: 'build=./a', values: { cpu: 1 } }), outcome({ arm: 'build=./b', values: { cpu: value } })],
      'judged',
    );
  expect(pairBlocks(blocks(0), ARMS, 'cpu', 'alternating')).toEqual([]);
  expect(pairBlocks(blocks(-1), ARMS, 'cpu', 'alternating')).toEqual([]);
  expect(pairBlocks(blocks(1), ARMS, 'go.allocs', 'alternating')).toEqual([]);
  expect(pairBlocks(blocks(2), ARMS, 'cpu', 'alternating')[0]).toMatchObject({ baseline: 1, candidate: 2 });
});

test('what a run does not state itself is read from its batches and its end', () => {
  const run = outcome({ batches: [1, 2, 6] });
  expect(['time.p50', 'time.mean', 'rss', 'cpu'].map((metric) => runValue(run, metric))).toEqual([
    2,
    3,
    1e6,
    undefined,
  ]);
});

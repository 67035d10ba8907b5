import { expect, test } from 'vitest';
import type { Contrast } from '../model/plan.ts';
import { compareCounts } from './exact-counts.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';

/** Counts of the two builds in three blocks. */
function compare(baseline: readonly number[], candidate: readonly number[]) {
  let drawn = 0;
  const study = inventStudy({ experiment: inventExperiment(), seconds: () => 1e-6 });
  const outcomes = study.run('judged', 3).map((outcome) => {
    if (outcome.kind !== 'run' || !study.plan.contrasts[0]) return outcome;
    const counts = outcome.arm === 'build=./b' ? candidate : baseline;
    drawn += 1;
    return { ...outcome, values: counts.length > 0 ? { 'go.allocs': counts[outcome.block]! } : {} };
  });
  expect(drawn).toBeGreaterThan(0);
  const contrast = study.plan.contrasts[0] as Contrast;
  return compareCounts(contrast, 'go.allocs', {
    plan: study.plan,
    judged: collectBlocks(outcomes, 'judged'),
    fresh: [],
    probed: [],
    boundary: [],
  })[0];
}

test.each([
  ['the same', [2, 2, 2], [2, 2, 2], 'equal', 1, []],
  ['one more', [2, 2, 2], [3, 3, 3], 'different', 1.5, []],
  ['zero on both sides', [0, 0, 0], [0, 0, 0], 'equal', 1, []],
  ['none before', [0, 0, 0], [1, 1, 1], 'different', Infinity, []],
  ['varying, ranges apart', [2, 2.1, 2], [3, 3.1, 3], 'different', 1.5, ['count-varies']],
  ['varying, same middle', [2, 2.1, 2], [2, 2, 2.1], 'equal', 1, ['count-varies']],
  ['varying, ranges overlap', [2, 2.2, 2.1], [2.1, 2.3, 2.2], 'undecided', 2.2 / 2.1, ['count-varies']],
])('%s: %j against %j is %s', (_, baseline, candidate, verdict, ratio, codes) => {
  const comparison = compare(baseline, candidate);
  expect(comparison).toMatchObject({ verdict, low: comparison?.ratio, high: comparison?.ratio, confidence: 1 });
  expect(comparison?.ratio).toBeCloseTo(ratio, 12);
  expect(comparison?.warnings.map((warning) => warning.code)).toEqual(codes);
});

test('what was never counted is not compared', () => {
  expect(compare([], [1, 1, 1])).toBeUndefined();
});

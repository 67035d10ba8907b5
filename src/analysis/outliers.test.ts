import { expect, test } from 'vitest';
import type { Outcome } from '../model/run.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { countOutliers, outlierWarnings } from './outliers.ts';
import { collectBlocks } from './samples.ts';

const METRIC = 'time.p50';

/** `far`: whether a run takes three times as long. */
function study(far: (arm: string, block: number) => boolean, seed = 1) {
  const { plan, run } = inventStudy({ experiment: inventExperiment(), seed, seconds: () => 1e-3 });
  const outcomes = run('judged', 40).map((outcome): Outcome => {
    if (outcome.kind !== 'run' || !far(outcome.arm, outcome.block)) return outcome;
    return { ...outcome, values: { [METRIC]: 3 * outcome.values[METRIC]! } };
  });
  return { plan, blocks: collectBlocks(outcomes, 'judged') };
}
const read = ({ plan, blocks }: ReturnType<typeof study>) => {
  const outliers = countOutliers(plan, METRIC, blocks);
  return { outliers, codes: outlierWarnings(plan, outliers).map(({ code }) => code) };
};

test('runs far out are counted by arm and side, and two of forty are no warning', () => {
  const { outliers, codes } = read(study((arm, block) => arm === 'build=./b' && block < 2));
  expect(outliers).toEqual([
    { arm: 'build=./a', metric: METRIC, runs: 40, above: 0, below: 0 },
    { arm: 'build=./b', metric: METRIC, runs: 40, above: 2, below: 0 },
  ]);
  expect(codes).toEqual([]);
});

test('more than one in ten is said', () => {
  expect(read(study((_, block) => block % 8 === 0)).codes).toEqual(['outliers']);
});

test('a build that strays from its own more often than the other is a finding', () => {
  expect(read(study((arm, block) => arm === 'build=./b' && block % 5 === 0)).codes).toContain('outliers-differ');
});

test('clean noise has no outlier in 100 studies of 80 runs, but one', () => {
  const found = Array.from({ length: 100 }, (_, seed) => read(study(() => false, seed)));
  const far = found.flatMap(({ outliers }) => outliers).filter(({ above, below }) => above + below > 0);
  expect(far.length).toBeLessThanOrEqual(1);
  expect(found.filter(({ codes }) => codes.length > 0)).toEqual([]);
});

test('few runs have no fence, and runs that are all alike have no outlier', () => {
  const { plan, blocks } = study(() => false);
  expect(countOutliers(plan, METRIC, blocks.slice(0, 7))).toEqual([]);
  const alike = Array.from({ length: 20 }, () => blocks[0]!);
  expect(countOutliers(plan, METRIC, alike).map(({ above, below }) => above + below)).toEqual([0, 0]);
});

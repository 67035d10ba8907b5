import { expect, test } from 'vitest';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';
import { tailWarnings } from './tails.ts';

/** `told`: the percentiles that a run of this arm gives. */
function warn(explore: readonly string[], told: (arm: string) => readonly string[], secondsPerOperation = 1e-4) {
  const experiment = inventExperiment({ metrics: { primary: 'time.p50', gate: [], explore } });
  const { plan, run } = inventStudy({
    experiment,
    seconds: () => secondsPerOperation,
    values: (arm) => Object.fromEntries(told(arm.id).map((name) => [name, 2 * secondsPerOperation])),
  });
  const main = new Set(plan.arms.filter(({ role }) => role === 'main').map(({ id }) => id));
  return tailWarnings(experiment, main, collectBlocks(run('judged', 12), 'judged'));
}

test('a percentile that no run could give is said, with the operations it needs and those that fit', () => {
  const [warning, ...others] = warn(['time.p999'], () => []);
  expect(others).toEqual([]);
  expect(warning).toMatchObject({ code: 'tail-not-measured' });
  expect(warning!.message).toMatch(/^no run gave time\.p999: it needs 10,000 operations .* only [12],\d{3} fit/);
  expect(warning!.message).toContain('fit into 200 ms');
});

test('runs of one build that are too slow for it are counted', () => {
  const [warning] = warn(['time.p99'], (arm) => (arm === 'build=./a' ? ['time.p99'] : []));
  expect(warning!.message).toMatch(/^12 of 24 runs did not give time\.p99: it needs 1,000 operations/);
});

test.each([
  ['given by all', ['time.p99'], ['time.p99']],
  ['not asked for', [], []],
])('%s: nothing to say', (_, explore, told) => {
  expect(warn(explore, () => told)).toEqual([]);
});

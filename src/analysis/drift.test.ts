import { expect, test } from 'vitest';
import type { Mode } from '../model/plan.ts';
import { driftWarnings, measureDrift, watchedMetric } from './drift.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';

const METRIC = 'time.p50';

interface Machine {
  /** Share by which everything gets slower from the first of forty blocks to the last. */
  readonly change?: number;
  readonly mode?: Mode;
  readonly seed?: number;
  readonly runNoise?: number;
}

function study({ change = 0, mode = 'alternating', seed = 1, runNoise = 0.02 }: Machine) {
  const { plan, run } = inventStudy({ experiment: inventExperiment(), mode, seed, runNoise, seconds: () => 1e-3 });
  const outcomes = run('judged', 40).map((outcome) => {
    if (outcome.kind !== 'run') return outcome;
    const factor = (1 + change) ** (outcome.block / 39);
    const batches = outcome.batches.map((each) => each * factor);
    return { ...outcome, batches, values: { [METRIC]: outcome.values[METRIC]! * factor } };
  });
  return { plan, blocks: collectBlocks(outcomes, 'judged') };
}

const codes = (machine: Machine) => {
  const { plan, blocks } = study(machine);
  return driftWarnings(plan, METRIC, blocks, machine.mode ?? 'alternating').map(({ code }) => code);
};

test('a slow rise of 30 % is told with its size, start to end', () => {
  const { plan, blocks } = study({ change: 0.3 });
  expect(measureDrift(plan, METRIC, blocks)!.change).toBeCloseTo(0.3, 1);
  const [warning] = driftWarnings(plan, METRIC, blocks, 'alternating');
  expect(warning).toMatchObject({ code: 'drift' });
  expect(warning!.message).toMatch(/rose by (29|30|31)\.\d %/);
});

test('a fall is told as one, and less than a tenth is not worth a word', () => {
  const { plan, blocks } = study({ change: -0.3 });
  expect(driftWarnings(plan, METRIC, blocks, 'alternating')[0]!.message).toContain('fell by');
  expect(codes({ change: 0.05 })).toEqual([]);
});

test('runs one after the other are warned of a drift that their pairs can not cancel', () => {
  const steep = { change: 0.5, runNoise: 0.002 };
  expect(codes({ ...steep, mode: 'interleaved' })).toEqual(['drift-within-blocks']);
  expect(codes({ ...steep, mode: 'alternating' })).toEqual(['drift']);
});

test('too few blocks tell no drift', () => {
  const { plan, blocks } = study({ change: 0.5 });
  expect(measureDrift(plan, METRIC, blocks.slice(0, 7))).toBeUndefined();
});

test('a longer series is thinned, and tells the same', () => {
  const { plan, blocks } = study({ change: 0.3 });
  const longer = blocks.flatMap((block) => Array.from({ length: 12 }, () => block));
  expect(measureDrift(plan, METRIC, longer)!.change).toBeCloseTo(0.3, 1);
});

test.each(['alternating', 'interleaved'] as const)(
  'on clean %s noise of 2 to 20 % it is silent in 198 of 200 studies at least',
  (mode) => {
    const alarms = Array.from({ length: 200 }, (_, seed) =>
      codes({ seed, mode, runNoise: seed % 2 === 0 ? 0.02 : 0.2 }),
    ).filter((each) => each.length > 0);
    expect(alarms.length).toBeLessThanOrEqual(2);
  },
);

test.each([
  ['time.mean', 'time.mean'],
  ['crossings', 'time.p50'],
  ['entry', 'time.p50'],
])('with %s as the primary metric it watches %s', (primary, watched) => {
  expect(watchedMetric(inventExperiment({ metrics: { primary, gate: [], explore: [] } }))).toBe(watched);
});

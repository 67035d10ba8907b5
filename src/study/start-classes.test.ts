import { expect, test } from 'vitest';
import { paceKey } from '../design/schedule.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';
import { courseLength, discardByKey, warnOfStarts } from './start-classes.ts';

const treatment = (build: string) => ({ id: `build=${build}`, levels: { build } });
const plan: Plan = {
  seed: 1,
  modes: ['alternating'],
  arms: ['a', 'b'].map((build) => ({ id: build, treatment: treatment(build), role: 'main', every: 1 })),
  contrasts: [
    {
      id: 'b beside a',
      kind: 'build',
      treatment: '',
      factor: 'build',
      baselineArm: 'a',
      candidateArm: 'b',
      baseline: 'a',
      candidate: 'b',
    },
  ],
  pilotBlocks: 12,
  budgetS: 60,
};
const KEY = paceKey(treatment('a'));

/** `level`: how slow the batch of that number is in this arm's processes. */
function runs(level: (arm: string, batch: number) => number, length = 60, processes = 5): RunOutcome[] {
  const random = createRandom(2, 'courses');
  return ['a', 'b'].flatMap((arm) =>
    Array.from({ length: processes }, (_, block): RunOutcome => {
      const warmUp = Array.from({ length }, (_, batch) => 1e-5 * level(arm, batch) * Math.exp(0.01 * random.normal()));
      return {
        ...{
          kind: 'run',
          block,
          stage: 'pilot',
          mode: 'alternating',
          arm,
          position: 0,
          paddingBytes: 0,
          startedS: block,
        },
        ...{ iterations: 100, batches: [1e-5], warmUp, values: {}, operations: 0 },
        end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' },
      };
    }),
  );
}

test.each([
  ['nothing of processes that are steady', () => 1, []],
  ['nothing of a warm-up that both builds have', (_: string, batch: number) => (batch < 15 ? 1.3 : 1), []],
  ['a level that changes late', (_: string, batch: number) => (batch < 45 ? 1 : 1.2), ['no-steady-state']],
  ['a quick beginning', (_: string, batch: number) => (batch < 20 ? 0.8 : 1), ['starts-quick']],
  [
    'builds that begin differently',
    (arm: string, batch: number) => (arm === 'b' && batch < 20 ? 1.3 : 1),
    ['starts-differ'],
  ],
])('the pilot tells of %s', (_, level, codes) => {
  const warnings = warnOfStarts(plan, runs(level));
  expect(warnings.map(({ code }) => code)).toEqual(codes);
  for (const { cure } of warnings) expect(cure).toBeTruthy();
});

test('builds that begin differently are told with their classes', () => {
  const [warning] = warnOfStarts(
    plan,
    runs((arm, batch) => (arm === 'b' && batch < 20 ? 1.3 : 1)),
  );
  expect(warning!.message).toBe(
    'the two builds begin differently: flat in 5 of 5 processes at build=a, warm-up in 5 of 5 processes at build=b',
  );
});

test('both builds discard what the longer start needs', () => {
  const longer = runs((arm, batch) => (batch < (arm === 'b' ? 20 : 10) ? 1.3 : 1));
  expect(Math.abs(discardByKey(plan, longer).get(KEY)! - 20)).toBeLessThanOrEqual(1);
  expect(
    discardByKey(
      plan,
      runs(() => 1),
    ).get(KEY),
  ).toBe(2);
});

test('courses that are too short, and too few, say nothing', () => {
  const late = (_: string, batch: number) => (batch < 15 ? 1 : 1.2);
  expect(warnOfStarts(plan, runs(late, 20))).toEqual([]);
  expect(
    warnOfStarts(
      plan,
      runs((_, batch) => (batch < 45 ? 1 : 1.2), 60, 3),
    ),
  ).toEqual([]);
});

test('a course is run where a harness takes turns and the budget pays for it', () => {
  const experiment = inventExperiment();
  expect(courseLength(experiment, plan, 'alternating', 5)).toBe(60);
  expect(courseLength(experiment, plan, 'in-process', 5)).toBeUndefined();
  expect(courseLength(experiment, { ...plan, budgetS: 5 }, 'alternating', 5)).toBeUndefined();
});

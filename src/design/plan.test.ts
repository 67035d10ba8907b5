import { expect, test } from 'vitest';
import { factor, inventExperiment } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { ONLY_TREATMENT } from './treatments.ts';

test('without paths and factors there is one treatment, and nothing to compare', () => {
  const plan = planExperiment(inventExperiment({ paths: [], factors: [], probe: 'off' }), { modes: ['interleaved'] });
  expect(plan.arms.map((arm) => arm.id)).toEqual([ONLY_TREATMENT, `${ONLY_TREATMENT} (again)`]);
  expect(plan.contrasts).toEqual([]);
});

test('few arms are checked against themselves after every third block, once', () => {
  const arms = (builds: number, payloads: number) =>
    planExperiment(
      inventExperiment({
        paths: [],
        baseline: {},
        factors: [
          {
            ...factor(
              'build',
              Array.from({ length: builds }, (_, build) => `./${build}`),
            ),
            family: 'build',
          },
          factor(
            'payload',
            Array.from({ length: payloads }, (_, payload) => `${payload} B`),
          ),
        ],
      }),
      { modes: ['alternating'] },
    ).arms.filter((arm) => arm.role === 'aa');
  // The calibration: two builds of one treatment.
  expect(arms(2, 1)).toMatchObject([{ every: 3, treatment: { levels: { build: './0' } } }]);
  expect(arms(2, 2).map((arm) => arm.every)).toEqual([3]);
  expect(arms(2, 3).map((arm) => arm.every)).toEqual([5, 5]);
});

test('one block in five has probed arms where Go calls Rust, and after five two baselines at most are set against themselves', () => {
  const { arms } = planExperiment(inventExperiment(), { modes: ['alternating'] });
  expect(arms.filter((arm) => arm.role === 'aa')).toHaveLength(2);
  expect(arms.filter((arm) => arm.role === 'probed')).toHaveLength(9);
  expect(arms.filter((arm) => arm.role !== 'main').every((arm) => arm.every === 5)).toBe(true);
  expect(new Set(arms.map((arm) => arm.id)).size).toBe(arms.length);
  const off = planExperiment(inventExperiment({ probe: 'off' }), { modes: ['alternating'] });
  expect(off.arms.some((arm) => arm.role === 'probed')).toBe(false);
});

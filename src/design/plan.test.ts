import { expect, test } from 'vitest';
import { inventExperiment } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { ONLY_TREATMENT } from './treatments.ts';

test('without paths and factors there is one treatment, and nothing to compare', () => {
  const plan = planExperiment(inventExperiment({ paths: [], factors: [], probe: 'off' }), { alternates: false });
  expect(plan.arms.map((arm) => arm.id)).toEqual([ONLY_TREATMENT, `${ONLY_TREATMENT} (again)`]);
  expect(plan.contrasts).toEqual([]);
});

test('every fifth block carries A/A arms for two baselines at most, and probed arms where Go calls Rust', () => {
  const { arms } = planExperiment(inventExperiment(), { alternates: true });
  expect(arms.filter((arm) => arm.role === 'aa')).toHaveLength(2);
  expect(arms.filter((arm) => arm.role === 'probed')).toHaveLength(9);
  expect(arms.filter((arm) => arm.role !== 'main').every((arm) => arm.every === 5)).toBe(true);
  expect(new Set(arms.map((arm) => arm.id)).size).toBe(arms.length);
  const off = planExperiment(inventExperiment({ probe: 'off' }), { alternates: true });
  expect(off.arms.some((arm) => arm.role === 'probed')).toBe(false);
});

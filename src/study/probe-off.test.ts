import { expect, it } from 'vitest';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { chooseProbeOff } from './probe-off.ts';

const experiment = inventExperiment({ probe: 'full' });
const plan = {
  arms: ['few', 'many', 'slow'].map((id) => ({
    id: `${id} (probed)`,
    treatment: { id, levels: {} },
    role: 'probed',
    every: 5,
  })),
} as unknown as Plan;
/** A hundred operations of so many seconds, with so many crossings each. */
const run = (id: string, crossings: number, operationS: number, stage: RunOutcome['stage'] = 'pilot') =>
  ({
    ...{ kind: 'run', stage, arm: `${id} (probed)`, batches: [operationS, operationS] },
    boundary: { operations: 100, sites: [{ closed: 60 * crossings }, { closed: 40 * crossings }] },
  }) as unknown as RunOutcome;
const pilot = [run('few', 1, 1e-6), run('many', 3, 1e-6), run('slow', 10, 1e-4)];

it('the treatment with the most crossings a second also runs with the probe off', () => {
  expect(chooseProbeOff(experiment, plan, pilot)).toEqual({ probeOff: 'many' });
});

it('the pilot alone decides: a study that is resumed goes on as it began', () => {
  expect(chooseProbeOff(experiment, plan, [...pilot, run('few', 99, 1e-6, 'judged')])).toEqual({ probeOff: 'many' });
});

it('none does where nothing crossed, nothing is probed, or a bare run may hold the probe', () => {
  expect(chooseProbeOff(experiment, plan, [])).toEqual({});
  expect(chooseProbeOff(experiment, plan, [run('few', 0, 1e-6)])).toEqual({});
  expect(chooseProbeOff(experiment, { ...plan, arms: [] }, pilot)).toEqual({});
  const factors = [{ name: 'fault.delay', family: 'fault' as const, levels: [{ text: '0 ns' }] }];
  expect(chooseProbeOff({ ...experiment, factors }, plan, pilot)).toEqual({});
});

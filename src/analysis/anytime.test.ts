import { expect, test } from 'vitest';
import { assess } from './assess.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';

const watch = (times: number, changes: Parameters<typeof inventExperiment>[0] = {}, runNoise = 0.01) => {
  const study = inventStudy({
    experiment: inventExperiment(changes),
    looks: [{ blocks: 12, nominal: 0.05 }],
    seconds: (arm) => (arm.treatment.levels.build === './b' ? times : 1) * 1e-6,
    values: (_, noise) => ({ cpu: 1e-6 * Math.exp(noise) }),
    runNoise,
  });
  const schedule = { ...study.schedule, stopping: 'anytime' } as const;
  return (blocks: number) => assess({ ...study, schedule, outcomes: study.run('judged', blocks) });
};

test('one block after the other is asked for until the first verdict from twelve blocks on', () => {
  const at = watch(1.03, {}, 0.05);
  expect(at(3).next).toEqual({ stage: 'judged', blocks: 12 });
  const settledAt = Array.from({ length: 300 }, (_, blocks) => blocks).find(
    (blocks) => at(blocks).pending.length === 0,
  )!;
  expect(settledAt).toBeGreaterThan(12);
  expect(at(settledAt - 1).next).toEqual({ stage: 'judged', blocks: settledAt });
  expect(at(settledAt).decisions[0]).toMatchObject({ state: 'settled', blocks: settledAt });
});

test('later blocks do not take a verdict back, nor move it', () => {
  const at = watch(1.05);
  const [first] = at(40).decisions;
  expect(first).toMatchObject({ state: 'settled', primary: { verdict: 'regression', confidence: 0.95 } });
  expect(at(400).decisions[0]).toEqual(first);
});

test('gate metrics have a sequence each, at an equal share of the error', () => {
  const metrics = { primary: 'time.p50', gate: ['cpu', 'rss'], explore: [] };
  const { gate } = watch(1.05, { metrics })(60).decisions[0]!;
  expect(gate.cpu).toMatchObject({ nominal: 0.025, confidence: 0.975 });
});

import { expect, test } from 'vitest';
import type { Outcome } from '../model/run.ts';
import { assess } from './assess.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { buildResult } from './result.ts';

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

/** Ten per cent slower, and after thirty blocks ten per cent faster. */
const turning = (changes: Parameters<typeof inventExperiment>[0] = {}) => {
  const study = inventStudy({
    experiment: inventExperiment({ margin: 0.2, ...changes }),
    looks: [{ blocks: 60, nominal: 0.05 }],
    seconds: () => 1e-6,
    runNoise: 0.01,
  });
  const outcomes = study.run('judged', 120).map((outcome): Outcome => {
    if (outcome.kind !== 'run' || outcome.arm !== 'build=./b') return outcome;
    const times = outcome.block < 30 ? 1.1 : 0.9;
    return {
      ...outcome,
      batches: outcome.batches.map((each) => each * times),
      values: { 'time.p50': outcome.values['time.p50']! * times },
    };
  });
  return { ...study, schedule: { ...study.schedule, stopping: 'anytime' as const }, outcomes };
};

test('a ratio that moved until no value fits all blocks ends the watch undecided, with a warning and a cure', () => {
  const study = turning();
  const assessment = assess(study);
  expect(assessment.decisions[0]).toMatchObject({ state: 'settled', primary: { verdict: 'undecided', moved: true } });
  expect(assessment.next.stage).toBe('finished');
  const result = buildResult({
    ...study,
    boundary: [],
    environment: {},
    study: { id: 'x', startedAt: '2026-01-01T00:00:00Z', durationS: 1, folder: 'x', complete: true },
  });
  expect(result.verdict).toBe('undecided');
  expect(result.comparisons[0]!.warnings).toContainEqual(
    expect.objectContaining({ code: 'centre-moved', cure: expect.any(String) }),
  );
});

test('what was followed before changes no answer: other values of the same contrast, fewer, and the same again', () => {
  const study = turning();
  const upTo = (blocks: number) => study.outcomes.filter((outcome) => outcome.block < blocks);
  const fresh = (blocks: number) => {
    const [contrast] = study.plan.contrasts;
    const plan = { ...study.plan, contrasts: [{ ...contrast! }] };
    return assess({ ...study, plan, outcomes: upTo(blocks) }).decisions;
  };
  const other = inventStudy({ experiment: study.experiment, seconds: () => 1e-6, seed: 5 }).run('judged', 40);
  for (const blocks of [10, 70, 40, 120, 65]) {
    expect(assess({ ...study, outcomes: upTo(blocks) }).decisions).toEqual(fresh(blocks));
    assess({ ...study, outcomes: other });
  }
});

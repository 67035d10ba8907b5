import { expect, test } from 'vitest';
import { assess } from './assess.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';

const ratio = (times: number) =>
  inventStudy({
    experiment: inventExperiment(),
    seconds: (arm) => (arm.treatment.levels.build === './b' ? times : 1) * 1e-6,
    runNoise: 0.005,
  });

test('a study begins by asking for the blocks of its first look', () => {
  const study = ratio(1);
  expect(assess({ ...study, outcomes: study.run('pilot', 12) })).toMatchObject({
    next: { stage: 'judged', blocks: 12 },
    judgedBlocks: 0,
    done: false,
  });
});

test('nothing is decided between looks', () => {
  const study = ratio(1.2);
  const early = assess({ ...study, outcomes: study.run('judged', 11) });
  expect(early.decisions[0]).toMatchObject({ look: -1, state: 'pending', primary: { verdict: 'undecided' } });
  expect(early.next).toEqual({ stage: 'judged', blocks: 12 });
});

test('equivalent builds end at the first look that shows it', () => {
  const study = ratio(1);
  const { decisions, found, next, done } = assess({ ...study, outcomes: study.run('judged', 12) });
  expect(decisions[0]).toMatchObject({ look: 0, blocks: 12, primary: { verdict: 'equivalent' }, state: 'settled' });
  expect({ found, next, done }).toEqual({ found: [], next: { stage: 'finished' }, done: true });
});

test('a change asks for fresh blocks of the arms it concerns, and then the study is done', () => {
  const study = ratio(1.05);
  const judged = study.run('judged', 12);
  const first = assess({ ...study, outcomes: judged });
  expect(first.found).toHaveLength(1);
  expect(first.next).toEqual({ stage: 'fresh', blocks: 20, only: new Set(['build=./a', 'build=./b']) });
  expect(assess({ ...study, outcomes: [...judged, ...study.run('fresh', 19)] }).done).toBe(false);
  expect(assess({ ...study, outcomes: [...judged, ...study.run('fresh', 20)] }).done).toBe(true);
});

test('later blocks never take back a verdict', () => {
  const study = ratio(1.05);
  const at = (blocks: number) => assess({ ...study, outcomes: study.run('judged', blocks) }).decisions[0];
  expect(at(12)?.state).toBe('settled');
  expect(at(40)).toEqual(at(12));
});

test('noise that decides nothing is looked at to the end and then left undecided', () => {
  const study = inventStudy({ experiment: inventExperiment(), seconds: () => 1e-6, runNoise: 0.2 });
  const at = (blocks: number) => assess({ ...study, outcomes: study.run('judged', blocks) });
  expect([12, 24, 40].map((blocks) => at(blocks).next)).toEqual([
    { stage: 'judged', blocks: 24 },
    { stage: 'judged', blocks: 40 },
    { stage: 'finished' },
  ]);
  expect(at(40).decisions[0]).toMatchObject({ state: 'settled', primary: { verdict: 'undecided' } });
});

test('a dropped block is not counted: its place is taken by another', () => {
  const study = ratio(1);
  const failure = {
    kind: 'failure',
    block: 3,
    stage: 'judged',
    arm: 'build=./a',
    problem: { code: 'subject-died', message: 'it died' },
  } as const;
  const outcomes = [...study.run('judged', 12), failure];
  expect(assess({ ...study, outcomes })).toMatchObject({ judgedBlocks: 11, next: { stage: 'judged', blocks: 12 } });
});

test('a gate metric that changed asks for fresh blocks though the primary did not', () => {
  const study = inventStudy({
    experiment: inventExperiment({ metrics: { primary: 'time.p50', gate: ['cpu', 'rss'], explore: [] } }),
    seconds: () => 1e-6,
    runNoise: 0.005,
    values: (arm, noise) => ({
      cpu: (arm.treatment.levels.build === './b' ? 1.1 : 1) * Math.exp(noise),
      rss: 1e6 * Math.exp(noise),
    }),
  });
  const { decisions, found } = assess({ ...study, outcomes: study.run('judged', 12) });
  expect(decisions[0]?.primary?.verdict).toBe('equivalent');
  expect(decisions[0]?.gate.cpu).toMatchObject({ verdict: 'regression', nominal: 0.005 });
  expect(decisions[0]?.gate.rss).toMatchObject({ verdict: 'equivalent', nominal: 0.01 });
  expect(found).toHaveLength(1);
});

test('a primary that is a count is settled at the first look', () => {
  const study = inventStudy({
    experiment: inventExperiment({ metrics: { primary: 'go.allocs', gate: [], explore: [] } }),
    seconds: () => 1e-6,
    values: () => ({ 'go.allocs': 3 }),
  });
  expect(assess({ ...study, outcomes: study.run('judged', 12) })).toMatchObject({ done: true, found: [] });
  expect(assess({ ...study, outcomes: study.run('judged', 11) }).done).toBe(false);
});

test('with nothing to compare the first look is still completed', () => {
  const study = inventStudy({ experiment: inventExperiment({ factors: [] }), seconds: () => 1e-6 });
  expect(assess({ ...study, outcomes: [] }).next).toEqual({ stage: 'judged', blocks: 12 });
  expect(assess({ ...study, outcomes: study.run('judged', 12) }).done).toBe(true);
});

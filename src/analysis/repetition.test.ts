import { expect, test } from 'vitest';
import { assess } from './assess.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { type Finding, repeatFinding } from './repetition.ts';
import { collectBlocks } from './samples.ts';
import { freshLooks } from './verdict.ts';

/** Looks at 12, 24 and 40 judged blocks. */
const invent = (times: number, runNoise: number, seed = 1) =>
  inventStudy({
    experiment: inventExperiment(),
    seconds: (arm) => (arm.treatment.levels.build === './b' ? times : 1) * 1e-6,
    runNoise,
    seed,
  });
type Invented = ReturnType<typeof invent>;

const finding = ({ plan }: Invented): Finding => ({
  verdict: 'regression',
  blocks: 12,
  metric: 'time.p50',
  arms: plan.contrasts[0]!,
  kind: 'build',
  margin: 0.02,
});
const repeatOn = (study: Invented, blocks: number) =>
  repeatFinding(finding(study), collectBlocks(study.run('fresh', blocks), 'fresh'), study.schedule);

test('both looks at the fresh blocks together keep the error of one look at 90 %', () => {
  expect(freshLooks(40, 40)).toEqual([{ blocks: 40, nominal: expect.closeTo(0.1, 9) }]);
  const [first, last] = freshLooks(12, 60);
  // Lan & DeMets 1983, in the manner of Pocock: α ln(1 + (e − 1) t) at t = 20/60.
  expect(first).toEqual({ blocks: 20, nominal: expect.closeTo(0.1 * Math.log(1 + (Math.E - 1) / 3), 6) });
  expect(last?.blocks).toBe(60);
  expect(last?.nominal).toBeGreaterThan(0.05);
  expect(last?.nominal).toBeLessThan(0.1);
});

test('a change that fresh blocks show at once is confirmed by as many as it took', () => {
  const study = invent(1.05, 0.005);
  expect(repeatOn(study, 19)).toMatchObject({ due: 20, pairs: [] });
  expect(repeatOn(study, 20)).toMatchObject({
    due: 20,
    blocks: 20,
    said: { verdict: 'regression', confirmed: 'fresh' },
  });
  expect(repeatOn(study, 40)).toEqual(repeatOn(study, 20));
});

test('what they leave open is looked at once more, with the blocks that the budget holds in reserve', () => {
  const study = invent(1.03, 0.2);
  const early = repeatOn(study, 20);
  expect(early).toMatchObject({ due: 40, blocks: 20, said: { confirmed: 'not-repeated' } });
  expect(repeatOn(study, 39)).toEqual(early);
  expect(repeatOn(study, 40)).toMatchObject({ due: 40, blocks: 40 });
});

test('the engine runs the second look only where the first leaves the change open', () => {
  const study = invent(1.05, 0.005);
  const judged = study.run('judged', 12);
  expect(assess({ ...study, outcomes: judged }).next).toMatchObject({ stage: 'fresh', blocks: 20 });
  const calm = study.run('fresh', 20);
  const wild = invent(1, 0.2).run('fresh', 40);
  expect(assess({ ...study, outcomes: [...judged, ...calm] }).next).toEqual({ stage: 'finished' });
  const open = wild.filter(({ block }) => block < 20);
  expect(assess({ ...study, outcomes: [...judged, ...open] }).next).toMatchObject({ stage: 'fresh', blocks: 40 });
  expect(assess({ ...study, outcomes: [...judged, ...wild] }).next).toEqual({ stage: 'finished' });
});

test('when more than a tenth of the blocks lack a value nothing is said', () => {
  const study = invent(1.05, 0.005);
  const holes = study.run('fresh', 20).map((outcome) => {
    return outcome.kind === 'run' && outcome.block < 3 ? { ...outcome, batches: [], values: {} } : outcome;
  });
  const blocks = collectBlocks(holes, 'fresh');
  expect(repeatFinding(finding(study), blocks, study.schedule)).toEqual({ due: 20, blocks: 0, pairs: [] });
});

import { expect, test } from 'vitest';
import type { Metrics } from '../model/experiment.ts';
import { median } from '../stats/quantile.ts';
import { createRandom } from '../stats/random.ts';
import { assess } from './assess.ts';
import { compareAll } from './comparisons.ts';
import { judgeExpectations } from './expectations.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';
import { isFound } from './verdict.ts';

const STUDIES = 150;
/** A single look, which spends the whole level. */
const LOOKS = [{ blocks: 20, nominal: 0.05 }];

/** Whether the first stage saw something in any of these metrics, in each of many studies of twenty blocks without any change. */
function seenInNoise(names: readonly string[], metrics: Pick<Metrics, 'gate' | 'explore'>): boolean[][] {
  return Array.from({ length: STUDIES }, (_, seed) => {
    const random = createRandom(seed, 'metrics');
    const study = inventStudy({
      experiment: inventExperiment({ metrics: { primary: 'time.p50', ...metrics } }),
      looks: LOOKS,
      seed,
      // The primary settles at the look, whatever it says.
      seconds: () => 1e-6,
      values: () => Object.fromEntries(names.map((name) => [name, Math.exp(0.02 * random.normal())])),
    });
    const outcomes = study.run('judged', 20);
    const { experiment, plan, schedule } = study;
    const comparisons = compareAll({
      experiment,
      plan,
      schedule,
      judged: collectBlocks(outcomes, 'judged'),
      fresh: [],
      processes: [],
      probed: [],
      boundary: [],
      assessment: assess({ experiment, plan, schedule, outcomes }),
    });
    return names.map((name) => {
      const one = comparisons.find(({ metric }) => metric === name)!;
      // Without fresh blocks nothing is announced: what was seen once carries a warning.
      return isFound(one.verdict) || one.warnings.some(({ code }) => code === 'fresh-blocks-missing');
    });
  });
}

const share = (studies: readonly boolean[][]) => studies.filter((seen) => seen.some(Boolean)).length / studies.length;
const NAMES = Array.from({ length: 20 }, (_, i) => `noise.${i}`);

test('of twenty explored metrics of pure noise any is called in at most 6 of 100 studies (Benjamini-Hochberg)', () => {
  expect(share(seenInNoise(NAMES, { gate: [], explore: NAMES }))).toBeLessThanOrEqual(0.06);
});

test('of five gate metrics of pure noise any is called in at most 6 of 100 studies (Holm)', () => {
  const five = NAMES.slice(0, 5);
  expect(share(seenInNoise(five, { gate: five, explore: [] }))).toBeLessThanOrEqual(0.06);
});

test('a metric that changes is called among nineteen of noise', () => {
  const study = inventStudy({
    experiment: inventExperiment({ metrics: { primary: 'time.p50', gate: [], explore: NAMES } }),
    looks: LOOKS,
    seconds: () => 1e-6,
    values: (arm, noise) =>
      Object.fromEntries(
        NAMES.map((name, i) => [name, Math.exp(noise) * (i === 7 && arm.treatment.levels.build === './b' ? 1.1 : 1)]),
      ),
  });
  const outcomes = [...study.run('judged', 20), ...study.run('fresh', 20)];
  const { experiment, plan, schedule } = study;
  const comparisons = compareAll({
    experiment,
    plan,
    schedule,
    judged: collectBlocks(outcomes, 'judged'),
    fresh: collectBlocks(outcomes, 'fresh'),
    processes: [],
    probed: [],
    boundary: [],
    assessment: assess({ experiment, plan, schedule, outcomes }),
  });
  const found = comparisons.filter(({ verdict }) => isFound(verdict)).map(({ metric }) => metric);
  expect(found).toEqual(['noise.7']);
});

test('what still has to repeat is shown over every block there is, and is no ground for an expectation yet', () => {
  const wanted = { kind: 'change', metric: 'time.p50', at: {}, from: { build: './a' }, to: { build: './b' } } as const;
  const study = inventStudy({
    experiment: inventExperiment({ expect: [{ ...wanted, bound: { relation: '<', value: 0.02, text: '< 2 %' } }] }),
    seconds: (arm) => (arm.treatment.levels.build === './b' ? 1.2e-6 : 1e-6),
  });
  const { experiment, plan, schedule } = study;
  const outcomes = study.run('judged', 40);
  const comparisons = compareAll({
    ...{ experiment, plan, schedule, fresh: [], processes: [], probed: [], boundary: [] },
    judged: collectBlocks(outcomes, 'judged'),
    assessment: assess({ experiment, plan, schedule, outcomes }),
  });
  expect(comparisons[0]).toMatchObject({ verdict: 'undecided', confirmed: 'not-repeated', blocks: 40 });
  const centre = median(comparisons[0]!.series.map(({ ratio }) => ratio));
  expect(comparisons[0]!.ratio).toBeCloseTo(centre, 1);
  const judge = (complete: boolean) => judgeExpectations({ experiment, plan, comparisons, estimates: [], complete })[0];
  expect(judge(false)).toMatchObject({ outcome: 'undecided' });
  expect(judge(true)).toMatchObject({ outcome: 'refuted' });
});

test('an interval that is open is said so in an expectation as in its row', () => {
  const wanted = { kind: 'change', metric: 'time.p50', at: {}, from: { build: './a' }, to: { build: './b' } } as const;
  const study = inventStudy({
    experiment: inventExperiment({ expect: [{ ...wanted, bound: { relation: '<', value: 0.02, text: '< 2 %' } }] }),
    seconds: () => 1e-6,
  });
  const { experiment, plan, schedule } = study;
  const outcomes = study.run('judged', 2);
  const comparisons = compareAll({
    ...{ experiment, plan, schedule, fresh: [], processes: [], probed: [], boundary: [] },
    judged: collectBlocks(outcomes, 'judged'),
    assessment: assess({ experiment, plan, schedule, outcomes }),
  });
  const [judged] = judgeExpectations({ experiment, plan, comparisons, estimates: [], complete: true });
  expect(judged).toMatchObject({ outcome: 'undecided', seen: expect.stringMatching(/ % \[−∞, ∞\]$/) });
});

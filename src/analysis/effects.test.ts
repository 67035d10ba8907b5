import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factor } from '../design/invented-experiment.ts';
import { planExperiment } from '../design/plan.ts';
import type { Design } from '../model/design.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { RunOutcome } from '../model/run.ts';
import { contrastsOf, readTerms, sizeEffect } from './effects.ts';
import type { Block } from './samples.ts';

const RUN: RunOutcome = {
  kind: 'run',
  block: 0,
  stage: 'judged',
  arm: '',
  position: 0,
  paddingBytes: 0,
  startedS: 0,
  iterations: 1,
  batches: [],
  values: {},
  operations: 1,
  end: { wallS: 1, cpuS: 1, maxRssBytes: 1, leaked: 0, stderr: '' },
};
const two = (names: string) => [...names].map((name) => factor(name, ['1', '2']));
const build = factor('build', ['./a', './b'], { family: 'build' });

function lay(design: Design, factors = two('abcd')) {
  const experiment = inventExperiment({ design, factors, baseline: {} });
  const plan = planExperiment(experiment, { modes: ['interleaved'] });
  return { plan, readings: readTerms(plan, experiment) };
}

/** One block in which each arm takes exp of the sum of its coefficients. */
function blockOf({ plan }: ReturnType<typeof lay>, coefficients: Readonly<Record<string, number>>, level = 0): Block {
  const runs = plan.arms.map(({ id, treatment }) => {
    const sign = (name: string) => (['1', './a'].includes(treatment.levels[name]!) ? -1 : 1);
    const log = Object.entries(coefficients).reduce(
      (sum, [term, value]) => sum + (value / 2) * term.split(',').reduce((product, name) => product * sign(name), 1),
      level,
    );
    return [id, { ...RUN, arm: id, values: { 'time.p50': Math.exp(log) } }] as const;
  });
  return { block: 0, stage: 'judged', runs: new Map(runs) };
}

test.each<[string, Design, ReturnType<typeof two>]>([
  ['a full factorial', { kind: 'full-factorial' }, two('abc')],
  ['a full factorial with builds', { kind: 'full-factorial' }, [...two('ab'), build]],
  ['a half fraction', { kind: 'fractional' }, two('abcde')],
  ['a screen', { kind: 'screening' }, two('abcdefghi')],
  ['D-optimal runs, not orthogonal', { kind: 'd-optimal', runs: 13, interactions: true }, two('abcd')],
])('%s gives back whatever effects a block was made of', (_, design, factors) => {
  const laid = lay(design, factors);
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: laid.readings.length, maxLength: laid.readings.length }),
      value,
      (planted, level) => {
        const coefficients = Object.fromEntries(
          laid.readings.map(({ term }, at) => [term.factors.join(), planted[at]!]),
        );
        const block = blockOf(laid, coefficients, level);
        laid.readings.forEach((reading, at) => {
          expect(contrastsOf(reading, [block], 'time.p50', 'interleaved')[0]).toBeCloseTo(planted[at]!, 9);
        });
      },
    ),
    { seed: 2, numRuns: 20 },
  );
});

test('what a build does is put together from pairs, everything else from single arms', () => {
  const { readings } = lay({ kind: 'full-factorial' }, [...two('ab'), build]);
  const kinds = readings.map(({ term, arms, pairs }) => `${term.factors.join()} ${arms.length} ${pairs.length}`);
  expect(kinds).toEqual(['a 8 0', 'b 8 0', 'a,b 8 0', 'build 0 4', 'build,a 0 4', 'build,b 0 4', 'build,a,b 0 4']);
});

test('a block in which one arm has no value tells no effect', () => {
  const laid = lay({ kind: 'full-factorial' }, two('ab'));
  const block = blockOf(laid, { a: 0.1 });
  const runs = new Map(block.runs);
  runs.delete(laid.plan.arms[0]!.id);
  expect(contrastsOf(laid.readings[0]!, [{ ...block, runs }, block], 'time.p50', 'interleaved')).toEqual([
    Number.NaN,
    expect.closeTo(0.1, 9),
  ]);
});

test.each([
  ['matters', 0.05],
  ['matters', -0.05],
  ['negligible', 0.005],
  ['undecided', 0.0198],
] as const)('an effect %s at %d beside a margin of 2 %%', (size, centre) => {
  const x = Array.from({ length: 20 }, (_, at) => centre + ((at % 5) - 2) * 0.002);
  expect(sizeEffect([...x, Number.NaN], { nominal: 0.05, margin: 0.02 }).size).toBe(size);
});

test('too few blocks leave every effect undecided, with an open interval', () => {
  expect(sizeEffect([0.5, 0.5], { nominal: 0.01, margin: 0.02 })).toMatchObject({ size: 'undecided', low: -Infinity });
});

import { describe, expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import { plantsFaults } from '../instrument/fault.ts';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/project' };
const read = (factors: string) =>
  readSpec(`experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go->rust]\nfactors:\n${factors}`, SOURCE);

describe('a planted delay is a factor', () => {
  test('judged as a build is, against the level that plants nothing, wherever that stands', () => {
    const [experiment] = read('  fault.delay: {levels: [200 ns, none, 1.5 µs], site: fc_transform}\n').experiments;
    expect(experiment!.factors[0]).toMatchObject({ family: 'fault', site: 'fc_transform' });
    expect(experiment!.baseline).toEqual({ 'fault.delay': 'none' });
    const { contrasts } = planExperiment(experiment!, { modes: ['alternating'] });
    expect(contrasts.map(({ kind, baseline, candidate }) => [kind, baseline, candidate])).toEqual([
      ['build', 'none', '200 ns'],
      ['build', 'none', '1.5 µs'],
    ]);
    expect(plantsFaults(experiment!)).toBe(true);
  });

  test('none against nothing is a program against itself: no build for planting is needed', () => {
    const [experiment] = read('  fault.delay: [none, 0 ns]\n').experiments;
    expect(plantsFaults(experiment!)).toBe(false);
    expect(planExperiment(experiment!, { modes: ['alternating'] }).contrasts).toHaveLength(1);
  });

  test.each([
    ['a share', '  fault.delay: [none, 5 %]\n', 'bad-level', /seamark calibrate --plant/],
    ['no unit', '  fault.delay: [none, 5]\n', 'bad-level', /write none, 200 ns/],
    ['less than nothing', '  fault.delay: [none, -5 ns]\n', 'bad-level', /write none, 200 ns/],
    ['longer than a second', '  fault.delay: [none, 5 s]\n', 'bad-level', /write none, 200 ns/],
    ['a site without a fault', '  payload: {levels: [1], site: f}\n', 'site-without-fault', /remove it/],
    ['a fault that is for later', '  fault.leak: [none, 1 KiB]\n', 'unknown-factor', undefined],
  ])('refused: %s', (_, factors, code, cure) => {
    const { problems } = read(factors);
    expect(problems.map(({ facts }) => facts.code)).toEqual([code]);
    if (cure) expect(problems[0]!.facts.cure).toMatch(cure);
  });
});

import { describe, expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import { plantsFaults } from '../instrument/fault.ts';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/project' };
const read = (factors: string) =>
  readSpec(`experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go->rust]\nfactors:\n${factors}`, SOURCE);

describe('a planted fault is a factor', () => {
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

  test('of each kind, with its own unit, site, period and spread', () => {
    const { experiments, problems } = read(
      [
        '  fault.jitter: {levels: [none, 1 µs], spread: exponential, site: fc_sum}',
        '  fault.leak: {levels: [none, 64 B], every: 100}',
        '  fault.syscall: [none, 4]',
        '  fault.go-alloc: [none, 4 KiB]',
        '  fault.allocs: [none, 16]',
        '  fault.contention: {levels: [none, 1 µs], every: 10}',
        '  fault.go-copy: [none, 4 KiB]',
        '  fault.ballast: [none, 1 GiB]',
        '',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(experiments[0]!.factors).toMatchObject([
      { family: 'fault', site: 'fc_sum', spread: 'exponential', levels: [{}, { value: 1e-6 }] },
      { family: 'fault', every: 100, levels: [{}, { value: 64 }] },
      { family: 'fault', levels: [{}, { value: 4 }] },
      { family: 'fault', levels: [{}, { value: 4096 }] },
      { family: 'fault', levels: [{}, { value: 16 }] },
      { family: 'fault', every: 10, levels: [{}, { value: 1e-6 }] },
      { family: 'fault', levels: [{}, { value: 4096 }] },
      { family: 'fault', levels: [{}, { value: 2 ** 30 }] },
    ]);
  });

  test.each([
    ['a share', '  fault.delay: [none, 5 %]\n', 'bad-level', /seamark calibrate --plant/],
    ['no unit', '  fault.delay: [none, 5]\n', 'bad-level', /write none, 200 ns/],
    ['less than nothing', '  fault.delay: [none, -5 ns]\n', 'bad-level', /write none, 200 ns/],
    ['longer than a second', '  fault.delay: [none, 5 s]\n', 'bad-level', /write none, 200 ns/],
    ['a size where a time is due', '  fault.lock: [none, 5 KiB]\n', 'bad-level', /write none, 200 ns/],
    ['a time where a size is due', '  fault.leak: [none, 5 ns]\n', 'bad-level', /write none, 64 B/],
    ['half a byte', '  fault.copy: [none, 0.5 B]\n', 'bad-level', /write none, 64 B/],
    ['half a system call', '  fault.syscall: [none, 0.5]\n', 'bad-level', /write none, 1/],
    ['more than there can be', '  fault.alloc: [none, 1 GiB]\n', 'bad-level', /write none, 64 B/],
    [
      'a site without a fault',
      '  payload: {levels: [1], site: f}\n',
      'idle-key',
      /only a fault of a crossing does; remove/,
    ],
    ['a site of the process', '  fault.ballast: {levels: [none, 1 MiB], site: f}\n', 'idle-key', /as a whole; remove/],
    ['every of the process', '  fault.cores: {levels: [none, 1], every: 3}\n', 'idle-key', /as a whole; remove/],
    ['a delay that is drawn', '  fault.delay: {levels: [none, 1 ns], spread: uniform}\n', 'idle-key', /fault.jitter/],
    ['at no crossing', '  fault.leak: {levels: [none, 1 B], every: 0}\n', 'unexpected-value', undefined],
    ['a fault of no known kind', '  fault.leek: [none, 1 KiB]\n', 'unknown-factor', /did you mean `fault.leak`/],
  ])('refused: %s', (_, factors, code, cure) => {
    const { problems } = read(factors);
    expect(problems.map(({ facts }) => facts.code)).toEqual([code]);
    if (cure) expect(problems[0]!.facts.cure).toMatch(cure);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import type { Experiment } from '../model/experiment.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import { readSpec } from '../spec/read-spec.ts';
import { createRandom } from '../stats/random.ts';
import type { Block } from './samples.ts';
import { drawSlopes } from './slopes.ts';

const spec = (factors: string, more = ''): Experiment =>
  readSpec(
    `experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go->rust]\nprobe: counters\nfactors:\n${factors}${more}`,
    { file: 'seamark.yaml', folder: '/x' },
  ).experiments[0]!;

const THREE = '{levels: [none, 1 µs, 2 µs, 5 µs], site: decode}';

/** An operation of 100 µs that crosses `decode` three times, and takes `slope` seconds longer for a second of delay in it. */
function study(experiment: Experiment, slope: number, noise: number, seed: number): Parameters<typeof drawSlopes>[0] {
  const plan = planExperiment(experiment, { modes: ['alternating'] });
  const random = createRandom(seed, 'slopes');
  const blocks = Array.from({ length: 20 }, (_, block): Block => {
    const speed = 1 + 0.1 * random.uniform();
    const runs = plan.arms.map((arm): [string, RunOutcome] => {
      const delayS = experiment.factors
        .map(({ name, levels }) => levels.find(({ text }) => text === arm.treatment.levels[name])?.value ?? 0)
        .reduce((sum, each) => sum + each, 0);
      const seconds = speed * 100e-6 + 3 * slope * delayS + noise * (random.uniform() - 0.5);
      const run = { kind: 'run', arm: arm.id, block, stage: 'judged', batches: [seconds], values: {}, position: 0 };
      return [arm.id, run as unknown as RunOutcome];
    });
    return { block, stage: 'judged', runs: new Map(runs) };
  });
  const base = plan.arms.find(({ role }) => role === 'main')!.treatment.id;
  const sites = [{ site: 'decode', kind: 'call', perOperation: 3 }];
  const boundary = [{ of: base, sites }] as unknown as readonly BoundaryMap[];
  return { experiment, plan, blocks, boundary, mode: 'alternating' };
}

test.each([
  [1, 'in line'],
  [0, 'hidden'],
  [0.6, 'partly hidden'],
  [2, 'amplified'],
] as const)('a slope of %d is found, and said to be %s', (slope, says) => {
  const [found] = drawSlopes(study(spec(`  fault.delay: ${THREE}\n`), slope, 1e-6, 5));
  expect(found).toMatchObject({ factor: 'fault.delay', layer: 'callee', site: 'decode', blocks: 20, says });
  expect(found!.low).toBeLessThanOrEqual(slope);
  expect(found!.high).toBeGreaterThanOrEqual(slope);
  expect(found!.points.map(({ level }) => level)).toEqual(['1 µs', '2 µs', '5 µs']);
  expect(found!.points[2]!.delayS).toBeCloseTo(15e-6, 12);
});

test('without noise the slope is exact, whatever it is', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 5, noNaN: true }), (slope) => {
      expect(drawSlopes(study(spec(`  fault.delay: ${THREE}\n`), slope, 0, 1))[0]!.slope).toBeCloseTo(slope, 6);
    }),
    { numRuns: 50 },
  );
});

test('what is too noisy is said to be undecided', () => {
  expect(drawSlopes(study(spec(`  fault.delay: ${THREE}\n`), 1, 200e-6, 2))[0]!.says).toBe('undecided');
});

describe('one slope a layer', () => {
  test('each on its own, where several are delayed one at a time', () => {
    const experiment = spec(`  fault.delay: ${THREE}\n  fault.go-delay: ${THREE}\n`, 'design: one-at-a-time\n');
    const slopes = drawSlopes(study(experiment, 1, 1e-6, 3));
    expect(slopes.map(({ layer }) => layer)).toEqual(['callee', 'go']);
  });

  test('none for one delay alone, for other faults, and where crossings were not counted', () => {
    expect(drawSlopes(study(spec('  fault.delay: {levels: [none, 1 µs], site: decode}\n'), 1, 0, 1))).toEqual([]);
    expect(drawSlopes(study(spec('  fault.lock: [none, 1 µs, 2 µs]\n'), 1, 0, 1))).toEqual([]);
    expect(drawSlopes({ ...study(spec(`  fault.delay: ${THREE}\n`), 1, 0, 1), boundary: [] })).toEqual([]);
  });
});

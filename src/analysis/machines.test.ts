import { expect, test } from 'vitest';
import type { Comparison, Environment, Result } from '../model/result.ts';
import { type MachineStudy, poolMachines, sameQuestion } from './machines.ts';

const COMPARISON: Comparison = {
  metric: 'time.p50',
  kind: 'build',
  treatment: '',
  factor: 'build',
  baseline: 'a',
  candidate: 'b',
  baselineArm: 'build=a',
  candidateArm: 'build=b',
  baselineValue: 1e-6,
  candidateValue: 1e-6,
  ratio: 1,
  low: 0.99,
  high: 1.01,
  confidence: 0.95,
  blocks: 40,
  margin: 0.02,
  verdict: 'regression',
  confirmed: 'fresh',
  detectable: 0.01,
  series: [],
  warnings: [],
};

/** A study that saw this log-ratio, with this standard error. */
function study(
  name: string,
  effect: number,
  error = 0.005,
  changes: Partial<Comparison> = {},
  cpu = name,
): MachineStudy {
  const seen = {
    ...COMPARISON,
    ratio: Math.exp(effect),
    low: Math.exp(effect - 1.96 * error),
    high: Math.exp(effect + 1.96 * error),
    ...changes,
  };
  const environment: Environment = { machine: { cpu, cores: 4 } };
  return {
    name,
    result: {
      study: name,
      experiment: 'x',
      primary: 'time.p50',
      comparisons: [seen],
      environment,
    } as unknown as Result,
  };
}

const machines = (effects: readonly number[], error = 0.005) =>
  poolMachines(effects.map((effect, i) => study(`m${i + 1}`, effect, error)));

test.each([
  ['generalises', 'agree on an effect', [0.05, 0.052, 0.049, 0.051]],
  ['generalises', 'agree that nothing beyond the margin changed', [0.001, -0.002, 0.0005, 0.001, 0]],
  ['machine-dependent', 'all show it, in very different size', [0.02, 0.09, 0.03, 0.12, 0.05]],
  ['machine-dependent', 'contradict each other', [0.08, -0.07, 0.06, -0.05]],
  ['undecided', 'each measured too little', [0.03, -0.02, 0.01], 0.02],
  ['not assessed', 'are two', [0.05, 0.05]],
] as const)('%s: machines that %s', (verdict, _, effects, error?: number) => {
  const [pooled] = machines(effects, error).comparisons;
  expect(pooled?.verdict).toBe(verdict);
  expect(pooled?.mean === undefined).toBe(verdict === 'not assessed');
});

test('the mean lies between the machines, one more machine anywhere about it', () => {
  const [pooled] = machines([0.03, 0.05, 0.04]).comparisons;
  expect(pooled!.mean!.ratio).toBeCloseTo(Math.exp(0.04), 3);
  expect(pooled!.prediction!.low).toBeLessThan(pooled!.mean!.low);
  expect(pooled!.prediction!.high).toBeGreaterThan(pooled!.mean!.high);
  expect(pooled!.machines.map(({ machine }) => machine)).toEqual(['m1', 'm2', 'm3']);
});

test('a machine measured badly weighs less', () => {
  const reading = poolMachines([study('a', 0.02, 0.001), study('b', 0.021, 0.001), study('c', 0.2, 0.2)]);
  expect(reading.comparisons[0]!.mean!.ratio).toBeCloseTo(Math.exp(0.0205), 3);
});

test('few machines, machines that look alike and open intervals are told, each with its cure', () => {
  const codes = (studies: readonly MachineStudy[]) => {
    const { warnings } = poolMachines(studies);
    for (const { cure } of warnings) expect(cure).toBeTruthy();
    return warnings.map(({ code }) => code);
  };
  expect(codes([study('a', 0), study('b', 0)])).toEqual(['few-machines']);
  expect(codes([study('a', 0), study('b', 0), study('c', 0)])).toEqual(['prediction-narrow']);
  expect(codes([study('a', 0), study('b', 0, 0.005, {}, 'a'), study('c', 0)])).toContain('machines-alike');
  const pairs = [study('a', 0), study('b', 0, 0.005, {}, 'a'), study('c', 0), study('d', 0, 0.005, {}, 'c')];
  expect(
    poolMachines(pairs)
      .warnings.map(({ message }) => message)
      .join(),
  ).toContain('4 of the 4 studies');
  const open = { low: 0, high: Number.POSITIVE_INFINITY };
  expect(codes([study('a', 0), study('b', 0, 0.005, open), study('c', 0)])).toContain('open-intervals');
  expect(codes([study('a', 0), study('b', 0, 0.005, { margin: 0.05 }), study('c', 0)])).toContain('margins-apart');
});

test('a machine without a finite interval does not make the third', () => {
  const open = { low: 0, high: Number.POSITIVE_INFINITY };
  const reading = poolMachines([study('a', 0.05), study('b', 0.05), study('c', 0.05, 0.005, open)]);
  expect(reading.comparisons[0]!.verdict).toBe('not assessed');
});

test('counts are not put together; those that differ between machines are named', () => {
  const count = (name: string, candidateValue: number) =>
    study(name, 0, 0.005, { metric: 'crossings', baselineValue: 1, candidateValue });
  expect(poolMachines([count('a', 2), count('b', 2), count('c', 2)]).countsApart).toEqual([]);
  const apart = poolMachines([count('a', 2), count('b', 2), count('c', 3)]);
  expect(apart.comparisons).toEqual([]);
  expect(apart.countsApart).toEqual(['crossings, b beside a']);
});

test('studies of different experiments, or without a comparison in common, ask different questions', () => {
  const other = study('b', 0);
  const renamed = { ...other, result: { ...other.result, experiment: 'y' } };
  expect(sameQuestion([study('a', 0), study('b', 0)])).toBeUndefined();
  expect(sameQuestion([study('a', 0), renamed])).toBe('the studies are of different experiments: x, y');
  expect(sameQuestion([study('a', 0), study('b', 0, 0.005, { candidate: 'c' })])).toMatch(/no comparison in common/);
});

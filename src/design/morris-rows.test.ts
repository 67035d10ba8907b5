import { expect, test } from 'vitest';
import type { Experiment, Factor } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import { Problem } from '../model/problem.ts';
import { chooseCells } from './cells.ts';
import { factor } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { refuseDesign } from './refuse-design.ts';

const two = (...names: string[]): Factor[] => names.map((name) => factor(name, ['low', 'high']));
const invent = (factors: readonly Factor[], more: Partial<Experiment> = {}) =>
  inventExperiment({ design: { kind: 'morris' }, factors, baseline: {}, ...more });
const build = factor('build', ['./a', './b'], { family: 'build' });

test('a block holds each point of the trajectories once, and the seed alone draws them', () => {
  const experiment = invent(two('a', 'b', 'c', 'd', 'e', 'f'));
  const { treatments, facts } = chooseCells(experiment);
  const points = facts!.trajectories!.flat();
  expect(facts!.trajectories).toHaveLength(10);
  expect(points).toHaveLength(70);
  expect(treatments).toHaveLength(new Set(points.map((point) => point.join())).size);
  expect(chooseCells(experiment).facts).toEqual(facts);
  expect(chooseCells({ ...experiment, seed: experiment.seed + 1 }).facts!.trajectories).not.toEqual(
    facts!.trajectories,
  );
  expect(facts!.terms.map(({ factors, asked }) => [factors.join(), asked])).toEqual(
    [...'abcdef'].map((name) => [name, true]),
  );
  expect(facts!.price).toMatch(/^\d+ of 64 combinations a block: 10 trajectories/);
});

test('levels stand in the order of their numbers, others as they are listed, and that is said', () => {
  const number = (text: string, value: number) => ({ text, value, dimension: 'bytes' as const });
  const payload: Factor = {
    name: 'payload',
    family: 'parameter',
    levels: [number('1 MiB', 2 ** 20), number('4 KiB', 4096), number('64 KiB', 65536)],
  };
  const { facts } = chooseCells(
    invent([payload, factor('allocator', ['z', 'x', 'y'])], { baseline: { payload: '64 KiB' } }),
  );
  expect(facts!.factors.map(({ levels }) => levels)).toEqual([
    ['4 KiB', '64 KiB', '1 MiB'],
    ['z', 'x', 'y'],
  ]);
  expect(facts!.unordered).toEqual(['allocator']);
});

test('builds are crossed with every point and keep their verdicts', () => {
  const plan = planExperiment(invent([...two('a', 'b', 'c'), build], { baseline: { build: './a' } }), {
    modes: ['interleaved'],
  });
  const main = plan.arms.filter(({ role }) => role === 'main');
  expect(main).toHaveLength(plan.design!.cells);
  expect(plan.contrasts).toHaveLength(plan.design!.cells / 2);
  expect(plan.contrasts.every(({ kind }) => kind === 'build')).toBe(true);
  expect(plan.design!.trajectories![0]![0]).toHaveLength(3);
});

test.each<[string, Experiment, string, RegExp]>([
  ['one factor', invent(two('a')), 'design-factors', /more factors/],
  [
    'a nested factor',
    invent([...two('a', 'b'), factor('c', ['1', '2'], { within: { a: 'low' } })]),
    'design-nested',
    /full-factorial/,
  ],
  ['too many points', invent(two(...'abcdefghijklmnopqr')), 'design-too-large', /fewer `trajectories`/],
])('%s is refused with a cure', (_, experiment, code, cure) => {
  const refused = refuseDesign(experiment);
  expect(refused?.code).toBe(code);
  expect(refused?.cure).toMatch(cure);
});

test('an interaction that is expected is refused: a screening does not tell with which other a factor acts', () => {
  const expectation = { kind: 'interaction', metric: 'time.p50', factors: ['a', 'b'] } as const;
  expect(() => chooseCells(invent(two('a', 'b', 'c'), { expect: [expectation] }))).toThrow(Problem);
});

import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import type { Mode } from '../model/plan.ts';
import { factor, inventExperiment } from './invented-experiment.ts';
import { type SubjectTraits, withDuet } from './modes.ts';
import { planExperiment } from './plan.ts';

const BUILDS = { paths: [], factors: [factor('build', ['./a', './b'], { family: 'build' })], probe: 'off' } as const;
const HARNESS = { modes: ['in-process', 'alternating'] } as const;
const BENCHMARKS = { modes: ['alternating', 'interleaved'] } as const;
const COMMAND = { modes: ['interleaved'] } as const;

const plan = (traits: SubjectTraits, changes: Partial<Experiment> = {}) =>
  planExperiment(inventExperiment({ ...BUILDS, ...changes }), traits);

test.each([
  ['two builds: all that the subject can do is tried', HARNESS, {}, ['in-process', 'alternating'], 24],
  ['two builds of Go benchmarks', BENCHMARKS, {}, ['alternating', 'interleaved'], 20],
  ['a command can only be interleaved', COMMAND, {}, ['interleaved'], 8],
  [
    'one asked for, and the one that would check it',
    HARNESS,
    { mode: 'in-process' },
    ['in-process', 'alternating'],
    24,
  ],
  ['the most whole asked for: nothing would check it', HARNESS, { mode: 'alternating' }, ['alternating'], 12],
  [
    'no builds: nothing to price the modes by',
    BENCHMARKS,
    { factors: [factor('go.gogc', ['50', '200'])] },
    ['interleaved'],
    8,
  ],
  ['no builds, a harness', HARNESS, { factors: [factor('payload', ['1 B', '2 B'])] }, ['alternating'], 12],
  [
    'memory of whole processes can not be told apart inside one',
    HARNESS,
    { metrics: { primary: 'time.p50', gate: ['rss'], explore: [] } },
    ['alternating'],
    12,
  ],
  ['a duet is only for those who ask', { modes: ['alternating', 'duet'] }, {}, ['alternating'], 12],
  ['and then alone', { modes: ['alternating', 'duet'] }, { mode: 'duet' }, ['duet'], 12],
] as const)('%s', (_, traits, changes, modes, pilotBlocks) => {
  expect(plan(traits, changes as Partial<Experiment>)).toMatchObject({ modes, pilotBlocks });
});

test.each([
  ['in-process', COMMAND, /a command comes and goes/],
  ['in-process', BENCHMARKS, /names no `library:`/],
  ['interleaved', HARNESS, /waits between its batches/],
  ['duet', { ...HARNESS, cannot: { duet: 'it has 2 cores' } }, /it has 2 cores/],
] as const)('%s where the subject can not is refused with the reason', (mode, traits, reason) => {
  const subject =
    traits === COMMAND
      ? ({ kind: 'command', folder: '', build: [], environment: {}, run: { words: ['x'] } } as const)
      : undefined;
  const asked = () => plan(traits, { mode: mode as Mode, ...(subject && { subject }) });
  expect(asked).toThrow(reason);
  expect(asked).toThrow(expect.objectContaining({ facts: expect.objectContaining({ code: 'mode-not-possible' }) }));
});

test('one process is for builds: there is nothing else to load into it', () => {
  const levels = { factors: [factor('payload', ['1 B', '2 B'])], mode: 'in-process' } as const;
  expect(() => plan(HARNESS, levels)).toThrow(/there are no builds/);
});

test('a metric of whole processes forbids sharing one, and says so', () => {
  const metrics = { primary: 'time.p50', gate: ['cpu'], explore: [] };
  expect(() => plan(HARNESS, { mode: 'in-process', metrics })).toThrow(/one of whole processes/);
});

test('a duet takes four cores, processes that can wait, and a core for each of them', () => {
  const possible = (cores: number[], modes: Mode[] = ['alternating']) => withDuet({ modes }, cores);
  expect(possible([0, 1]).cannot!.duet).toBe('it takes 4 cores, and the runs have 2');
  expect(possible([0, 1, 2, 3], ['interleaved']).cannot!.duet).toBe('its processes come and go');
  expect(plan(possible([0, 1, 2, 3]), { mode: 'duet' }).modes).toEqual(['duet']);
  const many = { factors: [factor('build', ['./a', './b', './c', './d'], { family: 'build' })], mode: 'duet' } as const;
  expect(() => plan(possible([0, 1, 2, 3]), many)).toThrow(
    /5 processes would play at the same time, and the runs have 4 cores/,
  );
});

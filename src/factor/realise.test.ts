import { expect, test } from 'vitest';
import type { Experiment, Factor } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Arm } from '../model/plan.ts';
import { realise } from './realise.ts';

const subject = { kind: 'command', folder: '/x', build: [], environment: {}, run: { words: ['true'] } } as const;

function realiseOne(factor: Factor, text: string, more: Partial<Experiment> = {}, role: Arm['role'] = 'main') {
  const experiment = inventExperiment({
    subject,
    factors: [factor],
    baseline: {},
    probe: 'counters',
    seed: 11,
    ...more,
  });
  const treatment = { id: text, levels: { [factor.name]: text } };
  return realise(experiment, { id: 'arm', treatment, role, every: 1 });
}

test.each([
  ['go.gogc', { text: '400', value: 400, dimension: 'count' }, { GOGC: '400' }],
  ['go.gogc', { text: 'off' }, { GOGC: 'off' }],
  ['go.gomemlimit', { text: '64 MiB', value: 67108864, dimension: 'bytes' }, { GOMEMLIMIT: '67108864' }],
  ['go.gomemlimit', { text: 'off' }, { GOMEMLIMIT: 'off' }],
  ['go.gomaxprocs', { text: '2', value: 2, dimension: 'count' }, { GOMAXPROCS: '2' }],
  ['env.RUST_LOG', { text: 'debug' }, { RUST_LOG: 'debug' }],
] as const)('%s becomes a variable of the run', (name, level, environment) => {
  const real = realiseOne({ name, family: 'environment', levels: [level] }, level.text);
  expect(real.environment).toEqual(environment);
  expect(real.parameters).toEqual({});
});

test('a parameter is handed over as it was written and in base units, and is a variable of the command line', () => {
  const levels = [{ text: '4 KiB', value: 4096, dimension: 'bytes' as const }, { text: 'auto' }];
  const factor: Factor = { name: 'max-size', family: 'parameter', levels };
  const real = realiseOne(factor, '4 KiB');
  expect(real.parameters).toEqual({ 'max-size': { text: '4 KiB', value: 4096 } });
  expect(real.variables).toEqual({ SEED: '11', max_size: '4096', MAX_SIZE: '4096' });
  expect(realiseOne(factor, 'auto').variables.MAX_SIZE).toBe('auto');
});

test('the seed of the workload goes before that of the experiment', () => {
  const factor: Factor = { name: 'n', family: 'parameter', levels: [{ text: '1' }] };
  expect(realiseOne(factor, '1', { workload: { name: 'w', seed: 7 } }).variables.SEED).toBe('7');
});

test('a build level chooses the artifact, a probe level whether the probe is on', () => {
  expect(realiseOne({ name: 'build', family: 'build', levels: [{ text: './b' }] }, './b').build).toBe('./b');
  const probe: Factor = { name: 'probe', family: 'probe', levels: [{ text: 'off' }, { text: 'full' }] };
  expect(realiseOne(probe, 'full').probe).toBe('full');
  expect(realiseOne(probe, 'off').probe).toBe('off');
});

test('a probed arm has the probe that the experiment asks for, any other has none', () => {
  const factor: Factor = { name: 'n', family: 'parameter', levels: [{ text: '1' }] };
  expect(realiseOne(factor, '1', {}, 'probed').probe).toBe('counters');
  expect(realiseOne(factor, '1', {}, 'aa').probe).toBe('off');
  expect(realiseOne(factor, '1', {}, 'off').probe).toBe('off');
});

test('the benchmark of a Go package is no parameter', () => {
  const factor: Factor = { name: 'benchmark', family: 'parameter', levels: [{ text: 'Sum/size=10' }] };
  const bench = { kind: 'go-bench', folder: '/x', build: [], environment: {}, package: '.', bench: '.' } as const;
  const real = realiseOne(factor, 'Sum/size=10', { subject: bench });
  expect(real.benchmark).toBe('Sum/size=10');
  expect(real.parameters).toEqual({});
});

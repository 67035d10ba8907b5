import { expect, test } from 'vitest';
import type { Environment } from '../model/result.ts';
import { judgeClocks } from './clock.ts';
import type { Noise } from './noise.ts';
import { findWeaknesses } from './weakness.ts';

const QUIET: Environment = {
  machine: { allowedCores: 4, virtual: false },
  state: { governor: 'performance', turbo: false, addressRandomisation: true, loadAverage: 0.2 },
};
const CALM: Noise = { blocks: 80, blockSd: 0.004, bias: 0, lagOne: 0.1, swing: 1.02, sees: [], seconds: 5 };
const CLOCKS = judgeClocks({ os: { read_ns: 25, quantum_ns: 30 } }, 'kvm-clock', true);

const state = (change: Environment[string]) => ({ environment: { ...QUIET, state: { ...QUIET.state, ...change } } });
const machine = (change: Environment[string]) => ({
  environment: { ...QUIET, machine: { ...QUIET.machine, ...change } },
});
const noise = (change: Partial<Noise>) => ({ environment: QUIET, noise: { ...CALM, ...change } });

test('a quiet machine has no weakness', () => {
  expect(findWeaknesses({ environment: QUIET, noise: CALM })).toEqual([]);
});

test('a machine that tells nothing has none that could be known but its one core', () => {
  expect(findWeaknesses({ environment: {} }).map(({ code }) => code)).toEqual(['one-core']);
});

test.each([
  ['governor', state({ governor: 'powersave' })],
  ['turbo', state({ turbo: true })],
  ['busy', state({ loadAverage: 2.5 })],
  ['cpu-quota', state({ coresQuota: 1.5 })],
  ['fixed-addresses', state({ addressRandomisation: false })],
  ['one-core', machine({ allowedCores: 1 })],
  ['slow-clock', { environment: QUIET, clocks: CLOCKS }],
  ['noisy', noise({ blockSd: 0.03 })],
  ['drift', noise({ lagOne: -0.4 })],
  ['two-speeds', noise({ swing: 1.5 })],
])('%s is told once, with its cure', (code, facts) => {
  const found = findWeaknesses(facts);
  expect(found.map((warning) => warning.code)).toEqual([code]);
  expect(found[0]?.cure).toMatch(/\w/);
});

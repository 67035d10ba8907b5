import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeFaults, faultRun, keepFaultKey } from './fault.ts';

test('a run is told fault, site and nanoseconds, and the key of its build', () => {
  expect(faultRun([{ kind: 'delay', site: 'fc_transform', size: 137.5e-9 }], 'k')).toEqual({
    SEAMARK_FAULT: 'delay:fc_transform:137.5',
    SEAMARK_FAULT_KEY: 'k',
  });
  expect(faultRun([{ kind: 'delay', size: 0 }], 'k').SEAMARK_FAULT).toBe('delay::0');
});

test('several faults, how often, the seed of what is drawn, and whole bytes', () => {
  const jitter = { kind: 'jitter', size: 2e-6, spread: 'exponential' } as const;
  expect(faultRun([jitter, { kind: 'leak', site: 'f', size: 4096, every: 100 }], 'k', 77).SEAMARK_FAULT).toBe(
    'jitter::2000:1:77:exponential,leak:f:4096:100',
  );
});

test('a folder keeps one key, for the user alone, and a spoilt one is replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-key-'));
  try {
    const key = await keepFaultKey(folder);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(await keepFaultKey(folder)).toBe(key);
    expect(statSync(join(folder, 'fault-key')).mode & 0o077).toBe(0);
    writeFileSync(join(folder, 'fault-key'), 'spoilt');
    expect(await keepFaultKey(folder)).not.toBe(key);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what was planted stands in the record of a study, and nothing where nothing was', () => {
  const factor = { name: 'fault.delay', family: 'fault' as const, site: 'fc_transform' };
  const planted = { ...factor, levels: [{ text: 'none' }, { text: '200 ns', value: 2e-7 }] };
  expect(describeFaults({ factors: [planted] })).toEqual({
    'planted faults': { 'fault.delay': 'busy time on the foreign side, at every call of fc_transform: none, 200 ns' },
  });
  expect(describeFaults({ factors: [{ ...factor, levels: [{ text: 'none' }, { text: '0 ns', value: 0 }] }] })).toEqual(
    {},
  );
});

test('how often and of what shape is said there too, and of the process no site', () => {
  const levels = [{ text: 'none' }, { text: '1', value: 1 }];
  const of = (name: string, more = {}) =>
    describeFaults({ factors: [{ name, family: 'fault', levels, ...more }] })['planted faults'];
  expect(of('fault.leak', { every: 1000 })).toEqual({
    'fault.leak': 'bytes of malloc, touched and kept, at 1 in 1,000 calls: none, 1',
  });
  expect(of('fault.jitter', { spread: 'exponential', site: 'f' })).toEqual({
    'fault.jitter': 'busy time of that mean on the foreign side, at every call of f, exponential: none, 1',
  });
  expect(of('fault.cores')).toEqual({ 'fault.cores': 'cores taken away: none, 1' });
});

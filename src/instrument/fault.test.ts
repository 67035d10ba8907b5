import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeFaults, faultRun, keepFaultKey } from './fault.ts';

test('a run is told fault, site and nanoseconds, and the key of its build', () => {
  expect(faultRun({ kind: 'delay', site: 'fc_transform', seconds: 137.5e-9 }, 'k')).toEqual({
    SEAMARK_FAULT: 'delay:fc_transform:137.5',
    SEAMARK_FAULT_KEY: 'k',
  });
  expect(faultRun({ kind: 'delay', seconds: 0 }, 'k').SEAMARK_FAULT).toBe('delay::0');
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
    'planted faults': { 'fault.delay': 'busy time on the foreign side of every call of fc_transform: none, 200 ns' },
  });
  expect(describeFaults({ factors: [{ ...factor, levels: [{ text: 'none' }, { text: '0 ns', value: 0 }] }] })).toEqual(
    {},
  );
});

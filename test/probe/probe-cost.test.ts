import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measureProbeCost } from '../../src/instrument/probe-cost.ts';
import { ensureTool } from '../../src/machine/toolbox.ts';

let folder = '';
const before = { cache: process.env.SEAMARK_CACHE, tmp: process.env.TMPDIR };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-cost-test-'));
});
afterEach(() => {
  for (const [name, value] of [
    ['SEAMARK_CACHE', before.cache],
    ['TMPDIR', before.tmp],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true, force: true });
});

test('a stop while the cost of the probe is measured ends its build at once, keeps nothing and leaves nothing', async () => {
  const toolexec = await ensureTool('toolexec');
  process.env.SEAMARK_CACHE = join(folder, 'cache');
  process.env.TMPDIR = folder;
  const controller = new AbortController();
  const measuring = measureProbeCost(toolexec, controller.signal);
  // Stopped as soon as the build is under way: its folder is there.
  await expect.poll(() => readdirSync(folder).some((name) => name.startsWith('seamark-empty-call-'))).toBe(true);
  controller.abort(new Error('stopped'));
  await expect(measuring).rejects.toThrow('stopped');
  // Go's own folder may stay: it was stopped in the first moment of its life.
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => name !== 'cache' && !name.startsWith('go-build'))).toEqual([]);
});

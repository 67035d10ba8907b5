/** A planted delay costs what was asked for, in the mean: also where it is shorter than a reading of the clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildEmptyCall, runEmptyCall } from '../../src/instrument/empty-call.ts';
import { faultBuild, faultRun } from '../../src/instrument/fault.ts';
import { instrumentBuild } from '../../src/instrument/probe-environment.ts';
import { ensureTool } from '../../src/machine/toolbox.ts';

const KEY = '00112233445566778899aabbccddeeff';
const DELAYS_NS = [0, 4, 30, 137.5, 600];
const ROUNDS = 5;

const work = mkdtempSync(path.join(tmpdir(), 'seamark-fault-test-'));
const program = path.join(work, 'empty');
const seen = new Map<number, number>();

beforeAll(async () => {
  const added = { ...instrumentBuild(await ensureTool('toolexec'), ''), ...faultBuild(KEY) };
  await buildEmptyCall({ out: program, added });
  // In turns, and of each the least: what else runs here only adds.
  for (let round = 0; round < ROUNDS; round++) {
    for (const ns of DELAYS_NS) {
      const added = faultRun([{ kind: 'delay', size: ns / 1e9 }], KEY);
      const ran = await runEmptyCall(program, { added, calls: 2000, batches: 200 });
      seen.set(ns, Math.min(seen.get(ns) ?? Number.POSITIVE_INFINITY, ...ran.ns));
    }
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it.each(DELAYS_NS.slice(1))('a delay of %d ns makes a call longer by that, within 4 ns or 3 %%', (ns) => {
  const longer = seen.get(ns)! - seen.get(0)!;
  expect(Math.abs(longer - ns)).toBeLessThan(Math.max(4, 0.03 * ns));
});

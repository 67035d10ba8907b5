import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Drill } from '../model/drill.ts';
import { DrillSeries } from './drills.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-drills-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const drill = (seed: number, budgetS: number): Drill => ({
  ...{ seed, budgetS, startedAt: '2026-01-01T00:00:00Z', verdict: 'regression', ratio: 1.05, seconds: 12 },
  ...{ named: [], witnesses: [], judged: { layer: true, witnesses: true } },
});

test('drills are kept as they were told, those of another budget apart, until the series begins anew', () => {
  const [short, long] = [new DrillSeries(folder, 20), new DrillSeries(folder, 60)];
  expect(short.drills()).toEqual([]);
  short.begin();
  short.add(drill(1, 20));
  short.add(drill(2, 20));
  long.add(drill(1, 60));
  expect(new DrillSeries(folder, 20).drills()).toEqual([drill(1, 20), drill(2, 20)]);
  short.begin();
  expect(short.drills()).toEqual([]);
  expect(long.drills()).toEqual([drill(1, 60)]);
});

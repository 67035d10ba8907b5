/** A small share of `npm run calibrate`: whole studies of two copies of the lab, through the command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOut, plant } from '../../scripts/calibrate/lab.ts';
import { runStudy } from '../../scripts/calibrate/study.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-calibrate-'));
beforeAll(() => layOut(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two copies of the lab', () => {
  it('are never called a regression or an improvement while their sources are the same', async () => {
    const study = await runStudy(folder, { seed: 11, budget: '20s' });
    expect(['equivalent', 'undecided']).toContain(study.verdict);
    expect(study.low).toBeLessThan(1.02);
    expect(study.high).toBeGreaterThan(0.98);
  }, 300_000);

  it('are told apart, with the right sign, when one turns a long empty loop on the Rust side', async () => {
    plant(folder, 4000);
    const study = await runStudy(folder, { seed: 12, budget: '20s' });
    expect(study.verdict).toBe('regression');
    expect(study.low).toBeGreaterThan(1.05);
  }, 300_000);
});

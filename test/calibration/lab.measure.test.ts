/** A small share of `seamark calibrate` on the lab: whole studies through the command line, as a user starts them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/model/calibration.ts';
import { seamark } from '../cli/seamark.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-calibrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a cache of its own: nothing of the user's machine is read or changed. */
async function calibrate(...words: readonly string[]): Promise<{ said: string; calibration: Calibration }> {
  const asked = ['calibrate', '--json', '--budget', '20s', '--seed', '11', ...words];
  const { stdout, stderr } = await seamark(asked, { cwd: folder, env: { SEAMARK_CACHE: join(folder, 'cache') } });
  return { said: stderr, calibration: JSON.parse(stdout) as Calibration };
}

describe('the lab', () => {
  it('is never called changed against itself', async () => {
    const { calibration } = await calibrate('--only', 'same', '--studies', '1');
    expect(calibration.rates).toHaveLength(1);
    expect(calibration.rates[0]).toMatchObject({ share: 0, called: { count: 0, of: 1 } });
  }, 300_000);

  it('goes on where a series stopped, and runs nothing twice', async () => {
    const { calibration, said } = await calibrate('--only', 'same', '--studies', '2', '--resume');
    expect(calibration.rates[0]).toMatchObject({ called: { count: 0, of: 2 } });
    expect(said).toContain('2 of 2');
    expect(said).not.toContain('1 of 2');
    const again = await calibrate('--only', 'same', '--studies', '2', '--resume');
    expect(again.calibration).toEqual(calibration);
  }, 300_000);

  it('is told apart from itself, with the right sign, when a tenth of its time is planted at its boundary', async () => {
    const { calibration } = await calibrate(
      '--only',
      'planted',
      '--plant',
      '10',
      '--planted',
      '2',
      '--site',
      'fc_transform',
    );
    const [same, planted] = calibration.rates;
    expect(same).toMatchObject({ share: 0, called: { of: 2 } });
    expect(planted).toMatchObject({ share: 0.1, called: { count: 2, of: 2 }, wrong: 0 });
  }, 300_000);

  it('runs no study where nothing can be planted, and names the functions that are there', async () => {
    const { stdout, stderr, code } = await seamark(['calibrate', '--site', 'nosuch', '--budget', '20s'], {
      cwd: folder,
      env: { SEAMARK_CACHE: join(folder, 'cache') },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/planted at nosuch, and the program has no call of that name[\s\S]*fc_transform/);
    expect(stdout).not.toContain('1 of 20');
  }, 300_000);

  it('shows what was found to who asks the doctor', async () => {
    const { stdout } = await seamark(['doctor', '--no-noise'], { env: { SEAMARK_CACHE: join(folder, 'cache') } });
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/Calibration Calibrated here on .* a planted 10 % seen in 2 of 2/);
  }, 60_000);
});

/** Planted faults: only in a build that was asked for them, only with its key, and nothing but time is changed. */
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultBuild, faultRun } from '../../src/instrument/fault.ts';
import { countsOf, Laboratory } from './laboratory.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const planted = (seconds: number, site?: string, key = KEY) =>
  faultRun([{ kind: 'delay', size: seconds, ...(site === undefined ? {} : { site }) }], key);

let lab: Laboratory;
let bare: string;
let probed: string;
let plantable: string;

beforeAll(async () => {
  lab = new Laboratory();
  bare = await lab.build('bare');
  probed = await lab.buildProbed('probed');
  plantable = await lab.buildProbed('plantable', [], faultBuild(KEY));
});
afterAll(() => lab[Symbol.dispose]());

describe('a program that can be planted', () => {
  it('answers the same in every form of call, planted in each of them, probed or not', async () => {
    const answer = await lab.run(bare, ['all']);
    const alone = await lab.run(plantable, ['all'], planted(2e-6));
    const nothing = await lab.run(plantable, ['all'], planted(0));
    const counting = await lab.watch(plantable, ['all'], { SEAMARK_PROBE: 'counters', ...planted(2e-6) });
    const watched = await lab.watch(plantable, ['all'], planted(2e-6));
    for (const run of [alone, nothing, counting, watched]) {
      expect(run.stdout).toBe(answer.stdout);
      expect(run.calls).toBe(answer.calls);
    }
    expect(countsOf(counting.map)).toEqual(countsOf(watched.map));
  });

  it('has the planted time in the callee of the site that was named, and of no other', async () => {
    const { map } = await lab.watch(plantable, ['all'], planted(2e-3, 'add'));
    const callee = (site: string) => map.sites.find((one) => one.site === site)!.callee.mean;
    expect(callee('add')).toBeGreaterThan(1.9e-3);
    expect(callee('makePair')).toBeLessThan(1e-3);
    const total = map.sites.find((one) => one.site === 'add')!;
    expect(total.entry.mean + total.return.mean).toBeLessThan(1e-3);
  });

  it('plants nothing without the key of its build, and says so', async () => {
    const answer = await lab.run(bare, ['all']);
    for (const key of ['', 'f'.repeat(32), `${KEY}0`, KEY.slice(1)]) {
      const ran = await execa(plantable, ['all'], { env: planted(1, undefined, key), reject: false });
      expect(ran.exitCode).toBe(0);
      expect(ran.stdout).toBe(answer.stdout);
      expect(ran.stderr).toContain('without the key of this build: nothing is planted');
    }
  });

  it.each([
    ['a site that it does not have', { ...planted(1e-6, 'nowhere') }, 'a site that this program does not have'],
    ['a fault of no known kind', { ...planted(0), SEAMARK_FAULT: 'leek::3' }, 'is not KIND:SITE:SIZE'],
    ['a time that is none', { ...planted(0), SEAMARK_FAULT: 'delay::soon' }, 'is not KIND:SITE:SIZE'],
    ['no time', { ...planted(0), SEAMARK_FAULT: 'delay:add' }, 'is not KIND:SITE:SIZE'],
  ])('ends before it begins, when it has the key and is asked for %s', async (_, env, says) => {
    const ran = await execa(plantable, ['all'], { env, reject: false });
    expect(ran.exitCode).toBe(78);
    expect(ran.stderr).toContain(says);
    expect(ran.stdout).toBe('');
  });
});

it('a program built with the probe alone holds nothing that could be planted', async () => {
  const ran = await execa(probed, ['all'], { env: planted(1) });
  expect(ran.stderr).not.toContain('seamark');
  const { stdout } = await execa('go', ['tool', 'nm', probed]);
  expect(stdout).not.toContain('_seamark_plant');
  expect((await execa('go', ['tool', 'nm', plantable])).stdout).toContain('_seamark_plant');
});

import { describe, expect, test } from 'vitest';
import { makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { ProbeCost } from '../model/result.ts';
import { viewProbeCosts } from './probe-cost-view.ts';

const study = makePathStudy();

/** The study's costs, those of `payload` replaced. */
function viewWith(payload: string, cost: Partial<ProbeCost>) {
  return viewProbeCosts({
    ...study,
    probeCosts: study.probeCosts.map((each) => (each.treatment.includes(`=${payload} `) ? { ...each, ...cost } : each)),
  });
}

describe('the cost of the probe', () => {
  test('opens with what it adds to a crossing', () => {
    expect(viewProbeCosts(study).perCrossing).toBe('33 ns');
    expect(viewProbeCosts({ ...study, boundary: [] }).perCrossing).toBeUndefined();
  });

  test('that chance covers is no figure but a bound, one for the whole group', () => {
    const view = viewWith('64 KiB', { seconds: -8.15e-6, low: -18.2e-6, high: 2.8e-6 });
    expect(view.untold).toEqual(['not told from zero: 64 KiB (within ±18.2 µs)']);
    expect(view.lines.map((line) => line.treatment)).not.toContain('64 KiB · borrow');
    expect(view.unit.name).toBe('ns');
  });

  test('that is far more than that of the crossings is not laid to them', () => {
    const cost = { seconds: 2.57e-6, low: 1.15e-6, high: 6.16e-6 };
    expect(viewWith('64 KiB', cost).untold.join()).toMatch(
      /more than twice what the crossings cost on an empty call at .*64 KiB · borrow.*: a probed run bears more than crossings/,
    );
    const fair = { seconds: 60e-9, low: 30e-9, high: 90e-9 };
    const untold = ['64 B', '4 KiB', '64 KiB'].map((payload) => viewWith(payload, fair).untold.join());
    expect(untold.filter((said) => /64 KiB · borrow/.test(said) && /twice/.test(said))).toHaveLength(0);
  });

  test('below zero is laid to the builds, not to the probe', () => {
    const view = viewWith('4 KiB', { seconds: -223e-9, low: -386e-9, high: -59.8e-9 });
    expect(view.untold[0]).toMatch(/4 KiB · borrow: the probed build was the faster one, by 59.8 ns to 386 ns/);
  });

  test('compiled in and off has a row below its own treatment, wherever its interval lies', () => {
    const treatment = study.probeCosts.find((cost) => cost.treatment.includes('=64 B '))!.treatment;
    const off: ProbeCost = {
      ...{ treatment, probe: 'off', seconds: -0.2e-9, low: -1.1e-9, high: 0.9e-9, ratio: 0.9987, blocks: 8 },
    };
    const withOff = (cost: ProbeCost) => viewProbeCosts({ ...study, probeCosts: [...study.probeCosts, cost] });
    const before = viewProbeCosts(study);
    const { lines, untold, unit } = withOff(off);
    const at = lines.findIndex((line) => line.treatment.endsWith(' · off'));
    expect(lines[at]).toEqual({
      ...{ treatment: `${lines[at - 1]!.treatment} · off`, figure: '−0.20', interval: '[−1.10, 0.90]' },
      ...{ share: '−0.13 %', blocks: 8 },
    });
    expect(lines.filter((_, each) => each !== at)).toEqual(before.lines);
    expect([untold, unit]).toEqual([before.untold, before.unit]);
    const few = withOff({ ...off, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect(few.lines).toEqual(before.lines);
    expect(few.untold).toEqual([`not told from zero: ${lines[at]!.treatment} (too few blocks)`]);
  });

  test('is one row of a study of a single treatment whose own cost is not told', () => {
    const one = { ...study.probeCosts[0]!, low: -1e-9 };
    const off: ProbeCost = { ...one, probe: 'off', seconds: 1e-10, low: -2e-10, high: 4e-10 };
    const { lines, unit } = viewProbeCosts({ ...study, probeCosts: [one, off] });
    expect(lines).toMatchObject([{ treatment: expect.stringMatching(/ · off$/), figure: expect.any(String) }]);
    expect(unit.name).toBe('ns');
  });

  test('of too few blocks says so', () => {
    expect(viewWith('64 B', { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }).untold).toEqual([
      'not told from zero: 64 B (too few blocks)',
    ]);
  });
});

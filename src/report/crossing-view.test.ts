import { describe, expect, test } from 'vitest';
import { makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { BoundaryMap } from '../model/site.ts';
import { viewCrossings } from './crossing-view.ts';

/** The study's first map alone, its operation as long as its calls times `share`. */
function viewWith(share: number | undefined) {
  const study = makePathStudy();
  const { operationS: _, ...map }: BoundaryMap = study.boundary[0]!;
  const callsS = map.sites.reduce((sum, site) => sum + site.total.mean * site.perOperation!, 0);
  const whole = share === undefined ? map : { ...map, operationS: callsS * share };
  const view = viewCrossings({ ...study, boundary: [whole] })!;
  return { view, treatment: view.treatments[0]!, callsS };
}

describe('Go self', () => {
  test('is what is left of the operation beside its calls', () => {
    const { treatment, callsS, view } = viewWith(1.25);
    expect(treatment.goSelfS).toBeCloseTo(callsS * 0.25, 15);
    expect(view.notes.filter((note) => note.includes('Go'))).toEqual([]);
  });

  test('reads as about nothing where the calls came out a hundredth longer at most', () => {
    const { treatment } = viewWith(0.992);
    expect(treatment).toMatchObject({ goSelf: '~0', goSelfS: 0 });
  });

  test('is not told where the calls came out longer than that, and the map says why', () => {
    const { treatment, view } = viewWith(0.8);
    expect(treatment.goSelf).toBeUndefined();
    expect(view.notes.join()).toMatch(/lasted 25 % longer than the operation, as calls that run side by side do/);
  });

  test('a map of which 1 in 64 crossings was timed lays it to that, not to calls side by side', () => {
    const study = makePathStudy();
    const map = { ...study.boundary[0]!, every: 64 };
    const callsS = map.sites.reduce((sum, site) => sum + site.total.mean * site.perOperation!, 0);
    const notes = viewCrossings({ ...study, boundary: [{ ...map, operationS: callsS * 0.8 }] })!.notes.join();
    expect(notes).toMatch(/came out 25 % longer than the operation, as only 1 in 64 was timed/);
    expect(notes).not.toMatch(/side by side/);
  });

  test('is not guessed where the length of the operation was not recorded', () => {
    const { treatment, view } = viewWith(undefined);
    expect(treatment.goSelf).toBeUndefined();
    expect(view.notes.join()).toMatch(/was not recorded/);
  });

  test('and times are not shown where the probe only counted', () => {
    const study = makePathStudy();
    const view = viewCrossings({ ...study, boundary: [{ ...study.boundary[0]!, countsOnly: true }] })!;
    expect(view.treatments[0]!.map.rows.map((row) => row.entry + row.callee + row.return + row.total)).toEqual(['']);
    expect(view.notes.join()).toMatch(/only counted/);
    expect(view.notes.join()).not.toMatch(/Go did itself/);
  });
});

import { expect, test } from 'vitest';
import type { BoundarySlice } from '../model/site.ts';
import { leaveDisturbed } from './undisturbed.ts';

/** Slices of 10 operations of 1 µs, half of it in one call; `extra`: seconds that a disturbance adds to the call of a slice. */
function window(extra: readonly number[]) {
  const slices = extra.map((added): BoundarySlice => {
    const site = { site: 'f', kind: 'call', entryS: 1e-6, calleeS: 4e-6 + added, returnS: 0, nestedS: 0 } as const;
    return { operations: 10, seconds: 10e-6 + added, sites: [site] };
  });
  const operations = 10 * slices.length;
  return {
    operations,
    seconds: slices.reduce((sum, { seconds }) => sum + seconds, 0),
    sites: [],
    collectorS: 8e-6,
    slices,
  };
}

const QUIET = [0, 0, 0, 0, 0, 0, 0, 0];

test('the outer quarters go, of both builds together, and what is left still adds up', () => {
  const disturbed = window([0, 0, 1e-3, 0, 0, 2e-3, 0, 0]);
  const { baseline, candidate } = leaveDisturbed({ baseline: window(QUIET), candidate: disturbed });
  expect([baseline.operations, candidate.operations]).toEqual([40, 40]);
  expect(candidate.seconds).toBeCloseTo(40e-6, 12);
  expect(candidate.sites).toEqual([{ site: 'f', kind: 'call', entryS: 4e-6, calleeS: 16e-6, returnS: 0, nestedS: 0 }]);
  expect(candidate.collectorS).toBeCloseTo(4e-6, 12);
});

test('a window without slices, or with few, is left whole', () => {
  const few = { baseline: window([0, 0, 0]), candidate: window([0, 1e-3, 0]) };
  expect(leaveDisturbed(few)).toEqual(few);
  const { slices: _, ...whole } = window(QUIET);
  const uneven = { baseline: whole, candidate: window(QUIET) };
  expect(leaveDisturbed(uneven)).toEqual(uneven);
});

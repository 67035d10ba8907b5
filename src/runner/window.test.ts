import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoundaryReading, SiteReading } from '../model/site.ts';
import { windowBetween } from './window.ts';

const ZERO: SiteReading = {
  ...{ site: 'f', kind: 'call', package: 'p', opened: 0, closed: 0, errors: 0, recorded: 0 },
  ...{ entry: 0, callee: 0, return: 0, nested: 0 },
};
const reading = (sites: readonly SiteReading[], changes: Partial<BoundaryReading> = {}): BoundaryReading => ({
  ...{ clock: { kind: 'tsc', quantumS: 1e-8 }, ticksPerSecond: 1e9, countsOnly: false, unpatched: [], declared: 2 },
  lanes: [],
  sites,
  ...changes,
});
const at = (crossings: number, site = 'f'): SiteReading => ({
  ...ZERO,
  site,
  ...{ opened: crossings, closed: crossings, recorded: crossings / 2 },
  ...{ entry: 40 * crossings, callee: 100 * crossings, return: 30 * crossings },
});

test('a window holds what came between its readings, in seconds, and no site that was not crossed meanwhile', () => {
  const window = windowBetween(
    reading([at(10), at(4, 'set up')], { lanes: [7] }),
    reading([at(110), at(4, 'set up')], { lanes: [57, 3] }),
    { operations: 50, seconds: 1e-3 },
  );
  expect(window).toMatchObject({
    operations: 50,
    seconds: 1e-3,
    declared: 2,
    records: [
      [7, 57],
      [0, 3],
    ],
  });
  expect(window.sites).toHaveLength(1);
  expect(window.sites[0]).toMatchObject({ site: 'f', opened: 100, closed: 100, recorded: 50 });
  expect(window.sites[0]!.calleeS).toBeCloseTo(1e-5, 15);
});

test('without an earlier reading the window begins with the process', () => {
  expect(windowBetween(undefined, reading([at(10)]), { operations: 5 }).sites[0]).toMatchObject({ opened: 10 });
});

test('the parts of the callee are told in seconds of the window, and left out where the probe did not look so deep', () => {
  const deep = (crossings: number): SiteReading => ({
    ...at(crossings),
    deep: { allocator: 20 * crossings, wait: 10 * crossings, ready: crossings, spent: 2 * crossings },
  });
  const [looked] = windowBetween(reading([deep(10)]), reading([deep(110)]), { operations: 50 }).sites;
  expect(looked!.allocatorS).toBeCloseTo(2e-6, 15);
  expect(looked!.waitS).toBeCloseTo(1e-6, 15);
  expect(looked!.readyS).toBeCloseTo(1e-7, 15);
  expect(looked!.spentS).toBeCloseTo(2e-7, 15);
  expect(looked).not.toHaveProperty('deep');

  const [uncounted] = windowBetween(undefined, reading([{ ...at(10), deep: { wait: 0, ready: 0, spent: 0 } }]), {
    operations: 5,
  }).sites;
  expect(uncounted).toMatchObject({ waitS: 0, readyS: 0 });
  expect(uncounted).not.toHaveProperty('allocatorS');
  expect(windowBetween(undefined, reading([at(10)]), { operations: 5 }).sites[0]).not.toHaveProperty('waitS');
});

test('what the callee allocated is told of the window, and of each part that it was read in', () => {
  const kept = (crossings: number): SiteReading => ({
    ...at(crossings),
    sums: {
      ...{ bytesIn: 64 * crossings, bytesOut: 0, copies: crossings, pins: 0 },
      ...{ allocs: 2 * crossings, allocBytes: 200 * crossings, frees: crossings, heldBytes: -16 * crossings },
    },
  });
  const counted = (crossings: number) => reading([kept(crossings)], { allocations: true });
  const window = windowBetween(counted(10), counted(110), { operations: 50 }, [counted(30), counted(30)]);
  expect(window.allocations).toBe(true);
  expect(window.sites[0]).toMatchObject({
    sums: { bytesIn: 6400, copies: 100, allocs: 200, allocBytes: 20_000, frees: 100, heldBytes: -1600 },
    parts: [
      { crossings: 20, heldBytes: -320 },
      { crossings: 0, heldBytes: 0 },
      { crossings: 80, heldBytes: -1280 },
    ],
  });
  const uncounted = windowBetween(reading([at(10)]), reading([at(20)]), { operations: 50 }, [reading([at(12)])]);
  expect(uncounted.allocations).toBeUndefined();
  expect(uncounted.sites[0]).not.toHaveProperty('parts');
  expect(uncounted.sites[0]).not.toHaveProperty('sums');
});

test('windows of one process add up to the window from its first reading to its last', () => {
  const steps = fc.array(
    fc.integer({ min: 0, max: 1_000_000 }).map((half) => 2 * half),
    { minLength: 2, maxLength: 6 },
  );
  fc.assert(
    fc.property(steps, (added) => {
      let crossings = 0;
      const readings = added.map((more) => {
        crossings += more;
        return reading([at(crossings)]);
      });
      const opened = (from: number, to: number) =>
        windowBetween(readings[from], readings[to]!, { operations: 1 }).sites.reduce(
          (sum, { opened }) => sum + opened,
          0,
        );
      const parts = added.slice(1).map((_, index) => opened(index, index + 1));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(opened(0, added.length - 1));
    }),
    { seed: 11 },
  );
});

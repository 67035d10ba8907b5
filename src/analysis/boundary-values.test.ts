import { expect, test } from 'vitest';
import type { BoundaryWindow, SiteWindow } from '../model/site.ts';
import { NO_SUMS } from '../model/site-sums.ts';
import { mapWindows } from './boundary-map.ts';
import { boundaryValue, windowValue } from './boundary-values.ts';

const site = (name: string, changes: Partial<SiteWindow>): SiteWindow => ({
  ...{ site: name, kind: 'call', package: 'p', opened: 100, closed: 100, errors: 0, recorded: 0 },
  ...{ entryS: 0, calleeS: 0, returnS: 0, nestedS: 0 },
  ...changes,
});
const WINDOW: BoundaryWindow = {
  ...{ operations: 50, seconds: 1, clock: { kind: 'tsc', quantumS: 1e-8 }, unpatched: [], declared: 3, records: [] },
  allocations: true,
  sites: [
    site('decode', {
      sums: { ...NO_SUMS, allocs: 700, allocBytes: 3200, heldBytes: 400, copies: 100, bytesIn: 6400, pins: 50 },
    }),
    site('C.CBytes', { kind: 'copy', sums: { ...NO_SUMS, copies: 150, bytesIn: 9600 } }),
    site('C.GoBytes', { kind: 'copy', sums: { ...NO_SUMS, copies: 100, bytesOut: 640 } }),
    site('goOnRow', { kind: 'callback' }),
  ],
};

test.each([
  ['crossings', 6, 'a copy that asks C for memory crosses, one that stays in Go does not'],
  ['callee.allocs', 14, ''],
  ['callee.bytes', 64, ''],
  ['callee.held', 8, ''],
  ['boundary.copies', 5, 'each once, at the helper that made it'],
  ['boundary.in', 128, 'what was handed to a call'],
  ['boundary.out', 0, ''],
  ['boundary.pins', 1, ''],
  ['site(decode).boundary.copies', 2, 'at the call that they served'],
  ['site(C.CBytes).boundary.copies', 3, 'at the helper'],
  ['site(decode).callee.allocs', 14, ''],
  ['site(unknown).crossings', 0, ''],
  ['site(p.decode).crossings', 2, 'by its package'],
  ['site(q.decode).crossings', 0, 'by another package'],
  ['site(call p.decode).crossings', 2, 'by its kind too'],
  ['site(callback decode).crossings', 0, 'by another kind'],
])('%s is %d an operation: %s', (metric, value) => {
  expect(windowValue(WINDOW, metric)).toBe(value);
  expect(boundaryValue(mapWindows([{ window: WINDOW, wallS: 1 }], { of: 'x' }), metric)).toBe(value);
});

test('what a thread allocates once is no part of the operation: a run says what its usual part does', () => {
  const part = (allocs: number) => ({ crossings: 25, allocs, allocBytes: 24 * allocs, heldBytes: 24 * allocs - 600 });
  const of = (parts: readonly number[]) =>
    windowValue(
      { ...WINDOW, sites: [site('decode', { sums: { ...NO_SUMS, allocs: 51 }, parts: parts.map(part) })] },
      'callee.allocs',
    );
  expect(of([25, 25, 25, 25])).toBe(2);
  expect(of([27, 25, 25, 26])).toBe(2);
  expect(of([25, 26])).toBe(51 / 50);
});

test('what was not counted has no value, and times are none of a window', () => {
  const { allocations: _, ...uncounted } = WINDOW;
  expect(windowValue(uncounted, 'callee.allocs')).toBeUndefined();
  const map = mapWindows(
    [WINDOW, uncounted].map((window) => ({ window, wallS: 1 })),
    { of: 'x' },
  );
  expect(boundaryValue(map, 'callee.allocs')).toBeUndefined();
  expect(windowValue(uncounted, 'crossings')).toBe(6);
  expect(windowValue(WINDOW, 'callee')).toBeUndefined();
});

import { expect, test } from 'vitest';
import type { GaugeSeries, Timeline } from '../model/timeline.ts';
import { countPartly, summariseTimeline, warnOfReleases } from './runtimes.ts';

const series = (gauge: string, values: readonly (number | null)[]): GaugeSeries => ({
  ...{ gauge, side: 'process', unit: 'bytes', grows: false, values },
});

const timeline = (all: readonly GaugeSeries[]): Timeline => ({
  ...{ pid: 1, intervalS: 1, seconds: [0, 1, 2, 3, 4], series: all },
});

test('only what lies within the timed batches counts', () => {
  const told = timeline([series('libc.inuse', [0, 100, 150, 180, 900]), series('rss', [9000, 10, 30, 20, 9000])]);
  expect(summariseTimeline(told, [1, 3])).toEqual({ samples: 3, foreignGrowthBytes: 80, rssBytes: 30 });
});

test('allocators that are in one process are added up', () => {
  const told = timeline([
    series('libc.inuse', [1, 1, 1, 1, 2]),
    series('jemalloc.allocated', [10, null, 20, null, 40]),
    series('mimalloc.committed', [null, null, null, null, 7]),
  ]);
  // One reading of mimalloc tells no growth.
  expect(summariseTimeline(told).foreignGrowthBytes).toBe(31);
});

test('what C holds is not told from the beginning alone, when glibc was not asked to the end', () => {
  const told = { ...timeline([series('libc.inuse', [1, 5, null, null, null])]), libcUnasked: true };
  expect(summariseTimeline(told).foreignGrowthBytes).toBeUndefined();
});

test('the share of collections leaves out what ran on idle processors, and is taken between the same two moments', () => {
  const told = timeline([
    series('go.gc.cpu', [null, 1, 2, 3, null]),
    series('go.gc.idle', [null, 0, 0.5, 1, null]),
    series('cpu.user', [0, 1, 2, 4, 9]),
    series('cpu.system', [0, 1, 1, 2, 9]),
  ]);
  expect(summariseTimeline(told).gcShare).toBeCloseTo(1 / 4, 12);
});

test('what was never known is not told', () => {
  expect(summariseTimeline(timeline([]))).toEqual({ samples: 5 });
  expect(summariseTimeline(timeline([series('queue.wait', [null, 3, null, null, null])]))).toEqual({ samples: 5 });
});

test('a median that is not of all runs says of how many it is', () => {
  const known = { samples: 9, rssBytes: 1, gcShare: 0.1 };
  expect(countPartly([known, { samples: 9, rssBytes: 1 }, known])).toEqual({ partly: { gcShare: 2 } });
  expect(countPartly([known, known])).toEqual({});
});

test('treatments of releases of Go that mean different things by a gauge carry a warning that names it', () => {
  const one = (go: string) => ({
    ...{ treatment: go, go, runs: 1, typical: { samples: 1 } },
    timeline: timeline([series('go.goroutines', [1, 1, 1, 1, 1]), series('rss', [1, 1, 1, 1, 1])]),
  });
  const [warning, ...more] = warnOfReleases([one('1.25.5'), one('1.26.8')]);
  expect(more).toEqual([]);
  expect(warning!.message).toMatch(
    /^Go 1\.25\.5 and 1\.26\.8 do not mean the same by go\.goroutines: .*own goroutines/,
  );
  expect(warnOfReleases([one('1.26.1'), one('1.26.8')])).toEqual([]);
});

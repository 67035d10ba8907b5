import { expect, test } from 'vitest';
import type { Timeline } from '../model/timeline.ts';
import { drawCourse, renderTimelineText } from './timeline-text.ts';
import { viewTimeline } from './timeline-view.ts';

const MIB = 2 ** 20;
const level = (gauge: string, unit: 'bytes' | 'count', values: readonly (number | null)[]) =>
  ({ gauge, side: 'process', unit, grows: false, values }) as const;
const rise = (gauge: string, values: readonly (number | null)[]) =>
  ({ gauge, side: 'process', unit: 'seconds', grows: true, values }) as const;

const timeline: Timeline = {
  pid: 1,
  go: '1.26.8',
  intervalS: 0.5,
  seconds: [1, 1.5, 2, 3],
  series: [
    level('rss', 'bytes', [8 * MIB, 12 * MIB, null, 10 * MIB]),
    level('threads', 'count', [4, 4, 6, 6]),
    rise('cpu.user', [1, 1.4, null, 2.5]),
    rise('cpu.system', [0, 0.1, 0.1, 0.5]),
  ],
};

test('a level is told as it was read: first, last and most', () => {
  const resident = viewTimeline(timeline).find(({ name }) => name === 'resident')!;
  expect([resident.start, resident.end, resident.most]).toEqual([8 * MIB, 10 * MIB, 12 * MIB]);
});

test('what only grows is told as growth a second, spread over what was not seen', () => {
  const busy = viewTimeline(timeline).find(({ name }) => name === 'cores busy')!;
  // Half a second of processor time in the first half second, 1.5 in the 1.5 seconds after.
  expect(busy.shape.every((value) => Math.abs(value! - 1) < 1e-9)).toBe(true);
});

test('a gauge that nobody knew has no line', () => {
  expect(viewTimeline(timeline).map(({ name }) => name)).toEqual(['resident', 'threads', 'cores busy']);
  expect(viewTimeline({ ...timeline, seconds: [1], series: [] })).toEqual([]);
});

test('a course begins at zero, is highest at the most, and is blank where nothing is known', () => {
  expect(drawCourse([0, 1, 2, 4, 8, undefined])).toBe('▁▂▃▅█ ');
  expect(drawCourse([0, 0])).toBe('▁▁');
});

test('of several processes the one that ran longest is shown, and it is said', () => {
  const short = { ...timeline, pid: 2, seconds: [1, 1.1, 1.2, 1.3] };
  const text = renderTimelineText([short, timeline], { columns: 100, color: false });
  expect(text).toMatch(/^over the run: 2 s in 4 samples, the longest of 2 processes\n/);
  expect(renderTimelineText([], { columns: 100, color: false })).toBe('');
});

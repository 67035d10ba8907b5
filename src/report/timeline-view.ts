/** A process over time, as text and pages show it: a few lines that tell one side's growth from the other's. */
import { seriesOf, type Timeline } from '../model/timeline.ts';
import type { Dimension } from '../model/unit.ts';

export interface TimelineRow {
  readonly name: string;
  readonly side: 'process' | 'foreign' | 'go';
  readonly dimension: Dimension;
  readonly start: number;
  readonly end: number;
  readonly most: number;
  /** Over equal stretches of time, what held in each; undefined where nothing was known in it. */
  readonly shape: readonly (number | undefined)[];
}

/** What is shown, top to bottom. A level is read off; a share is what one gauge grew while another did, stretch by stretch. */
const ROWS = [
  { name: 'Go heap', side: 'go', dimension: 'bytes', level: ['go.heap'] },
  { name: 'C heap (glibc)', side: 'foreign', dimension: 'bytes', level: ['libc.inuse'] },
  { name: 'kept free by glibc', side: 'foreign', dimension: 'bytes', level: ['libc.free'] },
  { name: 'jemalloc heap', side: 'foreign', dimension: 'bytes', level: ['jemalloc.allocated'] },
  { name: 'mimalloc, committed', side: 'foreign', dimension: 'bytes', level: ['mimalloc.committed'] },
  { name: 'resident', side: 'process', dimension: 'bytes', level: ['rss'] },
  { name: 'threads', side: 'process', dimension: 'count', level: ['threads'] },
  { name: 'goroutines', side: 'go', dimension: 'count', level: ['go.goroutines'] },
  { name: 'tokio tasks', side: 'foreign', dimension: 'count', level: ['tokio.tasks'] },
  { name: 'cores busy', side: 'process', dimension: 'count', rise: ['cpu.user', 'cpu.system'] },
  { name: 'cores busy with GC', side: 'go', dimension: 'count', rise: ['go.gc.cpu'], less: ['go.gc.idle'] },
  { name: 'waiting for a core', side: 'process', dimension: 'count', rise: ['queue.wait'] },
] as const satisfies readonly {
  name: string;
  side: TimelineRow['side'];
  dimension: Dimension;
  level?: readonly string[];
  rise?: readonly string[];
  less?: readonly string[];
}[];

export const STRETCHES = 24;

/** Empty with fewer than two samples: nothing went on that could be seen. */
export function viewTimeline(timeline: Timeline): readonly TimelineRow[] {
  if (timeline.seconds.length < 2) return [];
  return ROWS.flatMap((row) => {
    const parts = 'level' in row ? row.level : row.rise;
    const values = addUp(timeline, parts, 'less' in row ? row.less : []);
    if (!values) return [];
    const shape = 'level' in row ? meanLevels(timeline.seconds, values) : meanRises(timeline.seconds, values);
    const told = ('level' in row ? values : shape).filter((value) => value != null);
    if (told.length === 0) return [];
    const { name, side, dimension } = row;
    return [{ name, side, dimension, start: told[0]!, end: told.at(-1)!, most: Math.max(...told), shape }];
  });
}

/** Null where a part is not known; undefined where one never is. */
function addUp(
  timeline: Timeline,
  parts: readonly string[],
  less: readonly string[],
): readonly (number | null)[] | undefined {
  const plus = parts.map((gauge) => seriesOf(timeline, gauge));
  const minus = less.map((gauge) => seriesOf(timeline, gauge));
  if ([...plus, ...minus].some((values) => !values)) return undefined;
  return timeline.seconds.map((_, at) => {
    let sum = 0;
    for (const [series, sign] of [...plus.map((one) => [one, 1] as const), ...minus.map((one) => [one, -1] as const)]) {
      const value = series![at];
      if (value == null) return null;
      sum += sign * value;
    }
    return sum;
  });
}

function stretchOf(seconds: readonly number[], at: number): number {
  const first = seconds[0]!;
  const span = seconds.at(-1)! - first;
  return Math.min(STRETCHES - 1, Math.floor((STRETCHES * (seconds[at]! - first)) / span));
}

function meanLevels(seconds: readonly number[], values: readonly (number | null)[]): readonly (number | undefined)[] {
  const sums = Array.from({ length: STRETCHES }, () => ({ sum: 0, count: 0 }));
  values.forEach((value, at) => {
    if (value === null) return;
    const stretch = sums[stretchOf(seconds, at)]!;
    stretch.sum += value;
    stretch.count++;
  });
  return fill(sums.map(({ sum, count }) => (count > 0 ? sum / count : undefined)));
}

/** Growth a second. What grew between two samples is spread evenly over the time between them. */
function meanRises(seconds: readonly number[], values: readonly (number | null)[]): readonly (number | undefined)[] {
  const width = (seconds.at(-1)! - seconds[0]!) / STRETCHES;
  const grown = new Array<number>(STRETCHES).fill(0);
  const covered = new Array<number>(STRETCHES).fill(0);
  let last: number | undefined;
  values.forEach((value, at) => {
    if (value === null) return;
    if (last !== undefined) {
      const [from, to] = [seconds[last]! - seconds[0]!, seconds[at]! - seconds[0]!];
      const rate = (value - values[last]!) / (to - from);
      for (let stretch = 0; stretch < STRETCHES; stretch++) {
        const shared = Math.min(to, (stretch + 1) * width) - Math.max(from, stretch * width);
        if (shared <= 0) continue;
        grown[stretch]! += rate * shared;
        covered[stretch]! += shared;
      }
    }
    last = at;
  });
  return grown.map((sum, stretch) => (covered[stretch]! > 0 ? sum / covered[stretch]! : undefined));
}

/** A short run has fewer samples than stretches: a level holds until the next is known. */
function fill(values: readonly (number | undefined)[]): readonly (number | undefined)[] {
  let last: number | undefined;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
}

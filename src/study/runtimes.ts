/** Samples of probed runs: summed up into the outcome as it comes, read whole from the record files that are kept. */
import { summariseTimeline } from '../analysis/runtimes.ts';
import { believeTimeline } from '../analysis/timeline.ts';
import type { Outcome, RunOutcome } from '../model/run.ts';
import type { Timeline } from '../model/timeline.ts';
import type { RecordFiles } from '../store/record-files.ts';

/** What a result holds of a timeline: what is drawn. Tables have all of it. */
export const SHOWN = {
  most: 120,
  gauges: [
    'rss',
    'threads',
    'libc.inuse',
    'jemalloc.allocated',
    'mimalloc.committed',
    'go.heap',
    'go.heap.goal',
    'go.gc.cycles',
  ],
} as const;

/** Each run of the block with what its samples say of its timed batches, where it took any. */
export function tellRuntimes(records: RecordFiles, outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'run' || outcome.records === undefined) return outcome;
    const timeline = openTimeline(records, outcome.records);
    return timeline ? { ...outcome, runtimes: summariseTimeline(timeline, outcome.boundary?.windowS) } : outcome;
  });
}

/** By the name that a run stores its file under. With `most` and `gauges`: of each timeline so much. */
export function readTimelines(
  records: RecordFiles,
  runs: readonly RunOutcome[],
  { most, gauges }: { readonly most?: number; readonly gauges?: readonly string[] } = {},
): ReadonlyMap<string, Timeline> {
  const timelines = new Map<string, Timeline>();
  for (const { records: name } of runs) {
    const timeline = name === undefined ? undefined : openTimeline(records, name, most);
    if (name === undefined || !timeline) continue;
    const series = timeline.series.filter(({ gauge }) => gauges?.includes(gauge) ?? true);
    timelines.set(name, { ...timeline, series });
  }
  return timelines;
}

function openTimeline(records: RecordFiles, name: string, most?: number): Timeline | undefined {
  const file = records.open(name);
  return file && believeTimeline(file, most === undefined ? {} : { most });
}

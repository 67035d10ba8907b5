/** A process over time: what its two runtimes, its allocators and the system said of it, sample after sample. */

export interface Timeline {
  /** Id of the process. */
  readonly pid: number;
  /** Release of Go it was built with: `1.26.8`; absent when not known. */
  readonly go?: string;
  /** Between two samples at the end; half as long or less at the beginning of a long run. */
  readonly intervalS: number;
  /** Seconds since the process began, ascending, one for each sample. */
  readonly seconds: readonly number[];
  /** glibc's account took too long to be asked for again: its gauges end early. */
  readonly libcUnasked?: boolean;
  /** Those that were known at least once. */
  readonly series: readonly GaugeSeries[];
}

export interface GaugeSeries {
  /** As docs/boundary.md names it: `rss`, `go.heap`, `libc.inuse`. */
  readonly gauge: string;
  readonly side: 'process' | 'foreign' | 'go';
  readonly unit: 'seconds' | 'bytes' | 'count';
  /** It only grows: what happened between two samples is their difference. */
  readonly grows: boolean;
  /** One for each sample; null: not known at that moment. */
  readonly values: readonly (number | null)[];
}

export function seriesOf(timeline: Timeline, gauge: string): readonly (number | null)[] | undefined {
  return timeline.series.find((series) => series.gauge === gauge)?.values;
}

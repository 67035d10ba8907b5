/** Samples of a record file -> the process over time, in base units. */
import { spellRelease } from '../format/gauge.ts';
import { GAUGES } from '../format/gauge-gen.ts';
import { FILE_FLAGS } from '../format/layout-gen.ts';
import type { RecordFile } from '../format/reader.ts';
import { FormatRefusal } from '../format/refusal.ts';
import { readSamples, type Sample } from '../format/sample.ts';
import type { GaugeSeries, Timeline } from '../model/timeline.ts';

const RELEASE = GAUGES.findIndex(({ name }) => name === 'go.release');

/** Undefined where no samples were taken. With `most`, every second, third … of them, and the last. Throws a FormatRefusal when they are not where the file says. */
export function readTimeline(
  file: RecordFile,
  { most = Number.POSITIVE_INFINITY }: { readonly most?: number } = {},
): Timeline | undefined {
  const samples = thin(readSamples(file), most);
  if (samples.length === 0) return undefined;
  const release = samples.find(({ values }) => values[RELEASE] !== undefined)?.values[RELEASE];
  const { pid, startNs, sampleIntervalNs, flags } = file.header;
  return {
    pid,
    ...(release === undefined ? {} : { go: spellRelease(release) }),
    intervalS: Number(sampleIntervalNs) / 1e9,
    ...((flags & FILE_FLAGS.LIBC_UNASKED) === 0 ? {} : { libcUnasked: true }),
    seconds: samples.map(({ ns }) => Number(ns - startNs) / 1e9),
    series: GAUGES.flatMap((_, place) => (place === RELEASE ? [] : (seriesAt(place, samples) ?? []))),
  };
}

/** The same, and undefined where the samples lie: the sums of the process are believed all the same. */
export function believeTimeline(...asked: Parameters<typeof readTimeline>): Timeline | undefined {
  try {
    return readTimeline(...asked);
  } catch (error) {
    if (error instanceof FormatRefusal) return undefined;
    throw error;
  }
}

function thin(samples: readonly Sample[], most: number): readonly Sample[] {
  const step = Math.max(1, Math.ceil(samples.length / most));
  const last = samples.length - 1;
  return samples.filter((_, at) => (last - at) % step === 0);
}

function seriesAt(place: number, samples: readonly Sample[]): GaugeSeries | undefined {
  const { name, side, unit, grows } = GAUGES[place]!;
  if (samples.every(({ values }) => values[place] === undefined)) return undefined;
  const base = (value: number | undefined): number | null =>
    value === undefined ? null : unit === 'ns' ? value / 1e9 : value;
  return {
    gauge: name,
    side,
    unit: unit === 'ns' ? 'seconds' : unit,
    grows,
    values: samples.map(({ values }) => base(values[place])),
  };
}

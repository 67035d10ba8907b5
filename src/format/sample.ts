/**
 * Samples of a process: what its two runtimes, its allocators and the system said of it, moment after moment. They stand
 * behind the lanes and are no part of what a reader must check: a file whose samples lie is still believed in everything
 * else, and its samples are refused.
 */
import { decodeFields } from './field.ts';
import { GAUGES } from './gauge-gen.ts';
import { HEADER, SAMPLE, SAMPLE_FIELDS, type SampleFields } from './layout-gen.ts';
import { type RecordFile, shaped } from './reader.ts';
import { FormatRefusal } from './refusal.ts';

export interface Sample {
  /** Monotonic clock. */
  readonly ns: bigint;
  readonly cause: number;
  readonly phase: number;
  /** By place (GAUGES); undefined: not known at that moment. Exact below 2^53. */
  readonly values: readonly (number | undefined)[];
}

/** Twice what the probe makes room for; a file that claims more is none of its. */
const MOST = 8192;

/**
 * In order of time, whole ones alone; none where none were asked for. When the process was ended while it thinned them out, the
 * second halves that then stand twice are left out. Throws a FormatRefusal when they are not where the header says.
 */
export function readSamples(file: RecordFile): readonly Sample[] {
  const { samplesOffset, sampleCapacity, sampleCount, lanesOffset, laneCapacity, laneBytes } = file.header;
  if (samplesOffset === 0n || sampleCount === 0) return [];
  if (sampleCount > sampleCapacity || sampleCount > MOST) {
    throw new FormatRefusal('lying-counts', HEADER.sampleCount, `sample_count ${sampleCount}`);
  }
  const earliest = lanesOffset + BigInt(laneCapacity) * laneBytes;
  if (samplesOffset % 64n !== 0n || samplesOffset < earliest || samplesOffset > BigInt(file.source.size)) {
    throw new FormatRefusal('offset-outside', HEADER.samplesOffset, `samples_offset ${samplesOffset}`);
  }
  const start = Number(samplesOffset);
  const length = sampleCount * SAMPLE.size;
  if (start + length > file.source.size) throw new FormatRefusal('cut', file.source.size, 'in the samples');
  const bytes = file.source.view(start, length);
  const samples: Sample[] = [];
  for (let index = 0; index < sampleCount; index++) {
    const sample = toSample(shaped<SampleFields>(decodeFields(SAMPLE_FIELDS, bytes, index * SAMPLE.size)));
    if (sample.cause !== 0 && sample.ns > (samples.at(-1)?.ns ?? -1n)) samples.push(sample);
  }
  return samples;
}

function toSample({ ns, cause, phase, present, values }: SampleFields): Sample {
  const known = (place: number): boolean => ((present >> BigInt(place)) & 1n) === 1n;
  return {
    ns,
    cause,
    phase,
    values: GAUGES.map((_, place) => (known(place) ? Number(values[place]!.value) : undefined)),
  };
}

/** A record file with samples of a process: for tests, which say what is known at each moment. */
import { decodeFields, encodeFields } from './field.ts';
import { GAUGES } from './gauge-gen.ts';
import { CAUSE, HEADER, HEADER_FIELDS, type HeaderFields, SAMPLE, SAMPLE_FIELDS } from './layout-gen.ts';

export interface SpecimenMoment {
  readonly ns: bigint;
  /** BEAT unless told otherwise. */
  readonly cause?: number;
  /** By gauge. */
  readonly values?: Readonly<Record<string, bigint>>;
}

/** `lie`: what the header says instead of the truth. */
export function addSamples(
  file: Uint8Array,
  moments: readonly SpecimenMoment[],
  lie: Partial<HeaderFields> = {},
): Uint8Array {
  const start = Math.ceil(file.length / 64) * 64;
  const bytes = new Uint8Array(start + 8 * SAMPLE.size * Math.ceil(moments.length / 8));
  bytes.set(file);
  const truth = {
    samplesOffset: BigInt(start),
    sampleCapacity: 8 * Math.ceil(moments.length / 8),
    sampleCount: moments.length,
    sampleIntervalNs: 10_000_000n,
  };
  const header = decodeFields(HEADER_FIELDS, bytes.slice(0, HEADER.size), 0);
  encodeFields(HEADER_FIELDS, { ...header, ...truth, ...lie }, bytes, 0);
  moments.forEach(({ ns, cause = CAUSE.BEAT, values = {} }, at) => {
    const places = Object.keys(values).map((gauge) => GAUGES.findIndex(({ name }) => name === gauge));
    const sample = {
      ns,
      cause,
      phase: 0,
      present: places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n),
      values: Array.from({ length: 61 }, (_, place) => ({ value: values[GAUGES[place]?.name ?? ''] ?? 0n })),
    };
    encodeFields(SAMPLE_FIELDS, sample, bytes, start + at * SAMPLE.size);
  });
  return bytes;
}

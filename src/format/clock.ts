/** How long a tick is, and how far that can be trusted. */
import { CLOCK, type HeaderFields, type TripleFields } from './layout-gen.ts';

export interface ClockRate {
  readonly kind: 'tsc' | 'os';
  readonly ticksPerSecond: number;
  /** Smallest step of the clock, in seconds. */
  readonly quantumS: number;
  /** Largest disagreement of a stretch between two triples with the whole, as a fraction; undefined below three triples. */
  readonly drift?: number;
}

/** The rate the header states, else nanoseconds of the OS clock, else what triples or both ends give; undefined without any. */
export function clockRate(header: HeaderFields): ClockRate | undefined {
  const triples = header.triples.slice(0, header.tripleCount);
  const measured = rateBetween(triples[0], triples.at(-1)) ?? rateOfEnds(header);
  const stated = Number(header.ticksPerSecond);
  const ticksPerSecond = stated > 0 ? stated : header.clock === CLOCK.OS ? 1e9 : measured;
  if (ticksPerSecond === undefined) return undefined;
  const drift = driftOf(triples);
  return {
    kind: header.clock === CLOCK.TSC ? 'tsc' : 'os',
    ticksPerSecond,
    quantumS: header.quantumTicks / ticksPerSecond,
    ...(drift === undefined ? {} : { drift }),
  };
}

function rateBetween(first: TripleFields | undefined, last: TripleFields | undefined): number | undefined {
  if (!first || !last || last.ns <= first.ns) return undefined;
  return rate(middle(last) - middle(first), 2n * (last.ns - first.ns));
}

function rateOfEnds({ startTicks, startNs, endTicks, endNs }: HeaderFields): number | undefined {
  return endNs > startNs ? rate(endTicks - startTicks, endNs - startNs) : undefined;
}

/** Undefined for a clock that stood or ran backwards. */
function rate(ticks: bigint, ns: bigint): number | undefined {
  return ticks > 0n ? (Number(ticks) / Number(ns)) * 1e9 : undefined;
}

/** Twice the middle of the two tick readings, so that it stays whole. */
function middle({ beforeTicks, afterTicks }: TripleFields): bigint {
  return beforeTicks + afterTicks;
}

function driftOf(triples: readonly TripleFields[]): number | undefined {
  const whole = rateBetween(triples[0], triples.at(-1));
  if (triples.length < 3 || whole === undefined) return undefined;
  const stretches = triples.slice(1).map((triple, index) => rateBetween(triples[index], triple) ?? whole);
  return Math.max(...stretches.map((stretch) => Math.abs(stretch / whole - 1)));
}

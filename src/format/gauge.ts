/** What a sample of a process can hold: names, units, and between which releases of Go a value means another thing. */
import { GAUGES } from './gauge-gen.ts';

export interface Gauge {
  readonly name: string;
  /** Who says it: the system of the process, the foreign side's allocator or runtime, the Go runtime. */
  readonly side: 'process' | 'foreign' | 'go';
  readonly unit: 'ns' | 'bytes' | 'count';
  /** It only grows: what happened between two samples is their difference. */
  readonly grows: boolean;
  /** First release of Go that knows it; every supported one when absent. */
  readonly since?: string;
  /** Releases of Go from which on it means another thing than before. */
  readonly changed?: readonly { readonly release: string; readonly how: string }[];
  readonly means: string;
}

export function findGauge(name: string): Gauge | undefined {
  return GAUGES.find((gauge) => gauge.name === name);
}

/**
 * Why values of a gauge can't be compared between two releases of Go (`1.24`, `1.26.8`); nothing when they can. A release that
 * is not known is compared with none.
 */
export function incomparable(gauge: Gauge, one: string | undefined, other: string | undefined): string | undefined {
  if (gauge.side !== 'go' || one === undefined || other === undefined) return undefined;
  const [first, second] = [one, other].sort(byRelease) as [string, string];
  const since = gauge.since;
  if (since !== undefined && byRelease(first, since) < 0 && byRelease(second, since) >= 0) {
    return `Go says it from ${since} on`;
  }
  const change = gauge.changed?.find(({ release }) => byRelease(first, release) < 0 && byRelease(second, release) >= 0);
  return change && `from Go ${change.release} on ${change.how}`;
}

function byRelease(one: string, other: string): number {
  const [left, right] = [one, other].map((release) => release.split('.').map(Number)) as [number[], number[]];
  return left[0]! - right[0]! || (left[1] ?? 0) - (right[1] ?? 0);
}

/** Of the gauge `go.release`: 12608 is 1.26.8. */
export function spellRelease(value: number): string {
  const [major, minor, patch] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  return `${major}.${minor}.${patch}`;
}

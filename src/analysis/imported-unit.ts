/** Units of the Go benchmark format: their base unit, and which way is better. Source: golang.org/x/perf/benchunit, and `Unit` lines. */
import type { Dimension } from '../model/unit.ts';

/** By unit as printed, what `Unit` lines say of it. */
export type UnitFacts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ImportedUnit {
  readonly dimension: Dimension;
  /** Printed value to base unit. */
  readonly factor: number;
  /** unknown: the unit is the benchmark's own, and no `Unit` line says it. */
  readonly better: 'lower' | 'higher' | 'unknown';
  /** `assume=exact`: any difference is one. */
  readonly exact: boolean;
}

type Shape = Pick<ImportedUnit, 'dimension' | 'factor' | 'better'>;

/** Of the quantity before `/op`, or of a whole unit. */
const TIMES: Readonly<Record<string, number>> = { ns: 1e-9, µs: 1e-6, us: 1e-6, ms: 1e-3, s: 1, sec: 1 };
const BYTES: Readonly<Record<string, number>> = { B: 1, bytes: 1 };
const RATES: Readonly<Record<string, number>> = { 'MB/s': 1e6, 'B/s': 1 };

export function unitOf(unit: string, facts: UnitFacts): ImportedUnit {
  const said = facts[unit] ?? {};
  const shape = shapeOf(unit);
  const better = said.better === 'lower' || said.better === 'higher' ? said.better : shape.better;
  return { ...shape, better, exact: said.assume === 'exact' };
}

/** A time of a benchmark is never nothing: a zero is a clock that stood still, or a figure that was cut off. */
export function isTime(unit: string): boolean {
  return shapeOf(unit).dimension === 'seconds';
}

function shapeOf(unit: string): Shape {
  // `p99-ns/op`, `ns/GC`: the unit stands behind the last dash and before the slash.
  const quantity = unit.replace(/\/[^/]*$/, '').replace(/^.*-/, '');
  if (Object.hasOwn(RATES, unit)) return { dimension: 'rate', factor: RATES[unit]!, better: 'higher' };
  if (unit.endsWith('/s') || unit.endsWith('/sec')) return { dimension: 'rate', factor: 1, better: 'higher' };
  if (Object.hasOwn(TIMES, quantity)) return { dimension: 'seconds', factor: TIMES[quantity]!, better: 'lower' };
  if (Object.hasOwn(BYTES, quantity)) return { dimension: 'bytes', factor: BYTES[quantity]!, better: 'lower' };
  return { dimension: 'count', factor: 1, better: unit === 'allocs/op' ? 'lower' : 'unknown' };
}

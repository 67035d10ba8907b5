/**
 * The metrics of the product: their names, units, direction, and whether they are exact counts or noisy values.
 * A metric is `quantity[.summary]`, per operation unless it says otherwise.
 */
import type { Dimension } from './unit.ts';

export interface Metric {
  readonly name: string;
  readonly dimension: Dimension;
  /** Exact counts are compared as equal or different, never tested. */
  readonly exact: boolean;
  /** Where it comes from: the timed batches, the counting batch, the probe, the whole process. */
  readonly source: 'batches' | 'counting' | 'probe' | 'process';
  readonly means: string;
}

const metric = (
  name: string,
  dimension: Dimension,
  source: Metric['source'],
  means: string,
  exact = source === 'counting',
): Metric => ({ name, dimension, exact, source, means });

export const METRICS: readonly Metric[] = [
  metric('time.p50', 'seconds', 'batches', 'time of one operation, the median over the batches of a run'),
  metric('time.mean', 'seconds', 'batches', 'time of one operation, the mean over the batches of a run'),
  metric('time.p90', 'seconds', 'batches', 'time of one operation that nine of ten stay under, each timed by itself'),
  metric('time.p99', 'seconds', 'batches', 'time of one operation that 99 of 100 stay under, each timed by itself'),
  metric('time.p999', 'seconds', 'batches', 'time of one operation that 999 of 1,000 stay under, each timed by itself'),
  metric(
    'cpu',
    'seconds',
    'process',
    'processor time (user and system) of one operation; of the whole process for a command',
  ),
  metric('rss', 'bytes', 'process', 'largest resident memory of the process'),
  metric('crossings', 'count', 'probe', 'calls over the boundary in one operation', true),
  metric('copies', 'count', 'counting', 'copies of the payload made at the boundary in one operation'),
  metric('bytes.in', 'bytes', 'counting', 'bytes handed from Go to Rust in one operation'),
  metric('bytes.out', 'bytes', 'counting', 'bytes handed from Rust to Go in one operation'),
  metric('go.allocs', 'count', 'counting', 'allocations by Go in one operation'),
  metric('go.bytes', 'bytes', 'counting', 'bytes allocated by Go in one operation'),
  metric('rust.allocs', 'count', 'counting', 'allocations by Rust in one operation'),
  metric('rust.bytes', 'bytes', 'counting', 'bytes allocated by Rust in one operation'),
  metric(
    'entry',
    'seconds',
    'probe',
    'from the Go caller to the first instruction of the callee, over all crossings of one operation',
    false,
  ),
  metric('callee', 'seconds', 'probe', 'inside the callee, over all crossings of one operation', false),
  metric(
    'return',
    'seconds',
    'probe',
    'from the end of the callee back to the Go caller, over all crossings of one operation',
    false,
  ),
  metric('callee.allocs', 'count', 'probe', 'allocations by the C allocator inside calls, in one operation', true),
  metric('callee.bytes', 'bytes', 'probe', 'bytes asked of the C allocator inside calls, in one operation', true),
  metric('callee.held', 'bytes', 'probe', 'bytes that stay allocated after the calls of one operation', true),
  metric('boundary.copies', 'count', 'probe', "copies by cgo's own helpers in one operation", true),
  metric('boundary.in', 'bytes', 'probe', 'bytes seen to be handed to the callee in one operation', true),
  metric('boundary.out', 'bytes', 'probe', 'bytes seen to be handed back in one operation', true),
  metric('boundary.pins', 'count', 'probe', 'Go objects pinned for calls in one operation', true),
];

/** Exact counts of the probe; those of one site can be asked for as well: `site(fc_decode).callee.allocs`. */
export const SITE_COUNTS: readonly string[] = METRICS.filter(({ source, exact }) => source === 'probe' && exact).map(
  ({ name }) => name,
);

/** Times of single operations: the share of operations that stays under each. */
export const TAILS: Readonly<Record<string, number>> = { 'time.p90': 0.9, 'time.p99': 0.99, 'time.p999': 0.999 };

/** Operations that must be timed one by one in a process for a quantile at the slow end: ten beyond it. */
export function operationsFor(quantile: number): number {
  return Math.round(10 / (1 - quantile));
}

/** Seconds that a process may spend on timing operations one by one. */
export const EACH_AT_MOST_S = 0.2;

/** Also of one site, `site(…).quantity`, which is named as it is asked for. */
export function findMetric(name: string): Metric | undefined {
  const { quantity, site } = splitMetric(name);
  const found = METRICS.find((candidate) => candidate.name === quantity);
  if (site === undefined || !found) return found;
  return SITE_COUNTS.includes(quantity) ? { ...found, name, means: `${found.means}, at ${site} alone` } : undefined;
}

/** `site(fc_decode).callee.allocs` -> `callee.allocs` and `fc_decode`, a site as one asks for it; without one, the name as it is. */
export function splitMetric(name: string): { readonly quantity: string; readonly site?: string } {
  const found = /^site\((.+)\)\.([a-z.]+)$/.exec(name);
  return found ? { quantity: found[2]!, site: found[1]! } : { quantity: name };
}

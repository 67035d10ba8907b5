/** What a boundary map, or the window of one run, says of one operation: the metrics whose source is the probe. */
import { SITE_COUNTS, splitMetric } from '../model/metric.ts';
import type { BoundaryMap, BoundaryWindow, SiteKind, SiteSums, SiteWindow } from '../model/site.ts';
import { sortNumbers } from '../stats/quantile.ts';

/**
 * Value of a metric per operation, undefined when the map can't tell. Layers sum the calls alone: the time of a callback
 * already lies inside the callee of its call.
 */
export function boundaryValue(map: BoundaryMap, metric: string): number | undefined {
  const { operations, memory, processes } = map;
  if (operations === undefined || !(operations > 0)) return undefined;
  if (SITE_COUNTS.includes(splitMetric(metric).quantity)) {
    const sites = map.sites.map((site) => ({ ...site, ...site.payload, ...memoryOf(site) }));
    return countIn(sites, metric, { operations, allocations: memory?.processes === processes });
  }
  if (map.countsOnly || (metric !== 'entry' && metric !== 'callee' && metric !== 'return')) return undefined;
  return (
    map.sites
      .filter((site) => site.kind === 'call')
      .reduce((sum, site) => sum + (site.crossings > 0 ? site[metric].mean * site.crossings : 0), 0) / operations
  );
}

/** The same of one run, of exact counts alone; of allocations, what a usual part of the window says. */
export function windowValue(window: BoundaryWindow, metric: string): number | undefined {
  if (!SITE_COUNTS.includes(splitMetric(metric).quantity) || !(window.operations > 0)) return undefined;
  const sites = window.sites.map((site) => ({ ...site, ...site.sums, ...usual(site), crossings: site.opened }));
  return countIn(sites, metric, { operations: window.operations, allocations: window.allocations === true });
}

/**
 * What a window would hold if all its parts were like the middle one. A thread that calls for the first time, or a table that grows
 * once, allocates in one part or two; what every operation allocates is in all. Of four the second least, as it only ever adds.
 */
function usual({ parts = [], closed }: SiteWindow): Partial<SiteSums> {
  const crossed = parts.filter(({ crossings }) => crossings > 0);
  if (crossed.length < LEAST_PARTS) return {};
  const of = (name: 'allocs' | 'allocBytes' | 'heldBytes'): number => {
    const each = sortNumbers(crossed.map((part) => (part[name] * closed) / part.crossings));
    return each[Math.ceil(each.length / 2) - 1]!;
  };
  return { allocs: of('allocs'), allocBytes: of('allocBytes'), heldBytes: of('heldBytes') };
}

/** Of fewer, none is usual. */
const LEAST_PARTS = 3;

interface Counted extends Partial<SiteSums> {
  readonly site: string;
  readonly kind: SiteKind;
  readonly package: string;
  readonly crossings: number;
}

function countIn(
  sites: readonly Counted[],
  metric: string,
  { operations, allocations }: { readonly operations: number; readonly allocations: boolean },
): number | undefined {
  const { quantity, site } = splitMetric(metric);
  if (quantity.startsWith('callee.') && !allocations) return undefined;
  const asked = sites.filter((one) => (site === undefined ? countsFor(quantity, one, sites) : isAsked(site, one)));
  return asked.reduce((sum, one) => sum + sumOf(quantity, one), 0) / operations;
}

/** By its symbol, also with its package, `example.com/db.free`, and either with its kind before: `callback goOnRow`. */
function isAsked(asked: string, { site, kind, package: home }: Counted): boolean {
  const name = asked.startsWith(`${kind} `) ? asked.slice(kind.length + 1) : asked;
  return name === site || name === `${home}.${site}`;
}

function sumOf(quantity: string, site: Counted): number {
  switch (quantity) {
    case 'crossings':
      return site.crossings;
    case 'callee.allocs':
      return site.allocs ?? 0;
    case 'callee.bytes':
      return site.allocBytes ?? 0;
    case 'callee.held':
      return site.heldBytes ?? 0;
    case 'boundary.copies':
      return site.copies ?? 0;
    case 'boundary.in':
      return site.bytesIn ?? 0;
    case 'boundary.out':
      return site.bytesOut ?? 0;
    case 'boundary.pins':
      return site.pins ?? 0;
    default:
      throw new RangeError(`${quantity} is no count of a site`);
  }
}

/**
 * A copy stands twice: at the helper that made it, and at the call that it served. Copies are counted at the helpers, so that those
 * that served none are in; bytes at the calls, so that those that were never handed over are not; what callbacks are handed goes the other way.
 */
function countsFor(quantity: string, { site, kind }: Counted, sites: readonly Counted[]): boolean {
  if (quantity === 'crossings') return kind !== 'copy' || COPIES_THAT_CROSS.has(site);
  if (quantity === 'boundary.copies') return kind === 'copy' || !sites.some((other) => other.kind === 'copy');
  return quantity.startsWith('callee.') || kind === 'call';
}

/** They ask C for the memory that they copy to; the others read what C holds and stay in Go. */
const COPIES_THAT_CROSS: ReadonlySet<string> = new Set(['C.CString', 'C.CBytes']);

function memoryOf({ memory }: BoundaryMap['sites'][number]): Partial<SiteSums> {
  return memory ? { allocs: memory.allocs, allocBytes: memory.bytes, heldBytes: memory.held.bytes } : {};
}

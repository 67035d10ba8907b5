/**
 * Record files of one program or treatment -> its boundary map. Counts, means and shares rest on the totals, which are
 * exact; percentiles on the records, and only where there are enough of them and the clock can tell them apart.
 */
import { type ClockRate, clockRate } from '../format/clock.ts';
import { type Histogram, mergeHistograms, quantileOf } from '../format/histogram.ts';
import { FILE_FLAGS, KIND, SITE_FLAGS, type SiteFields } from '../format/layout-gen.ts';
import type { RecordFile } from '../format/reader.ts';
import { type SiteScan, scanSites } from '../format/scan.ts';
import { type SiteTotals, sumTotals } from '../format/total.ts';
import type { BoundaryMap, Quantiles, SiteSummary, Split } from '../model/site.ts';

/** One probed process. */
export interface ProbedProcess {
  readonly file: RecordFile;
  /** Monotonic clock, nanoseconds, when it was last seen alive from outside; it crosses for the last time before. */
  readonly aliveNs?: bigint;
}

export interface MapOptions {
  readonly of: string;
  readonly operations?: number;
  readonly probeCostS?: number;
}

/**
 * No percentile of fewer records than leave two beyond the 99th. They are not worth quite as many: sampled ones stand for
 * more crossings than others. But each period takes as many records as the next, so the worth
 * (Kish's effective size) stays above a third.
 */
const LEAST_RECORDS = 200;
/** No percentile of times that are below so many steps of the clock. */
const LEAST_QUANTA = 10;

export function mapBoundary(processes: readonly ProbedProcess[], options: MapOptions): BoundaryMap {
  const sites = new Map<string, Gathered>();
  for (const { file } of processes) gather(file, sites);
  const all = [...sites.values()];
  const clocks = processes.flatMap(({ file }) => clockRate(file.header) ?? []);
  const quantumS = Math.max(0, ...clocks.map((clock) => clock.quantumS));
  const countsOnly =
    processes.length > 0 && processes.every(({ file }) => (file.header.flags & FILE_FLAGS.COUNTERS_ONLY) !== 0);
  return {
    of: options.of,
    sites: all
      .filter((site) => site.opened > 0)
      .map((site) => summarise(site, quantumS, options.operations))
      .sort((one, other) => spent(other) - spent(one) || other.crossings - one.crossings),
    ...(options.operations === undefined ? {} : { operations: options.operations }),
    processes: processes.length,
    wallS: processes.reduce((sum, process) => sum + wallOf(process), 0),
    foreignS: all.reduce((sum, site) => sum + (site.kind === 'call' ? site.totalS - site.nestedS : 0), 0),
    clock: { kind: clocks.some(({ kind }) => kind === 'os') ? 'os' : 'tsc', quantumS },
    ...(options.probeCostS === undefined ? {} : { probeCostS: options.probeCostS }),
    unpatched: [
      ...new Set(all.filter((site) => site.unpatched).map((site) => `${site.package}: ${site.symbol}`)),
    ].sort(),
    declared: all.filter((site) => !site.unpatched).length,
    ...(countsOnly ? { countsOnly } : {}),
  };
}

const LAYERS = ['entry', 'callee', 'exit', 'total'] as const;
type Layer = (typeof LAYERS)[number];

/** A site over all processes, in seconds. */
interface Gathered {
  readonly kind: SiteSummary['kind'];
  readonly package: string;
  readonly symbol: string;
  readonly where: string;
  readonly unpatched: boolean;
  opened: number;
  count: number;
  errors: number;
  recorded: number;
  entryS: number;
  calleeS: number;
  returnS: number;
  totalS: number;
  nestedS: number;
  records: number;
  /** In ticks of the process they were first seen in: the rate of one machine's clock. */
  layers: Record<Layer, Histogram> | undefined;
  perSecond: number;
}

function gather(file: RecordFile, sites: Map<string, Gathered>): void {
  const perSecond = rateOf(clockRate(file.header));
  const scan = scanSites(file);
  for (const [index, totals] of sumTotals(file).entries()) {
    const key = [totals.site.kind, totals.site.package, totals.site.symbol].join('\0');
    const site = sites.get(key) ?? begin(totals.site, perSecond);
    sites.set(key, site);
    addTotals(site, totals, perSecond);
    addRecords(site, scan.sites[index]!);
  }
}

/** A file that never got a rate holds no time either: its process ended before the probe was on. */
function rateOf(clock: ClockRate | undefined): number {
  return clock?.ticksPerSecond ?? Number.POSITIVE_INFINITY;
}

function begin(site: SiteFields, perSecond: number): Gathered {
  return {
    kind: site.kind === KIND.CALLBACK ? 'callback' : 'call',
    package: site.package,
    symbol: site.symbol,
    where: site.file === '' ? '' : site.line > 0 ? `${site.file}:${site.line}` : site.file,
    unpatched: (site.flags & SITE_FLAGS.UNPATCHED) !== 0,
    ...{ opened: 0, count: 0, errors: 0, recorded: 0, entryS: 0, calleeS: 0, returnS: 0, totalS: 0, nestedS: 0 },
    ...{ records: 0, layers: undefined, perSecond },
  };
}

function addTotals(site: Gathered, totals: SiteTotals, perSecond: number): void {
  site.opened += totals.opened;
  site.count += totals.count;
  site.errors += totals.errors;
  site.recorded += totals.recorded;
  site.entryS += totals.entry / perSecond;
  site.calleeS += totals.callee / perSecond;
  site.returnS += totals.exit / perSecond;
  site.totalS += (totals.entry + totals.callee + totals.exit) / perSecond;
  site.nestedS += totals.nested / perSecond;
}

function addRecords(site: Gathered, more: SiteScan): void {
  if (more.records === 0) return;
  const before = site.layers;
  const merged = LAYERS.map((layer) => [layer, before ? mergeHistograms(before[layer], more[layer]) : more[layer]]);
  site.layers = Object.fromEntries(merged) as Record<Layer, Histogram>;
  site.records += more.records;
}

function summarise(site: Gathered, quantumS: number, operations: number | undefined): SiteSummary {
  const split = (layer: Layer, sumS: number): Split => {
    const quantiles = quantilesOf(site, layer, quantumS);
    return { mean: site.count > 0 ? sumS / site.count : 0, ...(quantiles ? { quantiles } : {}) };
  };
  return {
    site: site.symbol,
    kind: site.kind,
    package: site.package,
    ...(site.where === '' ? {} : { where: site.where }),
    crossings: site.opened,
    errors: site.errors,
    ...(operations === undefined ? {} : { perOperation: site.opened / operations }),
    entry: split('entry', site.entryS),
    callee: split('callee', site.calleeS),
    return: split('exit', site.returnS),
    total: split('total', site.totalS),
    recorded: site.recorded,
    dropped: site.opened - site.recorded,
    ...(site.opened > site.count ? { unfinished: site.opened - site.count } : {}),
  };
}

function quantilesOf(site: Gathered, layer: Layer, quantumS: number): Quantiles | undefined {
  const histogram = site.layers?.[layer];
  if (!histogram || site.records < LEAST_RECORDS) return undefined;
  const at = (share: number): number => quantileOf(histogram, share) / site.perSecond;
  const p50 = at(0.5);
  if (p50 < LEAST_QUANTA * quantumS) return undefined;
  return { p50, p90: at(0.9), p99: at(0.99), records: site.records };
}

const spent = (site: SiteSummary): number => site.crossings * site.total.mean;

/** From the probe's start to the last that was seen of the process: its last crossing, or a look from outside. */
function wallOf({ file, aliveNs }: ProbedProcess): number {
  const { startNs, endNs } = file.header;
  const end = aliveNs !== undefined && aliveNs > endNs ? aliveNs : endNs;
  return end > startNs ? Number(end - startNs) / 1e9 : 0;
}

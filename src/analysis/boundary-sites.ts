/** Sites gathered over several probed processes, in seconds, and what is said of each. */
import { type Histogram, mergeHistograms, quantileOf } from '../format/histogram.ts';
import type { SiteScan } from '../format/scan.ts';
import type { Quantiles, SiteSummary, SiteSums, SiteWindow, Split, Transition } from '../model/site.ts';
import { addSums, NO_SUMS } from '../model/site-sums.ts';
import { medianInterval } from '../stats/order-statistic.ts';
import { type HeldProcess, tellHeld } from './held.ts';

/**
 * No percentile of fewer records than leave two beyond the 99th. They are not worth quite as many: sampled ones stand for
 * more crossings than others. But each period takes as many records as the next, so the worth
 * (Kish's effective size) stays above a third.
 */
const LEAST_RECORDS = 200;
/** No percentile of times that are below so many steps of the clock. */
const LEAST_QUANTA = 10;

const LAYERS = ['entry', 'callee', 'exit', 'total'] as const;
type Layer = (typeof LAYERS)[number];

/** A site over all processes that crossed it or could have. */
export interface Gathered {
  readonly kind: SiteSummary['kind'];
  readonly package: string;
  readonly site: string;
  readonly where?: string;
  opened: number;
  closed: number;
  errors: number;
  recorded: number;
  entryS: number;
  calleeS: number;
  returnS: number;
  nestedS: number;
  /** Entry and return of one crossing, the mean of each process. */
  readonly transitionsS: number[];
  sums: SiteSums;
  /** Closed crossings in processes that counted allocations, and what each of these processes held. */
  counted: number;
  readonly held: HeldProcess[];
  records: number;
  /** In ticks of the process they were first seen in: the rate of one machine's clock. */
  layers: Record<Layer, Histogram> | undefined;
  ticksPerSecond: number;
}

export class SiteGathering {
  readonly #sites = new Map<string, Gathered>();

  get all(): readonly Gathered[] {
    return [...this.#sites.values()];
  }

  /** `allocations`: whether this process counted them. */
  addSums(site: SiteWindow, allocations: boolean): void {
    const { sums, parts, ...rest } = site;
    const key = keyOf(site);
    let known = this.#sites.get(key);
    if (known) for (const name of SUMMED) known[name] += site[name];
    else {
      const none = { transitionsS: [], sums: NO_SUMS, counted: 0, held: [], records: 0 };
      known = { ...rest, ...none, layers: undefined, ticksPerSecond: Number.NaN };
      this.#sites.set(key, known);
    }
    if (site.closed > 0) known.transitionsS.push((site.entryS + site.returnS) / site.closed);
    known.sums = addSums(known.sums, sums);
    if (!allocations) return;
    known.counted += site.closed;
    known.held.push({ crossings: site.closed, heldBytes: sums?.heldBytes ?? 0, parts: parts ?? [] });
  }

  /** After the sums of the same process: a site of which nothing was summed is left out. */
  addRecords(site: Pick<SiteWindow, 'kind' | 'package' | 'site'>, more: SiteScan, ticksPerSecond: number): void {
    const known = this.#sites.get(keyOf(site));
    if (!known || more.records === 0) return;
    const before = known.layers;
    const merged = LAYERS.map((layer) => [layer, before ? mergeHistograms(before[layer], more[layer]) : more[layer]]);
    known.layers = Object.fromEntries(merged) as Record<Layer, Histogram>;
    if (!before) known.ticksPerSecond = ticksPerSecond;
    known.records += more.records;
  }

  /** Those that were crossed, the costliest first. */
  summarise(quantumS: number, operations: number | undefined): SiteSummary[] {
    return this.all
      .filter((site) => site.opened > 0)
      .map((site) => summarise(site, quantumS, operations))
      .sort((one, other) => spent(other) - spent(one) || other.crossings - one.crossings);
  }

  /** Seconds inside calls: the time of a callback already lies inside the callee of its call, its own calls stand alone. */
  get foreignS(): number {
    return this.all.reduce((sum, site) => sum + (site.kind === 'callback' ? 0 : totalOf(site) - site.nestedS), 0);
  }
}

const SUMMED = ['opened', 'closed', 'errors', 'recorded', 'entryS', 'calleeS', 'returnS', 'nestedS'] as const;

const keyOf = ({ kind, package: package_, site }: Pick<SiteWindow, 'kind' | 'package' | 'site'>): string =>
  [kind, package_, site].join('\0');

const totalOf = (site: Gathered): number => site.entryS + site.calleeS + site.returnS;

const spent = (site: SiteSummary): number => site.crossings * site.total.mean;

function summarise(site: Gathered, quantumS: number, operations: number | undefined): SiteSummary {
  const split = (layer: Layer, sumS: number): Split => {
    const quantiles = quantilesOf(site, layer, quantumS);
    return { mean: site.closed > 0 ? sumS / site.closed : 0, ...(quantiles ? { quantiles } : {}) };
  };
  return {
    site: site.site,
    kind: site.kind,
    package: site.package,
    ...(site.where === undefined ? {} : { where: site.where }),
    crossings: site.opened,
    errors: site.errors,
    ...(operations === undefined ? {} : { perOperation: site.opened / operations }),
    entry: split('entry', site.entryS),
    callee: split('callee', site.calleeS),
    return: split('exit', site.returnS),
    total: split('total', totalOf(site)),
    ...transitionOf(site.transitionsS),
    recorded: site.recorded,
    dropped: site.opened - site.recorded,
    ...(site.opened > site.closed ? { unfinished: site.opened - site.closed } : {}),
    ...payloadOf(site.sums),
    ...memoryOf(site),
  };
}

function payloadOf({ bytesIn, bytesOut, copies, pins }: SiteSums): Pick<SiteSummary, 'payload'> {
  if (bytesIn === 0 && bytesOut === 0 && copies === 0 && pins === 0) return {};
  return { payload: { bytesIn, bytesOut, copies, pins } };
}

function memoryOf({ sums, counted, held }: Gathered): Pick<SiteSummary, 'memory'> {
  if (held.length === 0) return {};
  const { allocs, allocBytes, frees } = sums;
  return { memory: { crossings: counted, allocs, bytes: allocBytes, frees, held: tellHeld(held) } };
}

function transitionOf(seconds: readonly number[]): { readonly transition?: Transition } {
  const { centre, low, high, confidence } = medianInterval(seconds);
  if (!Number.isFinite(high - low)) return {};
  return { transition: { value: centre, low, high, confidence, processes: seconds.length } };
}

function quantilesOf(site: Gathered, layer: Layer, quantumS: number): Quantiles | undefined {
  const histogram = site.layers?.[layer];
  if (!histogram || site.records < LEAST_RECORDS) return undefined;
  const at = (share: number): number => quantileOf(histogram, share) / site.ticksPerSecond;
  const p50 = at(0.5);
  if (p50 < LEAST_QUANTA * quantumS) return undefined;
  return { p50, p90: at(0.9), p99: at(0.99), records: site.records };
}

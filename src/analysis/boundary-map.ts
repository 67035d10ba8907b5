/**
 * What probed processes saw -> a boundary map: of a program from its whole record files, of a treatment from the windows
 * of its runs. Counts, means and shares rest on the totals, which are exact; percentiles on the records, and only where
 * there are enough of them and the clock can tell them apart.
 */
import { type ClockRate, clockRate } from '../format/clock.ts';
import { FILE_FLAGS, SITE_FLAGS, type SiteFields } from '../format/layout-gen.ts';
import type { RecordFile } from '../format/reader.ts';
import { scanSites } from '../format/scan.ts';
import { nameKind, type SiteTotals, sumTotals } from '../format/total.ts';
import type { BoundaryMap, BoundaryReading, BoundaryWindow, MapMemory, SiteClock, SiteWindow } from '../model/site.ts';
import { partsBetween, sumsBetween } from '../model/site-sums.ts';
import { SiteGathering } from './boundary-sites.ts';
import { type HeldProcess, heldOf, tellHeld } from './held.ts';

/** One probed process. */
export interface ProbedProcess {
  readonly file: RecordFile;
  /** Monotonic clock, nanoseconds, when it was last seen alive from outside; it crosses for the last time before. */
  readonly aliveNs?: bigint;
  /** Taken while it ran, in order. */
  readonly readings?: readonly BoundaryReading[];
}

export interface MapOptions {
  readonly of: string;
  readonly probeCostS?: number;
}

/** All that these processes did, from their start to their end. */
export function mapBoundary(processes: readonly ProbedProcess[], options: MapOptions): BoundaryMap {
  const gathering = new SiteGathering();
  const held = processes.flatMap((process) => gatherFile(process, gathering));
  const clocks = processes.flatMap(({ file }) => clockRate(file.header) ?? []);
  const sites = distinctSites(processes);
  const isUnpatched = (site: SiteFields): boolean => (site.flags & SITE_FLAGS.UNPATCHED) !== 0;
  return drawMap(gathering, {
    ...options,
    processes: processes.length,
    wallS: processes.reduce((sum, process) => sum + wallOf(process), 0),
    clocks,
    unpatched: sites.filter(isUnpatched).map((site) => `${site.package}: ${site.symbol}`),
    declared: sites.filter((site) => !isUnpatched(site)).length,
    countsOnly:
      processes.length > 0 && processes.every(({ file }) => (file.header.flags & FILE_FLAGS.COUNTERS_ONLY) !== 0),
    held,
    files: processes.map(({ file }) => file),
    ...describeControl(processes, sites),
  });
}

type Control = Pick<BoundaryMap, 'leftOut' | 'every' | 'flight' | 'noRoom' | 'noSamples' | 'libcUnasked'>;

/** What these runs were asked to see, where it was not everything, and what they had no room for. */
function describeControl(processes: readonly ProbedProcess[], sites: readonly SiteFields[]): Control {
  const leftOut = sites.filter((site) => (site.flags & SITE_FLAGS.LEFT_OUT) !== 0);
  const has = (flag: number) => processes.some(({ file }) => (file.header.flags & flag) !== 0);
  const every = Math.max(0, ...processes.map(({ file }) => file.header.recordPeriod));
  return {
    ...(leftOut.length > 0 ? { leftOut: leftOut.map((site) => `${site.package}: ${site.symbol}`).sort() } : {}),
    ...(every > 1 ? { every } : {}),
    ...(has(FILE_FLAGS.FLIGHT_RECORDER) ? { flight: true } : {}),
    ...(has(FILE_FLAGS.NO_ROOM) ? { noRoom: true } : {}),
    ...(has(FILE_FLAGS.NO_SAMPLES) ? { noSamples: true } : {}),
    ...(has(FILE_FLAGS.LIBC_UNASKED) ? { libcUnasked: true } : {}),
  };
}

/** One probed run of a study. */
export interface WindowedRun {
  readonly window: BoundaryWindow;
  /** Seconds the process ran, for a window that has no time of its own. */
  readonly wallS: number;
  /** Its record file, while there is one: for percentiles. */
  readonly file?: RecordFile;
}

/** What these runs did in their windows, and what of it fell on one operation. */
export function mapWindows(runs: readonly WindowedRun[], options: MapOptions): BoundaryMap {
  const gathering = new SiteGathering();
  for (const { window, file } of runs) {
    for (const site of window.sites) gathering.addSums(site, window.allocations === true);
    if (file) gatherRecords(file, window, gathering);
  }
  const windows = runs.map(({ window }) => window);
  const operations = sumOf(windows, (window) => window.operations);
  const timed = windows.every((window) => window.seconds !== undefined) && operations > 0;
  return drawMap(gathering, {
    ...options,
    operations,
    ...(timed ? { operationS: sumOf(windows, (window) => window.seconds ?? 0) / operations } : {}),
    processes: runs.length,
    wallS: sumOf(runs, ({ window, wallS }) => window.seconds ?? wallS),
    clocks: windows.map((window) => window.clock),
    unpatched: windows.flatMap((window) => window.unpatched),
    declared: Math.max(0, ...windows.map((window) => window.declared)),
    countsOnly: windows.length > 0 && windows.every((window) => window.countsOnly === true),
    held: windows.flatMap((window) => (window.allocations ? [heldOf(window.sites)] : [])),
    files: runs.flatMap(({ file }) => file ?? []),
  });
}

interface Facts extends MapOptions, Control {
  readonly operations?: number;
  readonly operationS?: number;
  readonly processes: number;
  readonly wallS: number;
  readonly clocks: readonly SiteClock[];
  readonly unpatched: readonly string[];
  readonly declared: number;
  readonly countsOnly: boolean;
  /** One a process that counted allocations. */
  readonly held: readonly HeldProcess[];
  readonly files: readonly RecordFile[];
}

function drawMap(
  gathering: SiteGathering,
  { clocks, countsOnly, unpatched, held, files, ...facts }: Facts,
): BoundaryMap {
  const quantumS = Math.max(0, ...clocks.map((clock) => clock.quantumS));
  return {
    ...facts,
    sites: gathering.summarise(quantumS, facts.operations),
    foreignS: gathering.foreignS,
    clock: { kind: clocks.some(({ kind }) => kind === 'os') ? 'os' : 'tsc', quantumS },
    unpatched: [...new Set(unpatched)].sort(),
    ...(countsOnly ? { countsOnly } : {}),
    ...(held.length > 0 ? { memory: memoryOf(held, files) } : {}),
  };
}

function memoryOf(held: readonly HeldProcess[], files: readonly RecordFile[]): MapMemory {
  const allocators = [...new Set(files.flatMap(({ header }) => nameAllocators(header.flags)))];
  return {
    processes: held.length,
    held: tellHeld(held),
    ...(allocators.length > 0 ? { allocators } : {}),
  };
}

function nameAllocators(flags: number): readonly string[] {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (!has(FILE_FLAGS.ALLOCATIONS)) return [];
  return [
    has(FILE_FLAGS.OTHER_ALLOCATOR) ? 'other' : 'C library',
    ...(has(FILE_FLAGS.JEMALLOC) ? ['jemalloc'] : []),
    ...(has(FILE_FLAGS.MIMALLOC) ? ['mimalloc'] : []),
  ];
}

/** What the process holds, where it counted that. */
function gatherFile({ file, readings = [] }: ProbedProcess, gathering: SiteGathering): readonly HeldProcess[] {
  const perSecond = rateOf(clockRate(file.header));
  const allocations = (file.header.flags & FILE_FLAGS.ALLOCATIONS) !== 0;
  const scan = scanSites(file);
  const sites = sumTotals(file).map((totals, index): SiteWindow => {
    const sums = toSums(totals, perSecond);
    if (!allocations || readings.length === 0) return sums;
    // Up to the first reading a program sets itself up, and takes what it keeps: that part says nothing.
    return { ...sums, parts: partsBetween([...readings.map(({ sites }) => sites[index]), sums]) };
  });
  for (const [index, sums] of sites.entries()) {
    gathering.addSums(sums, allocations);
    gathering.addRecords(sums, scan.sites[index]!, perSecond);
  }
  return allocations ? [heldOf(sites)] : [];
}

function gatherRecords(file: RecordFile, window: BoundaryWindow, gathering: SiteGathering): void {
  const perSecond = rateOf(clockRate(file.header));
  for (const scanned of scanSites(file, window.records).sites) {
    const { kind, package: package_, symbol } = scanned.site;
    gathering.addRecords({ kind: nameKind(kind), package: package_, site: symbol }, scanned, perSecond);
  }
}

/** A file that never got a rate holds no time either: its process ended before the probe was on. */
function rateOf(clock: ClockRate | undefined): number {
  return clock?.ticksPerSecond ?? Number.POSITIVE_INFINITY;
}

function toSums({ site, ...totals }: SiteTotals, perSecond: number): SiteWindow {
  return {
    kind: nameKind(site.kind),
    package: site.package,
    site: site.symbol,
    ...(site.file === '' ? {} : { where: site.line > 0 ? `${site.file}:${site.line}` : site.file }),
    opened: totals.opened,
    closed: totals.count,
    errors: totals.errors,
    recorded: totals.recorded,
    entryS: totals.entry / perSecond,
    calleeS: totals.callee / perSecond,
    returnS: totals.exit / perSecond,
    nestedS: totals.nested / perSecond,
    ...sumsBetween(undefined, totals),
  };
}

/** Processes of one program have the same sites. */
function distinctSites(processes: readonly ProbedProcess[]): readonly SiteFields[] {
  const sites = new Map<string, SiteFields>();
  for (const { file } of processes) {
    for (const site of file.sites) {
      const key = [site.kind, site.package, site.symbol].join('\0');
      if (!sites.has(key)) sites.set(key, site);
    }
  }
  return [...sites.values()];
}

/** From the probe's start to the last that was seen of the process: its last crossing, or a look from outside. */
function wallOf({ file, aliveNs }: ProbedProcess): number {
  const { startNs, endNs } = file.header;
  const end = aliveNs !== undefined && aliveNs > endNs ? aliveNs : endNs;
  return end > startNs ? Number(end - startNs) / 1e9 : 0;
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

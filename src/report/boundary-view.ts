/**
 * What is shown of a boundary map: sites in order of the time spent there, in one unit, per operation inside a study and
 * per crossing outside one. Text and HTML draw this; neither computes.
 */
import type { BoundaryMap, SiteKind, SiteSummary } from '../model/site.ts';
import { noteCarried } from './carried-view.ts';
import { type ChosenUnit, chooseUnit, countOf, formatAlone, formatCount, formatFigure } from './figure.ts';
import { costliestFirst, noteMarks, spent } from './site-order.ts';

export interface SiteRow {
  readonly site: string;
  readonly kind: SiteKind;
  /** No code of the core: see `isHelper`. */
  readonly helper: boolean;
  readonly where?: string;
  readonly package: string;
  /** Crossings an operation in a study, else crossings in all. */
  readonly crossings: string;
  /** Seconds, per operation in a study, else per crossing: what bars are drawn from. */
  readonly entryS: number;
  readonly calleeS: number;
  readonly returnS: number;
  readonly totalS: number;
  /** Seconds over all crossings seen. */
  readonly allS: number;
  readonly entry: string;
  readonly callee: string;
  readonly return: string;
  readonly total: string;
  /** Of all time in calls. Callbacks lie inside their call, so they have none. */
  readonly share: string;
  /** Of one crossing: median and 99th percentile of the total, in the unit of the block. */
  readonly p50?: string;
  readonly p99?: string;
  readonly errors: number;
}

export interface BoundaryView {
  readonly of: string;
  readonly per: 'operation' | 'crossing';
  readonly unit: ChosenUnit;
  /** Worst first. */
  readonly rows: readonly SiteRow[];
  /** Name and figure, below the table. */
  readonly facts: readonly { readonly name: string; readonly figure: string; readonly remark?: string }[];
  /** What weakens it, each a sentence. */
  readonly notes: readonly string[];
  /** What the marks of the rows mean. */
  readonly marks: readonly string[];
  readonly dropped: number;
  readonly recorded: number;
  /** 1 in so many crossings was timed. */
  readonly every?: number;
}

/** `shared` is the unit of a block of several maps; alone, a map chooses its own. */
export function viewBoundary(map: BoundaryMap, shared?: ChosenUnit): BoundaryView {
  const inStudy = map.sites.some((site) => site.perOperation !== undefined);
  const times = (site: SiteSummary) => (inStudy ? (site.perOperation ?? 0) : 1);
  const parts = map.sites.flatMap((site) =>
    [site.entry, site.callee, site.return].map((split) => split.mean * times(site)),
  );
  const unit = shared ?? chooseUnit('seconds', [...parts, ...map.sites.map((site) => site.total.mean * times(site))]);
  const callsS = map.sites.reduce((sum, site) => (site.kind === 'callback' ? sum : sum + spent(site)), 0);
  const rows = [...map.sites]
    .sort(costliestFirst)
    .map((site) =>
      viewSite(site, { times: times(site), inStudy, unit, callsS, timed: !map.countsOnly && !isThin(site, map) }),
    );
  return {
    of: map.of,
    per: inStudy ? 'operation' : 'crossing',
    unit,
    rows,
    facts: factsOf(map),
    notes: notesOf(map),
    marks: noteMarks(map.sites),
    ...recordsOf(map),
    ...(map.every === undefined ? {} : { every: map.every }),
  };
}

function viewSite(site: SiteSummary, { times, inStudy, unit, callsS, timed }: SiteContext): SiteRow {
  const figure = (seconds: number) => (timed ? formatFigure(seconds / unit.factor) : '');
  const quantiles = timed ? site.total.quantiles : undefined;
  const known = timed ? times : 0;
  return {
    site: site.site,
    kind: site.kind,
    helper: isHelper(site.site),
    package: site.package,
    ...(site.where === undefined ? {} : { where: site.where }),
    crossings: inStudy ? formatCount(site.perOperation ?? 0) : formatCount(site.crossings),
    entryS: site.entry.mean * known,
    calleeS: site.callee.mean * known,
    returnS: site.return.mean * known,
    totalS: site.total.mean * known,
    allS: timed ? spent(site) : 0,
    entry: figure(site.entry.mean * times),
    callee: figure(site.callee.mean * times),
    return: figure(site.return.mean * times),
    total: figure(site.total.mean * times),
    share: timed && site.kind !== 'callback' && callsS > 0 ? percentOf(spent(site) / callsS) : '',
    ...(quantiles === undefined ? {} : { p50: figure(quantiles.p50), p99: figure(quantiles.p99) }),
    errors: site.errors,
  };
}

interface SiteContext {
  /** Crossings an operation, or 1. */
  readonly times: number;
  readonly inStudy: boolean;
  readonly unit: ChosenUnit;
  /** Seconds in all calls of the map. */
  readonly callsS: number;
  /** Times of a probe that only counted mean nothing, nor do those of a few crossings that stand for others. */
  readonly timed: boolean;
}

/** cgo's own helpers (`C.GoBytes`) and the C library's allocator. */
export function isHelper(site: string): boolean {
  return site.startsWith('C.') || C_LIBRARY.has(site);
}

const C_LIBRARY = new Set(['malloc', 'calloc', 'realloc', 'free']);

/** `96.0 %`; what is there but rounds to nothing says so. */
const percentOf = (share: number): string =>
  share > 0 && share < 0.0005 ? '<0.1 %' : `${formatFigure(100 * share, 1)} %`;

function factsOf(map: BoundaryMap): BoundaryView['facts'] {
  const processes = map.processes === 1 ? '1 process' : `${formatCount(map.processes)} processes`;
  const share = map.wallS > 0 ? `${formatFigure((100 * map.foreignS) / map.wallS, 1)} %` : '?';
  const crossings = map.sites.reduce((sum, site) => sum + site.crossings, 0);
  const probe =
    map.probeCostS === undefined
      ? []
      : [
          {
            name: 'probe adds',
            figure: `${formatAlone('seconds', map.probeCostS)} a crossing`,
            remark: `${formatAlone('seconds', map.probeCostS * crossings)} in all${map.wallS > 0 ? `, ${formatFigure((100 * map.probeCostS * crossings) / map.wallS, 2)} % of that time` : ''}`,
          },
        ];
  return [
    {
      name: 'inside calls',
      figure: share,
      remark: `${formatAlone('seconds', map.foreignS)} of the ${formatAlone('seconds', map.wallS)} that ${processes} ran`,
    },
    ...probe,
    {
      name: 'clock',
      figure: map.clock.kind === 'tsc' ? 'TSC' : 'OS',
      remark: `quantum ${formatAlone('seconds', map.clock.quantumS)}`,
    },
  ];
}

function notesOf(map: BoundaryMap): readonly string[] {
  const errors = map.sites.filter((site) => site.errors > 0);
  return [
    ...(map.sites.length === 0 ? ['no crossing was seen: nothing called foreign code while the probe was on'] : []),
    ...(map.countsOnly ? ['the probe only counted: there are no times'] : []),
    ...errors.map((site) => `${site.site}: ${countOf(site.errors, 'crossing')} ended in an error`),
    ...noteThin(map),
    ...noteCarried(map),
    ...map.unpatched.map((what) => `not probed: ${what}`),
  ];
}

/** Of so few no mean is told, where each stands for many others. */
const LEAST_TIMED = 20;

const isThin = (site: SiteSummary, { every = 1 }: Pick<BoundaryMap, 'every'>): boolean =>
  every > 1 && site.recorded < Math.min(LEAST_TIMED, site.crossings);

function noteThin(map: BoundaryMap): readonly string[] {
  const thin = map.countsOnly ? [] : map.sites.filter((site) => isThin(site, map));
  if (thin.length === 0) return [];
  const named = thin
    .slice(0, 3)
    .map((site) => `${site.site}, ${formatCount(site.recorded)} of ${formatCount(site.crossings)}`);
  const where = `${named.join('; ')}${thin.length > named.length ? `; and ${formatCount(thin.length - named.length)} more sites` : ''}`;
  return [`too few crossings were timed to tell how long they take: ${where}`];
}

function recordsOf(map: BoundaryMap): Pick<BoundaryView, 'dropped' | 'recorded'> {
  return {
    dropped: map.sites.reduce((sum, site) => sum + site.dropped, 0),
    recorded: map.sites.reduce((sum, site) => sum + site.recorded, 0),
  };
}

type Records = Pick<BoundaryView, 'dropped' | 'recorded' | 'every'>;

/** Said once for all maps of a study. */
export function noteRecords(maps: readonly Records[]): readonly string[] {
  const sum = (of: (map: Records) => number) => maps.reduce((total, map) => total + of(map), 0);
  const dropped = sum((map) => map.dropped);
  if (dropped === 0) return [];
  const recorded = sum((map) => map.recorded);
  const every = maps.find((map) => map.every !== undefined)?.every;
  const exact =
    every === undefined
      ? 'counts and means are exact, percentiles rest on the records'
      : maps.every((map) => map.every !== undefined)
        ? `counts are exact, means and percentiles rest on those that were timed, 1 in ${formatCount(every)}`
        : `counts are exact, means too but where 1 in ${formatCount(every)} was timed; percentiles rest on the records`;
  return [
    `${countOf(recorded, 'crossing')} ${recorded === 1 ? 'has' : 'have'} a record of their own, ${formatCount(dropped)} do not: ${exact}`,
  ];
}

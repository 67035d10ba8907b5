/** The answer of `seamark probe` as data and as text, and what to say when nothing crossed. */
import { COST_EVERY, type ProbeCost } from '../instrument/probe-cost.ts';
import type { HeapSnapshot } from '../model/heaps.ts';
import type { BoundaryMap, SiteSummary } from '../model/site.ts';
import type { Timeline } from '../model/timeline.ts';
import { formatNumber, formatQuantity } from '../model/unit.ts';
import { layCarried, renderBoundaryText } from '../report/boundary-text.ts';
import { viewCarried } from '../report/carried-view.ts';
import { MARKS } from '../report/site-order.ts';
import { painter, printable, wrap } from '../report/terminal.ts';
import { type Column, layTable } from '../report/text-table.ts';
import { renderTimelineText } from '../report/timeline-text.ts';
import { MOST_SHARE } from '../study/probe-level.ts';

export const PROBE_SCHEMA = 'seamark/probe@1';

/** What `--json` writes and map.json holds: a field is only added, never renamed, without raising PROBE_SCHEMA. */
export interface ProbeAnswer {
  readonly schema: typeof PROBE_SCHEMA;
  readonly command: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of the whole command, builds included. */
  readonly durationS: number;
  readonly exitCode: number;
  /** `SIGKILL`: what ended it, where it did not end by itself. */
  readonly signal?: string;
  readonly map: BoundaryMap;
  /** Each probed process over time; absent where no samples were taken. */
  readonly timelines?: readonly Timeline[];
  /** Both heaps of each process, where they were asked for. */
  readonly heaps?: readonly HeapSnapshot[];
  /** Record files that could not be read, with the reason. */
  readonly refused: readonly string[];
  /** Of the probe itself; absent when it could not be measured. */
  readonly cost?: ProbeCost;
}

export interface ProbeTextOptions {
  readonly columns: number;
  readonly color: boolean;
  readonly notes: readonly string[];
  /** Of this run in the project; absent where none could be made. */
  readonly folder?: string;
  /** Whether the map stands in it. */
  readonly kept: boolean;
  /** For tests: the moment the cost's age is counted to. */
  readonly now?: Date;
}

export function renderProbe(answer: ProbeAnswer, options: ProbeTextOptions): string {
  const paint = painter(options.color);
  const { map } = answer;
  const notes = [
    ...(answer.heaps && !(map.noSamples && answer.heaps.length === 0)
      ? tellHeaps(answer.heaps, options.folder ?? '')
      : []),
    ...remarks(answer),
    ...options.notes,
    ...tellWeight(answer),
    ...(map.sites.length > 0 ? tellCost(answer.cost, options.now ?? new Date()) : []),
  ];
  return [
    paint('strong', `boundary map of ${printable(map.of)}`),
    '',
    ...(map.sites.length === 0
      ? []
      : map.countsOnly
        ? [countTable(map, options.columns), ...carriedTable(map, options)]
        : [renderBoundaryText(map, options)]),
    ...[renderTimelineText(answer.timelines ?? [], options)].filter((text) => text !== ''),
    ...notes.flatMap((note) => wrap(note, Math.max(60, options.columns), '  ')).map((line) => paint('dim', line)),
    ...(options.kept ? wrap(`kept in ${options.folder}`, Math.max(60, options.columns), '  ') : []).map((line) =>
      paint('dim', line),
    ),
    '',
  ].join('\n');
}

/** Counts without times: a bar would have nothing to show. */
function countTable({ sites }: BoundaryMap, columns: number): string {
  const cells = (of: (site: SiteSummary) => string) => sites.map((site) => ({ text: of(site) }));
  const table: readonly Column[] = [
    { head: 'crossings', align: 'right', cells: cells((site) => site.crossings.toLocaleString('en-US')) },
    { head: 'site', align: 'left', cells: cells((site) => `${MARKS[site.kind]}${printable(site.site)}`), least: 24 },
    { head: 'package', align: 'left', cells: cells((site) => printable(site.package)), least: 16 },
  ];
  return `${layTable(table, Math.max(60, columns), painter(false)).join('\n')}\n`;
}

function carriedTable(map: BoundaryMap, { columns, color }: ProbeTextOptions): readonly string[] {
  const lines = layCarried(viewCarried([map]), Math.max(60, columns), painter(color));
  return lines.length === 0 ? [] : [`${lines.slice(1).join('\n')}\n`];
}

function remarks({ map, refused }: ProbeAnswer): readonly string[] {
  const unfinished = map.sites.reduce((sum, site) => sum + (site.unfinished ?? 0), 0);
  const crossed = map.sites.length;
  return [
    ...(crossed > 0 && map.declared !== undefined
      ? [`sites crossed: ${formatNumber(crossed)} of the ${formatNumber(map.declared)} in the program`]
      : []),
    ...(map.foreignS > map.wallS && map.wallS > 0
      ? ['threads were inside calls at the same time: the share is thread-time, and may pass 100 %']
      : []),
    ...(unfinished > 0
      ? [`${formatNumber(unfinished)} crossings never came back (a panic, or under way at the end): counted, not timed`]
      : []),
    ...(map.leftOut ? [`left out as asked: ${formatNumber(map.leftOut.length)} of the sites in the program`] : []),
    ...(map.every
      ? [`1 in ${formatNumber(map.every)} crossings of a site was timed: counts are exact, times stand for the others`]
      : []),
    ...(map.flight ? ['a flight recorder: percentiles are of the last crossings of each thread, means of all'] : []),
    ...(map.noRoom
      ? ['the place of the record files was full: records were lost, so percentiles are of the beginning; counts hold']
      : []),
    ...(map.noSamples ? ['no samples and no heaps: the system refused the thread that takes them'] : []),
    ...(map.libcUnasked
      ? [
          'glibc has so many free blocks that its account of them took over a millisecond: it was not asked again, and its gauges end there',
        ]
      : []),
    ...refused.map((file) => `a record file could not be read: ${printable(file)}`),
  ];
}

/** Of each process one line; the files have the rest. */
function tellHeaps(heaps: readonly HeapSnapshot[], folder: string): readonly string[] {
  if (heaps.length === 0) return ['no process ran long enough for its heaps to be written'];
  const bytes = (value: number): string => formatQuantity({ dimension: 'bytes', value });
  const lines = heaps.map(({ pid, go, glibc }) => {
    const largest = go?.sizes.slice(0, 3).map(({ size, objects }) => `${formatNumber(objects)} × ${bytes(size)}`);
    const parts = [
      go
        ? `Go ${bytes(go.bytes)} in ${formatNumber(go.objects)} objects, most of it ${largest!.join(', ')}`
        : 'Go not seen: no call ended after that moment',
      ...(glibc
        ? [
            `glibc ${bytes(glibc.usedBytes)} handed out of ${bytes(glibc.systemBytes)} in ${formatNumber(glibc.arenas)} arenas and ${formatNumber(glibc.mappedBlocks)} mapped blocks`,
          ]
        : []),
    ];
    return `heaps of process ${pid}: ${parts.join('; ')}`;
  });
  return [...lines, `the heaps are in ${folder}/heaps; the Go dumps hold what the program held, secrets too`];
}

const NAMED = 3;

/** Sites that are so short that the probe weighs, and the lower level that weighs least of those that still do. */
function tellWeight({ map, cost }: ProbeAnswer): readonly string[] {
  if (!cost || map.countsOnly) return [];
  const costS = map.probeCostS ?? cost.fullS;
  const heavy = map.sites.filter(({ kind, callee }) => kind === 'call' && callee.mean * MOST_SHARE < costS);
  if (heavy.length === 0) return [];
  const time = (seconds: number): string => formatQuantity({ dimension: 'seconds', value: seconds });
  const most = [...heavy].sort((a, b) => b.crossings - a.crossings).slice(0, NAMED);
  const named = most.map(({ site, callee }) => `${printable(site)} ${time(callee.mean)}`).join(', ');
  const lower = map.every
    ? `--counters takes ${time(cost.countersS)}`
    : `--every ${COST_EVERY} takes ${time(cost.everyS)} and counts all, --counters ${time(cost.countersS)}`;
  return [
    `the probe's ${time(costS)} a crossing are more than ${formatQuantity({ dimension: 'fraction', value: MOST_SHARE })} of the callee at ${formatNumber(heavy.length)} of ${formatNumber(map.sites.length)} sites (${named}${heavy.length > NAMED ? ', …' : ''}): ${lower}`,
  ];
}

function tellCost(cost: ProbeCost | undefined, now: Date): readonly string[] {
  if (!cost) return [];
  const time = (seconds: number): string => formatQuantity({ dimension: 'seconds', value: seconds });
  const { entryS, calleeS, returnS } = cost.empty;
  return [
    `the probe's own cost was measured on this machine ${ageOf(cost.measuredAt, now)}: ${time(cost.fullS)} on, ` +
      `${time(cost.everyS)} with --every ${COST_EVERY}, ${time(cost.countersS)} counting, ${time(cost.offS)} off, on top of ${time(cost.bareS)} for an empty call, ` +
      `which reads as entry ${time(entryS)}, callee ${time(calleeS)}, return ${time(returnS)}`,
  ];
}

function ageOf(measuredAt: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(measuredAt)) / 1000);
  if (seconds < 120) return 'just now';
  const [count, unit] =
    seconds < 7200
      ? [seconds / 60, 'minutes']
      : seconds < 172_800
        ? [seconds / 3600, 'hours']
        : [seconds / 86_400, 'days'];
  return `${Math.round(count)} ${unit} ago`;
}

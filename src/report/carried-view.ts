/**
 * What crossings carry and leave: allocations and bytes of the callee, what stays of them, payload in and out, copies, pins.
 * Per operation in a study and per crossing outside one; a column stands only where some site has anything in it.
 */
import type { BoundaryMap, Held, SiteKind, SiteSummary } from '../model/site.ts';
import { type ChosenUnit, chooseUnit, formatCount } from './figure.ts';
import { noteHeld, sayHeld } from './held-view.ts';
import { costliestFirst } from './site-order.ts';

export interface CarriedTable {
  /** `alloc B`; figures of a column are in one unit over all maps. */
  readonly heads: readonly string[];
  /** The head under which words stand, not figures. */
  readonly words: string;
  /** One list of rows a map, costliest site first; sites that carry nothing are left out. */
  readonly rows: readonly (readonly CarriedRow[])[];
  readonly per: 'operation' | 'crossing';
}

export interface CarriedRow {
  readonly site: string;
  readonly kind: SiteKind;
  /** In the order of the heads; '' where there is none, `–` where it was not counted. */
  readonly figures: readonly string[];
}

interface Column {
  readonly head: string;
  readonly bytes: boolean;
  /** Per crossing; undefined where it was not counted. */
  readonly of: (site: SiteSummary) => number | undefined;
}

const COLUMNS: readonly Column[] = [
  { head: 'allocs', bytes: false, of: ({ memory }) => memory && share(memory.allocs, memory.crossings) },
  { head: 'alloc', bytes: true, of: ({ memory }) => memory && share(memory.bytes, memory.crossings) },
  { head: 'stays', bytes: true, of: ({ memory }) => memory && slopeOf(memory.held, memory.crossings) },
  { head: 'copies', bytes: false, of: (site) => share(site.payload?.copies ?? 0, closedOf(site)) },
  { head: 'in', bytes: true, of: (site) => share(site.payload?.bytesIn ?? 0, closedOf(site)) },
  { head: 'out', bytes: true, of: (site) => share(site.payload?.bytesOut ?? 0, closedOf(site)) },
  { head: 'pins', bytes: false, of: (site) => share(site.payload?.pins ?? 0, closedOf(site)) },
];

/** What is said of the memory that stays needs no head. */
const OVER_THE_RUN = '';

/** Undefined when nothing was carried anywhere. */
export function viewCarried(maps: readonly BoundaryMap[]): CarriedTable | undefined {
  const sites = maps.flatMap((map) => map.sites);
  const inStudy = sites.some((site) => site.perOperation !== undefined);
  const times = (site: SiteSummary) => (inStudy ? (site.perOperation ?? 0) : 1);
  const columns = COLUMNS.filter(({ of }) => sites.some((site) => (of(site) ?? 0) !== 0)).map((column) => {
    const values = sites.map((site) => (column.of(site) ?? 0) * times(site));
    const unit = column.bytes ? unitOf(values) : { name: '', factor: 1 };
    return { ...column, head: `${column.head} ${unit.name}`.trim(), unit };
  });
  if (columns.length === 0) return undefined;
  const showsHeld = columns.some(({ head }) => head.startsWith('stays'));
  const carries = (site: SiteSummary) => columns.some(({ of }) => (of(site) ?? 0) !== 0);
  return {
    heads: [...columns.map(({ head }) => head), ...(showsHeld ? [OVER_THE_RUN] : [])],
    words: OVER_THE_RUN,
    rows: maps.map((map) =>
      map.sites
        .filter(carries)
        .sort(costliestFirst)
        .map((site) => ({
          site: site.site,
          kind: site.kind,
          figures: [
            ...columns.map(({ of, unit }) => {
              const value = of(site);
              return value === undefined ? '–' : value === 0 ? '' : formatCarried((value * times(site)) / unit.factor);
            }),
            ...(showsHeld ? [sayHeld(site, map, times(site))] : []),
          ],
        })),
    ),
    per: inStudy ? 'operation' : 'crossing',
  };
}

/** Bytes are exact, and printed so, as long as they fit. */
function unitOf(values: readonly number[]): ChosenUnit {
  const fits = Math.max(0, ...values.map(Math.abs)) < 999_999.5;
  return fits ? { name: 'B', factor: 1 } : chooseUnit('bytes', values);
}

/** What of all this is worth a sentence: notes of a map. */
export function noteCarried(map: BoundaryMap): readonly string[] {
  return [
    ...noteCounted(map),
    ...noteAllocators(map.memory?.allocators ?? []),
    ...(map.memory ? noteHeld(map, map.memory) : []),
  ];
}

/** Only where memory was asked about: a program in which nothing was counted says so once. */
function noteCounted({ memory, processes, sites, countsOnly }: BoundaryMap): readonly string[] {
  if (sites.length === 0 || countsOnly || memory?.processes === processes) return [];
  if (!memory) return ['allocations inside calls were not counted'];
  return [
    `allocations inside calls were counted in ${formatCount(memory.processes)} of ${formatCount(processes)} processes`,
  ];
}

/** Whose they were, where it is not the C library's alone. */
function noteAllocators(allocators: readonly string[]): readonly string[] {
  const names = allocators.map((name) =>
    name === 'C library'
      ? 'the C library'
      : name === 'other'
        ? 'an allocator in its place'
        : `${name} under its own names`,
  );
  return allocators.some((name) => name !== 'C library')
    ? [`allocations counted are those of ${names.join(', ')}`]
    : [];
}

/** The median over processes where there are enough, else the mean over all crossings. */
const slopeOf = (held: Held, crossings: number): number => held.slope?.value ?? share(held.bytes, crossings);

const share = (sum: number, crossings: number): number => (crossings > 0 ? sum / crossings : 0);

const closedOf = (site: SiteSummary): number => site.crossings - (site.unfinished ?? 0);

/** What is there but rounds to nothing says so. */
function formatCarried(value: number): string {
  const text = formatCount(value);
  return /[1-9]/.test(text) ? text : '~0';
}

import { expect, test } from 'vitest';
import type { BoundaryMap, CalleeMemory, Held, SiteSummary } from '../model/site.ts';
import { noteCarried, viewCarried } from './carried-view.ts';

const site = (name: string, more: Partial<SiteSummary> = {}): SiteSummary => ({
  ...{ site: name, kind: 'call', package: 'p', crossings: 100, errors: 0, recorded: 0, dropped: 100 },
  ...{ entry: { mean: 0 }, callee: { mean: 1e-6 }, return: { mean: 0 }, total: { mean: 1e-6 } },
  ...more,
});
const held = (bytes: number, more: Partial<Held> = {}): Held => ({ bytes, parts: 8, grewIn: 8, ...more });
const memory = (allocs: number, bytes: number, stays: Held): CalleeMemory => ({
  ...{ crossings: 100, frees: 0, allocs, bytes, held: stays },
});
const map = (sites: readonly SiteSummary[], more: Partial<BoundaryMap> = {}): BoundaryMap => ({
  ...{ of: 'x', sites, processes: 1, wallS: 1, foreignS: 0, unpatched: [], clock: { kind: 'tsc', quantumS: 1e-8 } },
  ...more,
});

test('a program whose calls carry nothing has no table', () => {
  expect(viewCarried([map([site('f'), site('g', { memory: memory(0, 0, held(0)) })])])).toBeUndefined();
});

test('a column stands where some site has anything in it, a row where its site has', () => {
  const decode = site('decode', { memory: memory(1400, 5120, held(0)) });
  const pin = site('pin', { payload: { bytesIn: 0, bytesOut: 0, copies: 0, pins: 200 } });
  const table = viewCarried([map([decode, pin, site('idle')], { memory: { processes: 1, held: held(0) } })])!;
  expect(table.heads).toEqual(['allocs', 'alloc B', 'pins']);
  expect(table.rows).toEqual([
    [
      { site: 'decode', kind: 'call', figures: ['14', '51.2', ''] },
      { site: 'pin', kind: 'call', figures: ['–', '–', '2'] },
    ],
  ]);
});

test('figures are of one crossing outside a study, of one operation inside', () => {
  const of = (more: Partial<SiteSummary>) =>
    viewCarried([map([site('f', { memory: memory(200, 12_800, held(0)), ...more })])])!;
  expect(of({})).toMatchObject({ per: 'crossing', rows: [[{ figures: ['2', '128'] }]] });
  expect(of({ perOperation: 3 })).toMatchObject({ per: 'operation', rows: [[{ figures: ['6', '384'] }]] });
});

test.each([
  ['grows, where the whole does', held(9600, { says: 'grows' }), 'grows', 'grows'],
  ['is set aside, where another gives it back', held(9600, { says: 'grows' }), 'balanced', 'sets aside'],
  ['gives back', held(-9600, { says: 'falls' }), 'balanced', 'gives back'],
  ['grew once, where one part in four or fewer has it', held(9600, { says: 'grew', grewIn: 1 }), 'grew', 'grew once'],
  ['is not told of too few parts', held(9600, { parts: 1 }), undefined, ''],
] as const)('what stays %s', (_, of, whole, word) => {
  const all = { processes: 1, held: held(0, whole ? { says: whole } : {}) };
  const table = viewCarried([map([site('f', { memory: memory(1, 96, of) })], { memory: all })])!;
  expect(table.rows[0]![0]!.figures.at(-1)).toBe(word);
});

test('a leak is told with its interval, the site that holds most, and what would make it none', () => {
  const slope = { value: 96, low: 90, high: 102, confidence: 0.97, processes: 6 };
  const all = { processes: 6, held: held(9600, { says: 'grows', slope }) };
  const sites = [site('decode', { memory: memory(100, 9600, held(9600)) }), site('reset')];
  expect(noteCarried(map(sites, { processes: 6, memory: all, operations: 200 }))).toEqual([
    '48 B stay allocated after an operation [45 B, 51 B], more in each of 8 parts of the run, 9.38 KiB in all: a leak, unless it is given back outside the calls; decode sets aside as much',
  ]);
});

test.each([
  ['the only one that sets aside', { leak: 9600, give: -100 }, 'a crossing of leak', 'leak sets aside as much'],
  ['the one as much', { take: 50_000, leak: 9600, give: -50_000 }, 'a crossing of leak', 'leak sets aside as much'],
  ['none of several', { take: 50_000, open: 9000, give: -49_400 }, 'a call', 'set aside by take, open'],
])('the site of a leak is named where it can only be one: %s', (_, bytes, per, sources) => {
  const sites = Object.entries(bytes).map(([name, all]) => site(name, { memory: memory(1, 1, held(all)) }));
  const all = { processes: 1, held: held(9600, { says: 'grows' }) };
  const [note] = noteCarried(map(sites, { memory: all }));
  expect(note).toContain(`stay allocated after ${per}, `);
  expect(note!.endsWith(`; ${sources}`)).toBe(true);
});

test('room that is kept is no leak, and less than a page a process is not worth a word', () => {
  const grew = (bytes: number) =>
    map([site('f')], { memory: { processes: 1, held: held(bytes, { says: 'grew', grewIn: 1 }) } });
  expect(noteCarried(grew(1_048_576))).toEqual([
    '1 MiB more were held at the end, taken in 1 of 8 parts of the run: room that is kept, not what every call leaves',
  ]);
  expect(noteCarried(grew(4000))).toEqual([]);
});

test('whose allocations were counted is said where it is not the C library alone', () => {
  const of = (allocators: readonly string[]) =>
    noteCarried(map([site('f')], { memory: { processes: 1, held: held(0), allocators } }));
  expect(of(['C library'])).toEqual([]);
  expect(of(['C library', 'jemalloc'])).toEqual([
    'allocations counted are those of the C library, jemalloc under its own names',
  ]);
});

test('what was not counted is said, unless times were not either', () => {
  expect(noteCarried(map([site('f')]))).toEqual(['allocations inside calls were not counted']);
  expect(noteCarried(map([site('f')], { countsOnly: true }))).toEqual([]);
  const some = { processes: 2, held: held(0) };
  expect(noteCarried(map([site('f')], { processes: 3, memory: some }))).toEqual([
    'allocations inside calls were counted in 2 of 3 processes',
  ]);
});

import { expect, test } from 'vitest';
import { tellAllocations } from './allocations.ts';
import { tellProfile } from './cpu-profile.ts';
import type { HeapQuantity } from './go-heap.ts';
import { tellHeaps } from './heaps.ts';
import { inventCase } from './invented-case.ts';
import type { Scheduling } from './scheduling.ts';
import type { SitePair } from './site-slopes.ts';
import { tellWaiting } from './waiting.ts';

const slower = inventCase('old', 'new', { seconds: 10e-6, ratio: 1.2 });
const faster = inventCase('old', 'new', { seconds: 10e-6, ratio: 0.8 });
const per = 'an operation';

type Values = readonly [allocations: number, bytes: number, held: number];
function pair(what: string, before: Values, after: Values, spread = 0): SitePair<HeapQuantity> {
  const read = ([allocations, bytes, held]: Values) => ({
    allocations: { value: allocations, spread },
    bytes: { value: bytes, spread },
    held: { value: held, spread },
  });
  return {
    place: { key: what, what, language: 'go', where: `${what}.go:1` },
    baseline: read(before),
    candidate: read(after),
  };
}

test.each([
  ['more of them, slower', slower, pair('f', [1, 64, 0], [2, 128, 0]), 'agrees'],
  ['more of them, faster', faster, pair('f', [1, 64, 0], [2, 128, 0]), 'disagrees'],
  ['fewer of them, faster', faster, pair('f', [3, 64, 0], [2, 64, 0]), 'agrees'],
  ['as many, larger, slower', slower, pair('f', [1, 64, 0], [1, 640, 0]), 'agrees'],
  ['all the same', slower, pair('f', [1, 64, 0], [1, 64, 0]), 'disagrees'],
  ['a difference within what they repeat by', slower, pair('f', [1, 64, 0], [2, 128, 0], 40), 'disagrees'],
  ['one in 200 operations', slower, pair('f', [1, 64, 0], [1.005, 64.3, 0]), 'disagrees'],
])('of allocations, %s', (_, one, site, says) => {
  expect(tellAllocations(one, { pairs: [site] }, 'Go', per).says).toBe(says);
});

test('allocations are told with their totals and the place that most of the change is in', () => {
  const pairs = [
    pair('f', [1, 64, 0], [15, 960, 0]),
    pair('g', [2, 8, 0], [3, 12, 0]),
    pair('h', [5, 80, 0], [5, 80, 0]),
  ];
  expect(tellAllocations(slower, { pairs }, 'Go', per)).toMatchObject({
    seen: '8 → 23 Go allocations an operation; 152 → 1,052 bytes; most of it in f (f.go:1)',
    findings: [
      { what: 'f', where: 'f.go:1', unit: 'allocations', baseline: 1, candidate: 15 },
      { what: 'g', unit: 'allocations' },
      { what: 'f', unit: 'bytes', baseline: 64, candidate: 960 },
      { what: 'g', unit: 'bytes' },
    ],
  });
});

test('where the probe counts allocations that valgrind does not see, the witness is blind and says why', () => {
  const siteChange = { site: 'decode', quantity: 'callee.allocs', baselineValue: 3, candidateValue: 17 };
  const one = { ...slower, siteChanges: [siteChange] } as unknown as typeof slower;
  expect(tellAllocations(one, { pairs: [] }, 'foreign', per)).toEqual({
    says: 'blind',
    seen: 'the probe counts 3 → 17 in decode, of which valgrind sees nothing: an allocator that is linked in',
    findings: [],
  });
});

test.each([
  ['one that grows', [pair('f', [1, 64, 0], [1, 64, 64])], 'agrees', 1],
  ['one that grows by chance', [pair('f', [1, 64, 0], [1, 64, 1.5])], 'disagrees', 0],
  ['one that could not be looked at', 'no Go profiles', 'blind', 0],
] as const)('of heaps, %s', (_, heap, says, findings) => {
  const go = { side: 'Go' as const, heap: typeof heap === 'string' ? heap : { pairs: heap, operations: 5000 } };
  const foreign = { side: 'foreign' as const, heap: { pairs: [], operations: 1000 } };
  const told = tellHeaps(slower, [go, foreign], per);
  expect(told.says).toBe(says);
  expect(told.findings).toHaveLength(findings);
});

const still: Scheduling = { asleep: 0, queued: 0, sleeps: 10 };
const five = (one: Scheduling): readonly Scheduling[] => Array.from({ length: 5 }, () => one);

test.each([
  ['sleep that explains half of it', { ...still, asleep: 0.09, sleeps: 80_000 }, 'agrees', /^0 ns → 1.08 µs asleep/],
  [
    'sleep that explains a hundredth',
    { ...still, asleep: 0.001, sleeps: 1000 },
    'disagrees',
    /^no time off the processor explains it/,
  ],
  ['waiting for a processor', { ...still, queued: 0.2 }, 'agrees', /^0 ns → 2.4 µs ready and without a processor/],
  [
    'nothing',
    { ...still, sleeps: 10_000 },
    'disagrees',
    /0.0001 → 0.12 times asleep an operation; 0 → 0 waits for locks/,
  ],
  ['next to none', still, 'blind', /^it hardly ever waits: 0.0001 → 0.00012 times asleep an operation; 0 → 0 waits/],
])('of waiting, %s', (_, run, says, seen) => {
  const waits = { pairs: [], holders: [] };
  const told = tellWaiting(slower, { baseline: five(still), candidate: five(run) }, waits, per);
  expect(told.says).toBe(says);
  expect(told.seen).toMatch(seen);
});

test('runs that overlap tell no waiting apart', () => {
  const runs = [0, 0.1, 0.2, 0.3, 0.4].map((asleep) => ({ ...still, asleep, sleeps: 20_000 }));
  const scheduled = { baseline: runs, candidate: runs.map(({ asleep }) => ({ ...still, asleep: asleep + 0.2 })) };
  expect(tellWaiting(slower, scheduled, undefined, per)).toMatchObject({ says: 'disagrees', findings: [] });
});

test('a layer that waits longer in the probed blocks is cited', () => {
  const lock = { layer: 'lock', site: 'decode', verdict: 'regression', baselineS: 0, candidateS: 1.5e-6 };
  const one = { ...slower, layers: [lock] } as unknown as typeof slower;
  const told = tellWaiting(one, { baseline: five(still), candidate: five(still) }, undefined, per);
  expect(told).toMatchObject({ says: 'agrees', findings: [{ unit: 'seconds', baseline: 0, candidate: 1.5e-6 }] });
  expect(told.seen).toMatch(/^0 ns → 1.5 µs asleep on the foreign side in decode \(probed\) an operation/);
});

const whole = { place: { key: 'whole', what: 'all' }, baseline: 10e-6, candidate: 10.1e-6, deviation: 0.1e-6 };
const samples = { baseline: 4000, candidate: 4100 };
const moved = (candidate: number) => ({
  ...{ place: { key: 'f', what: 'f', language: 'c' as const }, baseline: 2e-6, candidate, deviation: 0.1e-6 },
});

test.each([
  [
    'a function that explains it',
    [moved(4e-6)],
    0.5e-6,
    'agrees',
    /^f \(C\) 2 µs → 4 µs an operation, ± 100 ns; no other/,
  ],
  ['a function the other way', [moved(1e-6)], 0.5e-6, 'disagrees', /^f/],
  ['a function that is too little', [moved(2.1e-6)], 0.5e-6, 'blind', /too little for what time says/],
  [
    'nothing, with samples enough',
    [],
    0.5e-6,
    'disagrees',
    /no function differs by more than chance \(8,100 samples by perf\)/,
  ],
  [
    'nothing, with too few samples',
    [],
    4e-6,
    'blind',
    /^8,100 samples by perf tell changes of more than 40 % from chance; some 33,000 would be needed for 20 %$/,
  ],
])('of a profile, %s', (_, functions, resolution, says, seen) => {
  const told = tellProfile(slower, { moved: functions, whole, samples, resolution }, 'perf', per);
  expect(told.says).toBe(says);
  expect(told.seen).toMatch(seen);
});

/** Samples of both runtimes, from programs that were built and run for it. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTimeline } from '../../src/analysis/timeline.ts';
import { readHeapSnapshots } from '../../src/instrument/heap-snapshot.ts';
import { seriesOf, type Timeline } from '../../src/model/timeline.ts';
import { Laboratory, type Seen } from './laboratory.ts';

let laboratory: Laboratory;
let bare: string;
let probed: string;
const often = { SEAMARK_SAMPLE_MS: '2' };

beforeAll(async () => {
  laboratory = new Laboratory('runtimes');
  bare = await laboratory.build('bare');
  probed = await laboratory.buildProbed('probed', [], { CGO_CFLAGS: '-g -O2 -Wall -Werror' });
});
afterAll(() => laboratory[Symbol.dispose]());

function timelineOf(seen: Seen): Timeline {
  const timeline = readTimeline(seen.folder.files[0]!.file);
  if (!timeline) throw new Error('no sample was taken');
  return timeline;
}

const known = (timeline: Timeline, gauge: string): readonly number[] =>
  (seriesOf(timeline, gauge) ?? []).filter((value) => value !== null);
const growth = (values: readonly number[]): number => (values.at(-1) ?? 0) - (values[0] ?? 0);
const MIB = 2 ** 20;

it('shows the heaps of both sides growing, each by what was kept there', async () => {
  const timeline = timelineOf(await laboratory.watch(probed, ['grow'], often));
  // A busy machine may take the first sample late.
  for (const gauge of ['libc.inuse', 'go.heap']) {
    expect(growth(known(timeline, gauge))).toBeGreaterThan(16 * MIB);
    expect(growth(known(timeline, gauge))).toBeLessThan(34 * MIB);
  }
  expect(Math.max(...known(timeline, 'go.heap.live'))).toBeGreaterThan(31 * MIB);
  expect(growth(known(timeline, 'rss'))).toBeGreaterThan(16 * MIB);
  expect(timeline.go).toMatch(/^1\.\d+\.\d+$/);
});

it('takes samples in order of time, about as often as it is asked, and what only grows never shrinks', async () => {
  const timeline = timelineOf(await laboratory.watch(probed, ['grow'], often));
  const { seconds, series } = timeline;
  expect(seconds.length).toBeGreaterThan(20);
  expect(seconds.every((at, index) => index === 0 || at > seconds[index - 1]!)).toBe(true);
  for (const { gauge, grows } of series.filter((one) => one.grows)) {
    const values = known(timeline, gauge);
    expect([gauge, grows, values.every((value, at) => at === 0 || value >= values[at - 1]!)]).toEqual([
      gauge,
      true,
      true,
    ]);
  }
});

it('lets no program see it: no goroutine, no open file, no allocation once it runs', async () => {
  const watched = await laboratory.watch(probed, ['itself'], often);
  expect(watched.stdout).toBe((await laboratory.run(bare, ['itself'])).stdout);
  const allocations = await laboratory.watch(probed, ['allocations'], often);
  expect(timelineOf(allocations).seconds.length).toBeGreaterThan(10);
  expect(allocations.stdout).toBe((await laboratory.run(bare, ['allocations'])).stdout);
});

it('leaves children of fork alone', async () => {
  const seen = await laboratory.watch(probed, ['fork'], often);
  expect([seen.stdout, seen.exitCode]).toEqual(['forked', 0]);
  expect(seen.recordFiles).toHaveLength(1);
});

it('drops every second sample when there is no room, and goes on half as often', async () => {
  const seen = await laboratory.watch(probed, ['grow'], { SEAMARK_SAMPLE_MS: '1', SEAMARK_SAMPLES: '16' });
  const { sampleIntervalNs, sampleCapacity, sampleCount } = seen.folder.files[0]!.file.header;
  expect(sampleCapacity).toBe(16);
  expect(sampleCount).toBeGreaterThanOrEqual(8);
  expect(sampleCount).toBeLessThanOrEqual(16);
  // At least 160 ms in at most 16 samples: 1 ms was doubled at least three times.
  expect(sampleIntervalNs).toBeGreaterThanOrEqual(8_000_000n);
  const { seconds } = timelineOf(seen);
  expect(seconds[0]).toBeLessThan(seconds.at(-1)! / 2);
});

it('asks a Rust runtime that offers it for its workers and tasks', async () => {
  using tasks = new Laboratory('tasks');
  const crate = path.resolve(import.meta.dirname, '..', '..', 'rust', 'src', 'runtime.rs');
  copyFileSync(crate, path.join(tasks.source, 'runtime.rs'));
  const words = ['--edition', '2021', '-O', '--crate-type', 'staticlib', '-o', 'libtasks.a', 'lib.rs'];
  await execa('rustc', words, { cwd: tasks.source });
  const timeline = timelineOf(await tasks.watch(await tasks.buildProbed('host'), [], often));
  expect(new Set(known(timeline, 'tokio.workers'))).toEqual(new Set([3]));
  expect(new Set(known(timeline, 'tokio.busy'))).toEqual(new Set([2]));
  expect(Math.max(...known(timeline, 'tokio.tasks'))).toBeGreaterThan(50);
  expect(known(timeline, 'tokio.tasks').every((count) => count % 50 === 0)).toBe(true);
  expect(seriesOf(timeline, 'tokio.steals')).toBeUndefined();
});

it('writes both heaps when it is asked to, and the program goes on', async () => {
  const heaps = laboratory.makeFolder();
  const seen = await laboratory.watch(probed, ['hold'], { ...often, SEAMARK_HEAPS: heaps, SEAMARK_HEAP_AT_MS: '0' });
  expect([seen.stdout, seen.exitCode]).toEqual(['held: 5', 0]);
  const [snapshot, ...more] = readHeapSnapshots(heaps);
  expect(more).toEqual([]);
  expect(snapshot!.go!.sizes[0]).toEqual({ size: 3 * MIB, objects: 5 });
  expect(snapshot!.go!.bytes).toBeGreaterThan(15 * MIB);
  expect(snapshot!.glibc!.arenas).toBeGreaterThanOrEqual(1);
  expect(snapshot!.glibc!.usedBytes).toBeLessThanOrEqual(snapshot!.glibc!.systemBytes);
});

it('asks glibc no more once it had to wait for its account, and says so', async () => {
  const seen = await laboratory.watch(probed, ['shattered'], often);
  const timeline = timelineOf(seen);
  expect([seen.map.libcUnasked, timeline.libcUnasked]).toEqual([true, true]);
  expect(seriesOf(timeline, 'libc.free')!.at(-1)).toBeNull();
  expect((await laboratory.watch(probed, ['itself'], often)).map.libcUnasked).toBeUndefined();
});

it('is there where thread-local variables want a large stack', async () => {
  const wide = await laboratory.buildProbed('wide', [], { CGO_CFLAGS: '-DWIDE' });
  const seen = await laboratory.watch(wide, ['wide'], often);
  expect(seen.map.noSamples).toBeUndefined();
  expect(timelineOf(seen).seconds.length).toBeGreaterThan(3);
});

it('keeps no file of the program open where the kernel is old', async () => {
  const seen = await laboratory.watch(probed, ['end'], { ...often, OLD_KERNEL: '1' });
  expect(seen.stdout).toBe('the end is seen: 1');
  expect(known(timelineOf(seen), 'threads').length).toBeGreaterThan(0);
});

it.each([
  [{ SEAMARK_EVERY: '64' }],
  [{ SEAMARK_FLIGHT: '1' }],
  [{ SEAMARK_PROBE: 'counters' }],
  [{ SEAMARK_PROBE: 'counters', SEAMARK_EVERY: '64' }],
  [{ SEAMARK_CLOCK: 'os' }],
])('asks Go too, and writes its heap, with %j', async (ways) => {
  const timeline = timelineOf(await laboratory.watch(probed, ['allocations'], { ...often, ...ways }));
  expect(known(timeline, 'go.heap').length).toBeGreaterThan(timeline.seconds.length / 2);
  const heaps = laboratory.makeFolder();
  await laboratory.watch(probed, ['hold'], { ...often, ...ways, SEAMARK_HEAPS: heaps, SEAMARK_HEAP_AT_MS: '0' });
  expect(readHeapSnapshots(heaps)[0]!.go!.sizes[0]).toEqual({ size: 3 * MIB, objects: 5 });
});

it('takes none unless asked', async () => {
  for (const added of [{}, { SEAMARK_SAMPLE_MS: '0' }]) {
    const seen = await laboratory.watch(probed, ['itself'], added);
    expect(readTimeline(seen.folder.files[0]!.file)).toBeUndefined();
    expect(seen.folder.files[0]!.file.header.samplesOffset).toBe(0n);
  }
});

it('counts crossings as exactly as without', async () => {
  const seen = await laboratory.watch(probed, ['allocations'], often);
  const crossings = seen.map.sites.find(({ site }) => site === 'nothing')!.crossings;
  const calls = Math.max(...known(timelineOf(seen), 'go.cgo.calls'));
  expect(crossings % 100).toBe(0);
  expect(calls).toBeLessThanOrEqual(crossings + 1);
  expect(calls).toBeGreaterThan(0);
});

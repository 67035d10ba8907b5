import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { addSamples } from '../../src/format/specimen-samples.ts';
import type { BoundaryReading } from '../../src/model/site.ts';
import { NO_SUMS } from '../../src/model/site-sums.ts';
import type { Invention } from '../../src/runner/invented.ts';
import { RecordFiles } from '../../src/store/record-files.ts';
import { makeFolder, tryStudy } from './laboratory.ts';

const VECTOR = new URL('../../format/vectors/crossings.rec', import.meta.url).pathname;
const PROBED = { probe: 'full' as const, budgetS: 20 };
const writeRecords = (_: unknown, path: string) => copyFileSync(VECTOR, path);
/** Three crossings of 2 µs an operation, and ten more before the first. */
const boundary = (_: unknown, operations: number): BoundaryReading => {
  const crossings = 10 + 3 * operations;
  const ticks = { entry: 200 * crossings, callee: 1500 * crossings, return: 300 * crossings, nested: 0 };
  const counts = { opened: crossings, closed: crossings, errors: 0, recorded: 0 };
  return {
    ...{ clock: { kind: 'tsc', quantumS: 1e-8 }, ticksPerSecond: 1e9, countsOnly: false, unpatched: [], declared: 1 },
    sites: [{ site: 'fc_transform', kind: 'call', package: 'example.com/crossing', ...counts, ...ticks }],
    lanes: [0],
  };
};

test('what probed processes saw in their timed batches becomes a map a treatment, a table, and a few kept files', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path, experiment: PROBED, invention: { boundary, writeRecords } });
  const { boundary: maps, sites, study, probeCosts, arms, warnings } = await result;
  expect(maps.map((map) => map.of).sort()).toEqual(['build=after', 'build=before']);
  expect(maps[0]!.processes).toBeGreaterThanOrEqual(3);
  for (const { sites: crossed, operationS, foreignS, operations } of maps) {
    // Of warm-up, preparation and the ten crossings at the start there is nothing in it.
    expect(crossed[0]).toMatchObject({ site: 'fc_transform', perOperation: 3 });
    expect(crossed[0]!.total.mean).toBeCloseTo(2e-6, 12);
    expect(operationS).toBeGreaterThan(foreignS / operations!);
    expect(operationS).toBeCloseTo(1e-5, 6);
  }
  expect(sites.length).toBeGreaterThan(0);
  const [off, ...on] = [...probeCosts].sort((a, b) => (a.probe ?? 'on').localeCompare(b.probe ?? 'on'));
  expect(on.map(({ treatment, probe }) => [treatment, probe])).toEqual(maps.map(({ of }) => [of, undefined]));
  // Both builds cross alike: one of them has the probe switched off, in the blocks of its probed runs, and leaves no record.
  expect(off).toMatchObject({ probe: 'off', blocks: on[0]!.blocks });
  expect(arms.filter(({ role }) => role === 'off')).toMatchObject([{ treatment: { id: off!.treatment }, every: 5 }]);
  expect(warnings.map((warning) => warning.code)).not.toContain('no-records');
  const place = join(folder.path, '.seamark', 'studies', study);
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll(
    `SELECT site, sum(crossings)::INT AS crossings, sum(operations)::INT AS operations, sum(operations_s) AS seconds,
       sum(entry_s + callee_s + return_s) AS total, count(*)::INT AS processes
     FROM '${place}/sites.parquet' WHERE arm = 'build=after (probed)' GROUP BY site`,
  );
  // Every probed process has its rows, whether its file was kept or not.
  const map = maps.find(({ of }) => of === 'build=after')!;
  const rows = table.getRowObjects();
  expect(rows).toEqual([
    {
      ...{ site: 'fc_transform', crossings: map.sites[0]!.crossings, operations: map.operations },
      ...{ seconds: expect.closeTo(map.wallS, 9), total: expect.closeTo(map.foreignS, 9), processes: map.processes },
    },
  ]);
  expect(readdirSync(join(place, 'records')).length).toBeGreaterThan(0);
});

test('samples of probed runs become medians a treatment over the timed batches, a course, and a table', async () => {
  using folder = makeFolder();
  const start = 1_000_000_000n;
  const moments = Array.from({ length: 9 }, (_, at) => ({
    ns: start + BigInt(at) * 10_000_000n,
    values: {
      'go.release': 12_608n,
      'libc.inuse': 1_000_000n + 4096n * BigInt(at),
      'cpu.user': 10_000_000n * BigInt(at),
      'cpu.system': 0n,
      'go.gc.cpu': 2_500_000n * BigInt(at),
      'go.gc.idle': 500_000n * BigInt(at),
    },
  }));
  const header = { startNs: start, endNs: start + 80_000_000n };
  const file = addSamples(readFileSync(VECTOR), moments, header);
  const seen = new Map<string, number>();
  const { result } = tryStudy({
    project: folder.path,
    experiment: PROBED,
    invention: {
      // Read several times a run, which has done fewer operations than the one before it: the window is from the third moment to the seventh.
      boundary: (arm, operations) => {
        const begins = operations < (seen.get(arm.id) ?? Number.POSITIVE_INFINITY);
        seen.set(arm.id, operations);
        return { ...boundary(arm, operations), seenS: begins ? 0.02 : 0.06 };
      },
      writeRecords: (_, path) => writeFileSync(path, file),
    },
  });
  const { runtimes, study, complete } = await result;
  expect(complete).toBe(true);
  expect(runtimes!.map(({ treatment }) => treatment).sort()).toEqual(['build=after', 'build=before']);
  for (const { typical, windowS, timeline, go } of runtimes!) {
    expect(typical).toMatchObject({ samples: 5, foreignGrowthBytes: 4 * 4096 });
    expect(typical.gcShare).toBeCloseTo(0.2, 12);
    expect([windowS, timeline!.seconds.length, go]).toEqual([[0.02, 0.06], 9, '1.26.8']);
  }
  const place = join(folder.path, '.seamark', 'studies', study);
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll(
    `SELECT DISTINCT seconds, in_window, "libc.inuse" AS held FROM '${place}/samples.parquet' ORDER BY seconds`,
  );
  expect(table.getRows()).toHaveLength(9);
  expect(table.getRowObjects()[2]).toEqual({ seconds: 0.02, in_window: 1, held: 1_008_192 });
});

test('what the callee allocates is counted an operation, and a leak is told from room that is kept', async () => {
  using folder = makeFolder();
  const leaking: NonNullable<Invention['boundary']> = (arm, operations) => {
    const reading = boundary(arm, operations);
    const [site] = reading.sites;
    const crossings = site!.closed;
    const [allocs, held] = arm.treatment.levels.build === 'after' ? [16, 96 * crossings] : [2, 65_536];
    const sums = { ...NO_SUMS, allocs: allocs * crossings, allocBytes: 200 * crossings, heldBytes: held };
    return { ...reading, allocations: true, sites: [{ ...site!, sums }] };
  };
  const { result } = tryStudy({
    project: folder.path,
    experiment: PROBED,
    invention: { boundary: leaking, writeRecords },
  });
  const { boundary: maps, siteChanges, study } = await result;
  const heldBy = (build: string) => maps.find(({ of }) => of === `build=${build}`)!.memory!.held;
  expect(heldBy('after')).toMatchObject({ says: 'grows' });
  expect(heldBy('after').parts).toBeGreaterThanOrEqual(4);
  expect(heldBy('before')).toMatchObject({ says: 'balanced', bytes: 0 });
  expect(
    siteChanges?.map(({ site, quantity, baselineValue, candidateValue, steady }) => [
      ...[site, quantity, baselineValue, candidateValue, steady],
    ]),
  ).toEqual([
    ['fc_transform', 'callee.allocs', 6, 48, true],
    ['fc_transform', 'callee.held', 0, 288, true],
  ]);
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll(
    `SELECT DISTINCT allocs / crossings AS allocs, alloc_bytes / crossings AS bytes, held_bytes / crossings AS held
     FROM '${join(folder.path, '.seamark', 'studies', study)}/sites.parquet' WHERE arm = 'build=after (probed)'`,
  );
  expect(table.getRowObjects()).toEqual([{ allocs: 16, bytes: 200, held: 96 }]);
});

test('broken record files cost nothing but percentiles', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: PROBED,
    invention: {
      boundary,
      writeRecords: (_, path) => {
        writeRecords(_, path);
        truncateSync(path, 5000);
      },
    },
  });
  const { boundary: maps, verdict, warnings } = await result;
  expect(verdict).toBe('equivalent');
  expect(maps.map((map) => map.sites[0]!.perOperation)).toEqual([3, 3]);
  expect(warnings.map((warning) => warning.code)).not.toContain('no-records');
});

test('probed processes that show nothing cost the map, not the study', async () => {
  using folder = makeFolder();
  const invention = { boundary: () => undefined, writeRecords };
  const { result, store } = tryStudy({ project: folder.path, experiment: PROBED, invention });
  const { boundary: maps, verdict, warnings } = await result;
  expect(verdict).toBe('equivalent');
  expect(maps).toEqual([]);
  expect(warnings.map((warning) => warning.code)).toContain('no-records');
  expect(readdirSync(join(folder.path, '.seamark', 'studies', store.id, 'records'))).toEqual([]);
});

test('a process that comes and goes is its own window: all it crossed, a time only where nothing ran beside its batch', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { ...PROBED, budgetS: 60 },
    invention: { modes: ['interleaved'], boundary, writeRecords, cycle: 1 },
  });
  const [map] = (await result).boundary;
  expect(map!.operationS).toBeUndefined();
  expect(map!.sites[0]!.crossings).toBe(10 * map!.processes + 3 * map!.operations!);
});

test('processes that a subject leaves behind are said in the result', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { leaks: (arm) => (arm.id === 'build=after' ? 2 : 0) },
  });
  const warning = (await result).warnings.find(({ code }) => code === 'processes-left-behind');
  expect(warning?.message).toMatch(/^\d+ of \d+ runs left processes behind \(\d+ in all, by build=after\)/);
});

test('only the newest record files of each arm are kept when room is short', () => {
  using folder = makeFolder();
  mkdirSync(join(folder.path, 'records'));
  const records = new RecordFiles(folder.path);
  for (const arm of [3, 12]) {
    for (let block = 0; block < 5; block += 1) {
      const { path } = records.place('judged', block, arm);
      writeFileSync(path, Buffer.alloc(64 * 1024, 1));
      utimesSync(path, block, block);
    }
  }
  records.trim([3, 12], 2 * 3 * 64 * 1024);
  const left = readdirSync(join(folder.path, 'records')).sort();
  expect(left).toEqual([3, 12].flatMap((arm) => [2, 3, 4].map((block) => `arm${arm}-judged-0000${block}.rec`)).sort());
  records.trim([3, 12], 1);
  expect(readdirSync(join(folder.path, 'records')).length).toBe(2);
});

test('too little room for record files is said before the block that would need it', () => {
  using folder = makeFolder();
  expect(() => new RecordFiles(folder.path).requireRoom(2 ** 40)).toThrow(/record files need .* MiB are free/);
  expect(() => new RecordFiles(folder.path).requireRoom(0)).not.toThrow();
});

import { copyFileSync, mkdirSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { RecordFiles } from '../../src/store/record-files.ts';
import { makeFolder, tryStudy } from './laboratory.ts';

const VECTOR = new URL('../../format/vectors/crossings.rec', import.meta.url).pathname;
const PROBED = { probe: 'full' as const, budgetS: 20 };
const writeRecords = (_: unknown, path: string) => copyFileSync(VECTOR, path);

test('what probed processes recorded becomes a map a treatment, a table, and a few kept files', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path, experiment: PROBED, invention: { writeRecords } });
  const { boundary, sites, study, probeCosts, warnings } = await result;
  expect(boundary.map((map) => map.of).sort()).toEqual(['build=after', 'build=before']);
  expect(boundary[0]!.processes).toBeGreaterThanOrEqual(3);
  expect(boundary[0]!.operations).toBeGreaterThan(0);
  expect(sites.length).toBeGreaterThan(0);
  expect(probeCosts.length).toBe(2);
  expect(warnings.map((warning) => warning.code)).not.toContain('no-records');
  const place = join(folder.path, '.seamark', 'studies', study);
  const connection = await (await DuckDBInstance.create()).connect();
  const table = await connection.runAndReadAll(
    `SELECT site, sum(crossings)::INT AS crossings, count(*)::INT AS processes
     FROM '${place}/sites.parquet' WHERE arm = 'build=after (probed)' AND stage = 'judged' GROUP BY site`,
  );
  // Every probed process of the judged stage has its rows, whether its file was kept or not.
  const map = boundary.find(({ of }) => of === 'build=after')!;
  for (const row of table.getRowObjects()) {
    expect(row.processes).toBe(map.processes);
    const site = map.sites.find((one) => one.site === row.site);
    expect(row.crossings).toBe(site?.crossings ?? 0);
  }
  expect(readdirSync(join(place, 'records')).length).toBeGreaterThan(0);
});

test('broken record files cost the map, not the study', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: PROBED,
    invention: {
      writeRecords: (_, path) => {
        writeRecords(_, path);
        truncateSync(path, 5000);
      },
    },
  });
  const { boundary, verdict, warnings } = await result;
  expect(verdict).toBe('equivalent');
  expect(boundary).toEqual([]);
  expect(warnings.map((warning) => warning.code)).toContain('no-records');
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

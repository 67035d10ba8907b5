import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { openStudy } from '../../src/store/finished-study.ts';
import { listPartial } from '../../src/store/partial-study.ts';
import { after, makeFolder, tryStudy } from './laboratory.ts';

test('the same build against itself ends equivalent', async () => {
  using folder = makeFolder();
  const { result, machine } = tryStudy({ project: folder.path });
  const { verdict, comparisons, runs, complete } = await result;
  expect(verdict).toBe('equivalent');
  expect(comparisons[0]).toMatchObject({ kind: 'build', baseline: 'before', candidate: 'after', confirmed: 'none' });
  expect(runs.blocks).toBeGreaterThanOrEqual(12);
  expect(runs.freshBlocks).toBe(0);
  expect(complete).toBe(true);
  expect(machine.living()).toBe(0);
});

test('a build five percent slower is a regression, confirmed on fresh blocks', async () => {
  using folder = makeFolder();
  const { result, events } = tryStudy({ project: folder.path, invention: { secondsPerOperation: after(1.05) } });
  const { verdict, comparisons, runs } = await result;
  expect(verdict).toBe('regression');
  expect(comparisons[0]).toMatchObject({ verdict: 'regression', confirmed: 'fresh' });
  expect(comparisons[0]!.low).toBeLessThan(1.05);
  expect(comparisons[0]!.high).toBeGreaterThan(1.05);
  expect(runs.freshBlocks).toBeGreaterThanOrEqual(20);
  expect(events.some((event) => event.kind === 'repeating')).toBe(true);
});

test('a build five percent faster is an improvement', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path, invention: { secondsPerOperation: after(0.95) } });
  expect((await result).verdict).toBe('improvement');
});

test('noise that hides the answer ends undecided and says how many blocks would tell', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { maxBlocks: 15 },
    invention: { secondsPerOperation: after(1.01), processNoise: 0.1 },
  });
  const { verdict, comparisons, runs } = await result;
  expect(verdict).toBe('undecided');
  expect(comparisons[0]!.blocksNeeded).toBeGreaterThan(15);
  expect(runs.blocks).toBe(15);
});

test('a machine that drifts and jumps between two speeds changes nothing in the verdict', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { slowness: (now) => (1 + now / 60) * (Math.floor(now / 7) % 2 === 0 ? 1 : 1.5) },
  });
  expect((await result).verdict).toBe('equivalent');
});

test('the study stays within its budget', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { budgetS: 20 },
    invention: { secondsPerOperation: after(1.005), processNoise: 0.03 },
  });
  const { durationS } = await result;
  expect(durationS).toBeLessThan(20 * 1.1);
});

test('an operation so slow that its cycle takes a tenth of a second is given fewer rounds', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { budgetS: 60 },
    invention: { secondsPerOperation: () => 0.1 },
  });
  const { runs, durationS } = await result;
  expect(runs.rounds).toBeLessThan(20);
  expect(durationS).toBeLessThan(100);
});

test('processes that can only run one after the other are interleaved', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { modes: ['interleaved'], secondsPerOperation: after(1.1) },
    experiment: { budgetS: 120 },
  });
  expect(await result).toMatchObject({ mode: 'interleaved', verdict: 'regression' });
});

test('a few failing blocks are dropped and counted, and the rest is judged', async () => {
  using folder = makeFolder();
  const { result, events } = tryStudy({
    project: folder.path,
    invention: { fails: (arm, block) => (arm.id.includes('after') && block === 7 ? 'dies' : undefined) },
  });
  const { runs, failures, verdict } = await result;
  expect(verdict).toBe('equivalent');
  expect(runs.droppedBlocks).toBe(failures.length);
  expect(failures[0]).toMatchObject({ block: 7, message: expect.stringMatching(/ended with exit code 1/) });
  expect(events.filter((event) => event.kind === 'dropped').length).toBe(failures.length);
});

test('more than one block in ten failing ends the study as failed', async () => {
  using folder = makeFolder();
  const { result, machine } = tryStudy({
    project: folder.path,
    invention: { fails: (_, block) => (block % 5 === 2 ? 'hangs' : undefined) },
  });
  await expect(result).rejects.toMatchObject({ facts: { code: 'runs-fail', blame: 'run' } });
  expect(machine.living()).toBe(0);
  expect(() => openStudy(folder.path)).toThrow(/no study/);
});

test('three failures from the start end the study at once and say why', async () => {
  using folder = makeFolder();
  const { result, machine } = tryStudy({ project: folder.path, invention: { fails: () => 'refuses' } });
  await expect(result).rejects.toThrow(/first 3 blocks failed; the last: .* ended with exit code 1/);
  expect(machine.log.filter((line) => line.startsWith('open')).length).toBeLessThan(20);
});

test('builds whose outputs differ are not timed and leave no study behind', async () => {
  using folder = makeFolder();
  const { result, machine } = tryStudy({ project: folder.path, invention: { checksum: (arm) => arm.treatment.id } });
  await expect(result).rejects.toMatchObject({ facts: { code: 'checksum-differs' } });
  expect(machine.log.some((line) => line.startsWith('run'))).toBe(false);
  expect(listPartial(folder.path)).toEqual([]);
});

test('a finished study is a read-only folder of Parquet, facts, result and page', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    pages: { 'report.html': ({ study }) => `<title>${study}</title>` },
  });
  const { study, runs } = await result;
  const place = join(folder.path, '.seamark', 'studies', study);
  expect(readdirSync(place).sort()).toEqual([
    'batches.parquet',
    'environment.json',
    'experiment.json',
    'plan.json',
    'records',
    'report.html',
    'result.json',
    'runs.parquet',
    'sites.parquet',
    'study.json',
  ]);
  expect(statSync(join(place, 'result.json')).mode & 0o222).toBe(0);
  for (const name of readdirSync(place).filter((file) => file.endsWith('.json'))) {
    expect(JSON.parse(readFileSync(join(place, name), 'utf8')).schema).toMatch(/^seamark\/[a-z]+@1$/);
  }
  expect(readFileSync(join(folder.path, '.seamark', '.gitignore'), 'utf8')).toBe('*\n');
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = await connection.runAndReadAll(
    `SELECT count(*)::INT AS runs, count("time.p50")::INT AS timed FROM '${place}/runs.parquet'`,
  );
  expect(rows.getRowObjects()).toEqual([{ runs: runs.runs, timed: runs.runs }]);
  const batches = await connection.runAndReadAll(
    `SELECT count(*)::INT AS n FROM '${place}/batches.parquet' WHERE stage = 'judged' AND arm = 'build=before'`,
  );
  expect(batches.getRowObjects()[0]!.n).toBe(runs.blocks * runs.rounds);
  expect(openStudy(folder.path).result).toEqual(await result);
  expect(openStudy(folder.path, study.slice(0, 10)).id).toBe(study);
  expect(existsSync(join(place, 'journal.ndjson'))).toBe(false);
});

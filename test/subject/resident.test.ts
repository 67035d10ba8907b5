import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import type { Session } from '../../src/model/run.ts';
import { discoverBenchmarks } from '../../src/subject/discovery.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { armOf, experimentOn, problemOf } from './awkward.ts';

const folder = join(import.meta.dirname, 'testdata/resident');
const project = mkdtempSync(join(tmpdir(), 'seamark-resident-'));
const opened: Session[] = [];
const before = readdirSync(folder);

/** Of one package; `.` is the one with a TestMain that talks. */
function wanted(package_: string): Experiment {
  return {
    ...experimentOn({
      kind: 'go-bench',
      folder,
      build: [],
      environment: { GOWORK: 'off' },
      package: package_,
      bench: '.',
    }),
    factors: [{ name: 'benchmark', family: 'parameter', levels: [] }],
    mode: 'alternating',
  };
}

let artifacts: readonly Artifact[];
beforeAll(async () => {
  artifacts = await buildSubjects(wanted('.'), { project, probed: false });
});
afterAll(async () => {
  await Promise.all(opened.map((session) => session.close()));
  rmSync(project, { recursive: true, force: true });
});

async function open(benchmark: string): Promise<Session> {
  const executor = createExecutor({ experiment: wanted('.'), artifacts, conditions: {} });
  const session = await executor.open(armOf({ benchmark }), {
    block: 1,
    mode: 'alternating',
    paddingBytes: 7,
    seed: 1,
  });
  opened.push(session);
  return session;
}

async function openPrepared(benchmark: string): Promise<Session> {
  const session = await open(benchmark);
  expect(await session.prepare()).toEqual({ cycle: 1, operations: 3, singleS: expect.any(Number) });
  return session;
}

test.each(['Add', 'Sizes/size=10', 'Parallel', 'Talks', 'Outside', 'Loop'])(
  'a benchmark answers batch after batch from one process: %s',
  async (benchmark) => {
    const session = await openPrepared(benchmark);
    for (const iterations of [1, 500, 20]) {
      const batch = await session.run(iterations);
      expect(batch.iterations).toBe(iterations);
      expect(batch.seconds).toBeGreaterThan(0);
    }
    const end = await session.close();
    expect(end.leaked).toBe(0);
    expect(end.stderr).toContain('tear-down talks');
  },
);

test('metrics of its own and throughput come along', async () => {
  const { values } = await (await openPrepared('Sizes/size=1000')).run(100);
  expect(values?.['go.allocs']).toBe(0);
  expect(values?.['numbers/op']).toBe(1000);
  expect(values?.['MB/s']).toBeGreaterThan(0);
});

test('time is told to the nanosecond, not in the four digits that are printed', async () => {
  const session = await openPrepared('Add');
  const wholes: number[] = [];
  for (let batch = 0; batch < 8; batch += 1) wholes.push((await session.run(997)).seconds * 1e9);
  expect(wholes.every((ns) => Math.abs(ns - Math.round(ns)) < 1e-3)).toBe(true);
  expect(wholes.some((ns) => Math.round(ns) % 997 !== 0)).toBe(true);
});

test('collections count within the timed batch only: not those of testing itself, nor of the set-up', async () => {
  const quiet = await (await openPrepared('Add')).run(1000);
  const busy = await (await openPrepared('Collects')).run(200);
  const setUp = await (await openPrepared('DearSetUp')).run(10);
  expect(quiet.gcCycles).toBe(0);
  expect(busy.gcCycles).toBeGreaterThan(10);
  expect(setUp.gcCycles).toBe(0);
});

test.each([
  ['Add', undefined],
  ['Sizes/size=10', 1],
  ['Loop', undefined],
  ['Sizes/loop', undefined],
])(
  'a run with N = 1 before the timed one is known where there is one, in a sub-benchmark without b.Loop: %s',
  async (benchmark, besides) => {
    const session = await openPrepared(benchmark);
    expect((await session.run(50)).besides).toBe(besides);
    expect((await session.run(1)).besides).toBeUndefined();
  },
);

test.each([
  ['FailsLater', { code: 'benchmark-without-result', message: expect.stringContaining('the benchmark failed') }],
  ['SkipsLater', { code: 'benchmark-without-result', message: expect.stringContaining('skipped itself') }],
  ['DiesLater', { code: 'subject-died', detail: expect.stringContaining('later is now') }],
])('what gives no result is a problem that says why: %s', async (benchmark, problem) => {
  const session = await openPrepared(benchmark);
  expect(await problemOf(session.run(10))).toMatchObject(problem);
});

test('the folder of the package is as it was', () => {
  expect(readdirSync(folder)).toEqual(before);
});

test('a package without TestMain has a way in too', async () => {
  const [artifact] = await buildSubjects(wanted('./plain'), { project, probed: false });
  expect(artifact?.packages.map(({ resident }) => resident)).toEqual([
    { file: expect.stringContaining('plain.resident.test'), tests: { BenchmarkPlain: 'TestSeamarkResident0' } },
  ]);
});

test('where TestMain never comes to the tests, whole processes remain, and it is said why', async () => {
  const experiment = wanted('./shut');
  const built = await buildSubjects(experiment, { project, probed: false });
  const executor = createExecutor({ experiment, artifacts: built, conditions: {} });
  const why = 'example.com/resident/shut has no way in: its TestMain does not come to the tests';
  expect(executor.modes).toEqual(['interleaved']);
  expect(executor.cannot?.alternating).toBe(why);
  const { warnings } = await discoverBenchmarks({ experiment, artifacts: built, conditions: {} });
  expect(warnings.map(({ code, message }) => [code, message])).toContainEqual([
    'no-alternating',
    `whole processes take turns instead of batches: ${why}`,
  ]);
});

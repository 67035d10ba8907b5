import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { type Discovery, discoverBenchmarks } from '../../src/subject/discovery.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { armOf, experimentOn, problemOf } from './awkward.ts';

const project = mkdtempSync(join(tmpdir(), 'seamark-bench-'));
const wanted: Experiment = {
  ...experimentOn({
    kind: 'go-bench',
    folder: join(import.meta.dirname, 'testdata/benchmarks'),
    build: [],
    environment: { GOWORK: 'off' },
    package: './...',
    bench: '.',
  }),
  factors: [],
};
let artifacts: readonly Artifact[];
let found: Discovery;
beforeAll(async () => {
  artifacts = await buildSubjects(wanted, { project, probed: false });
  found = await discoverBenchmarks({ experiment: wanted, artifacts, conditions: {} });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

async function runOne(benchmark: string, iterations: number) {
  const executor = createExecutor({ experiment: found.experiment, artifacts, conditions: {} });
  const session = await executor.open(armOf({ benchmark }), {
    block: 1,
    mode: 'interleaved',
    paddingBytes: 7,
    seed: 1,
  });
  const prepared = await session.prepare();
  try {
    return { prepared, batch: await session.run(iterations) };
  } finally {
    expect((await session.close()).leaked).toBe(0);
  }
}

test('every benchmark that gives a result becomes a level, of every package', () => {
  expect(found.experiment.factors[0]?.levels.map((level) => level.text)).toEqual([
    'Sum/size=10',
    'Sum/size=1000',
    'Sum/odd_(name)_[x]+',
    'Sum/ends-8',
    'Talks',
    'DiesLater',
    'codec.Double',
  ]);
});

test('what fails or skips itself is left out and named', () => {
  expect(found.warnings.map((warning) => warning.message).join()).toContain('BenchmarkFails, BenchmarkSkips');
});

test.each(['Sum/size=10', 'Sum/odd_(name)_[x]+', 'Sum/ends-8', 'Talks', 'codec.Double'])(
  'one benchmark runs alone in a process, as often as asked: %s',
  async (benchmark) => {
    const { prepared, batch } = await runOne(benchmark, 1234);
    expect(prepared.cycle).toBe(1);
    expect(batch.iterations).toBe(1234);
    expect(batch.seconds).toBeGreaterThan(0);
    expect(batch.values?.['go.allocs']).toBe(benchmark === 'Sum/ends-8' ? 1 : 0);
  },
);

test('several batches of one benchmark come from one process', async () => {
  const executor = createExecutor({ experiment: found.experiment, artifacts, conditions: {} });
  const options = { block: 1, mode: 'interleaved' as const, paddingBytes: 7, seed: 1 };
  const session = await executor.open(armOf({ benchmark: 'Sum/size=10' }), options);
  const batches = await session.runSeveral?.(321, 4);
  expect(batches?.map(({ iterations }) => iterations)).toEqual([321, 321, 321, 321]);
  expect((await session.close()).leaked).toBe(0);
});

test('units of a benchmark of its own come along', async () => {
  expect((await runOne('Sum/odd_(name)_[x]+', 5)).batch.values?.['answers/op']).toBe(42);
});

test('a benchmark that ends the process is a problem with its last words', async () => {
  const problem = await problemOf(runOne('DiesLater', 10));
  expect(problem).toMatchObject({ code: 'subject-died', detail: 'later is now' });
});

test('what is inside is known: hash, toolchain, no path of this machine', () => {
  const contents = artifacts[0]?.contents;
  expect(contents?.executables.map((one) => one.name)).toEqual(['root.test', 'codec.test']);
  expect(contents?.executables[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(contents?.go.toolchain).toMatch(/^go1\./);
  expect(JSON.stringify(contents)).not.toContain(project);
});

test('a package without benchmarks, and a pattern that matches none, are said plainly', async () => {
  const { subject } = wanted;
  if (subject.kind !== 'go-bench') throw new Error('not a Go benchmark');
  const nothing = { ...wanted, subject: { ...subject, bench: 'NoSuch' } };
  const problem = await problemOf(discoverBenchmarks({ experiment: nothing, artifacts, conditions: {} }));
  expect(problem).toMatchObject({ code: 'no-benchmarks', blame: 'input' });
});

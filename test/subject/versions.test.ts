import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildSubjects } from '../../src/artifact/build.ts';
import { inventRepository } from '../../src/artifact/invented-repository.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { discoverBenchmarks } from '../../src/subject/discovery.ts';
import { experimentOn, problemOf } from './awkward.ts';

const repository = inventRepository();
const cache = mkdtempSync(join(tmpdir(), 'seamark-cache-'));
beforeAll(() => {
  vi.stubEnv('SEAMARK_CACHE', cache);
  repository.commit('first', {
    'go.mod': 'module example.com/sum\n\ngo 1.21\n',
    'sum.go':
      'package sum\n\nfunc Sum(n int) (s int) {\n\tfor i := range make([]int, n) {\n\t\ts += i\n\t}\n\treturn s\n}\n',
    'sum_test.go':
      'package sum\n\nimport "testing"\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tSum(100)\n\t}\n}\n',
  });
  repository.commit('second', { 'sum.go': 'package sum\n\nfunc Sum(n int) int { return n * (n - 1) / 2 }\n' });
});
afterAll(() => {
  vi.unstubAllEnvs();
  repository.remove();
  rmSync(cache, { recursive: true, force: true });
});

function withBuilds(...levels: string[]): Experiment {
  return {
    ...experimentOn({
      kind: 'go-bench',
      folder: repository.folder,
      build: [],
      environment: { GOWORK: 'off' },
      package: './...',
      bench: '.',
    }),
    factors: [{ name: 'build', family: 'build', levels: levels.map((text) => ({ text })) }],
    baseline: { build: levels[0]! },
  };
}

function build(experiment: Experiment, steps: string[] = []) {
  const onStep = (step: string, name: string) => void steps.push(`${name}: ${step}`);
  return buildSubjects(experiment, { project: repository.folder, probed: false, onStep });
}

test('two commits are built beside each other, and a second time nothing is', async () => {
  const steps: string[] = [];
  const artifacts = await build(withBuilds('HEAD~1', 'HEAD'), steps);
  expect(artifacts.map(({ said }) => said)).toEqual([
    expect.stringMatching(/^HEAD~1 \(/),
    expect.stringMatching(/^HEAD \(/),
  ]);
  expect(steps.filter((step) => step.endsWith('go test -c .'))).toHaveLength(2);
  const hashes = artifacts.map(({ contents }) => contents.executables.map(({ sha256 }) => sha256).join());
  expect(new Set(hashes).size).toBe(2);
  expect(JSON.stringify(artifacts.map(({ contents }) => contents))).not.toContain(cache);
  const again: string[] = [];
  // The working tree is clean, and so the same as HEAD.
  const found = await build(withBuilds('HEAD~1', '.'), again);
  expect(again.filter((step) => !step.endsWith('finding its sources'))).toEqual([]);
  expect(found[1]).toEqual({ ...artifacts[1], build: '.' });
});

test('a variable of the build makes another build of the same commit', async () => {
  const steps: string[] = [];
  const artifacts = await build(withBuilds('HEAD', 'HEAD with GOFLAGS=-gcflags=-N'), steps);
  expect(steps).toContain('HEAD with GOFLAGS=-gcflags=-N: go test -c .');
  expect(artifacts[1]?.contents.go).toMatchObject({ '-gcflags': '-N' });
  expect(artifacts[1]?.environment).not.toHaveProperty('GOFLAGS');
});

test('a test program that was built before is measured beside a commit, and no probe is put into it', async () => {
  const file = join(cache, 'before.test');
  execFileSync('go', ['test', '-c', '-o', file, '.'], {
    cwd: repository.folder,
    env: { ...process.env, GOWORK: 'off' },
  });
  const experiment = withBuilds(file, 'HEAD');
  const artifacts = await build(experiment);
  expect(artifacts[0]).toMatchObject({
    said: expect.stringMatching(/^before\.test \(/),
    packages: [{ name: 'example.com/sum', label: '.' }],
  });
  const { experiment: found, warnings } = await discoverBenchmarks({ experiment, artifacts, conditions: {} });
  expect(found.factors[0]?.levels).toEqual([{ text: 'Sum' }]);
  expect(warnings).toMatchObject([{ code: 'no-alternating' }]);
  const probed = buildSubjects(experiment, { project: repository.folder, probed: true });
  expect(await problemOf(probed)).toMatchObject({ code: 'prebuilt-not-probed' });
});

test('two releases of a module come from the registry, and its own benchmarks are built', async () => {
  const experiment = { ...withBuilds('golang.org/x/mod@v0.14.0', 'golang.org/x/mod@v0.15.0') };
  const { subject } = experiment;
  const artifacts = await build({
    ...experiment,
    subject: { ...subject, package: './sumdb/dirhash' } as typeof subject,
  }).catch((error) => error.facts);
  expect(artifacts).toMatchObject({ code: 'no-benchmarks' });
  const whole = await build(experiment).catch((error) => error.facts);
  expect(whole).toMatchObject([{ said: 'golang.org/x/mod@v0.14.0' }, { said: 'golang.org/x/mod@v0.15.0' }]);
}, 120_000);

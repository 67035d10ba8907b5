import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inventExperiment, inventStudy } from '../../src/analysis/invented-study.ts';
import { buildResult, toJson } from '../../src/analysis/result.ts';
import { seamark } from './seamark.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A study of two builds on an invented machine, the second slower by this fraction. */
function study(name: string, slower: number, seed: number, experiment = 'x', cores = 4): string {
  const invented = inventStudy({
    experiment: inventExperiment({ name: experiment }),
    seconds: (arm) => 1e-6 * (arm.treatment.levels.build === './b' ? 1 + slower : 1),
    runNoise: 0.005,
    seed,
  });
  const { plan, schedule } = invented;
  const result = buildResult({
    experiment: invented.experiment,
    plan,
    schedule,
    outcomes: [...invented.run('judged', 12), ...invented.run('fresh', 20)],
    boundary: [],
    environment: { machine: { cpu: name, cores } },
    study: {
      id: `20260101-00000${seed}-${name}`,
      startedAt: '2026-01-01T00:00:00Z',
      durationS: 60,
      folder: '',
      complete: true,
    },
  });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, toJson(result));
  return file;
}

test('three machines that agree: the effect generalises, with the mean and one more machine', async () => {
  const files = [study('m1', 0.05, 1), study('m2', 0.052, 2), study('m3', 0.051, 3)];
  const { code, stdout, stderr } = await seamark(['pool', ...files]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^x on 3 machines$/m);
  expect(stdout).toMatch(/^mean over machines +\+5\.\d %/m);
  expect(stdout).toMatch(/^one more machine/m);
  expect(stdout).toMatch(/● generalises: [\s\S]*I² \d/);
});

test('a folder of a study is read as its file is; two machines are not assessed', async () => {
  const first = join(folder, 'server');
  mkdirSync(first);
  const { readFileSync } = await import('node:fs');
  writeFileSync(join(first, 'result.json'), readFileSync(study('m1', 0.05, 1)));
  const { code, stdout } = await seamark(['pool', first, study('m2', 0.05, 2), '--json']);
  expect(code).toBe(0);
  const reading = JSON.parse(stdout);
  expect(reading).toMatchObject({ schema: 'seamark/machines@1', machines: ['server', 'm2'] });
  expect(reading.comparisons[0].verdict).toBe('not assessed');
  expect(reading.warnings[0].code).toBe('few-machines');
});

test('different experiments, and one study twice, are refused with a cure', async () => {
  const different = await seamark(['pool', study('m1', 0.05, 1), study('m2', 0.05, 2, 'y')]);
  expect(different.code).toBe(2);
  expect(different.stderr).toMatch(/different experiments: x, y[\s\S]*help: /);
  const twice = await seamark(['pool', study('m1', 0.05, 1), study('m1', 0.05, 1)]);
  expect(twice.code).toBe(2);
  expect(twice.stderr).toMatch(/was named twice[\s\S]*help: /);
});

test('whether the effect goes with the cores is told of four machines, and of three the values alone', async () => {
  const files = [1, 2, 4, 8].map((cores, i) => study(`c${cores}`, 0.05 + 0.05 * i, i + 1, 'x', cores));
  const four = await seamark(['pool', ...files, '--on', 'cores']);
  expect([four.code, four.stderr]).toEqual([0, '']);
  expect(four.stdout).toMatch(/^c8 .* 8\b/m);
  expect(four.stdout).toMatch(/twice the cores: \+[45]\.\d % \[[^\]]+\] on the ratio,[\s\S]*4\s+machines/);
  const three = await seamark(['pool', ...files.slice(1), '--on', 'cores']);
  expect(three.stdout).toMatch(/takes 4 machines/);
  expect(three.stdout).not.toContain('twice the cores');
  const wrong = await seamark(['pool', ...files, '--on', 'bandwidth']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/bandwidth[\s\S]*help: [\s\S]*cores/);
});

test('a file that is no result is wrong use, and says what it should be', async () => {
  writeFileSync(join(folder, 'x.csv'), 'v1,3 ms\n');
  const { code, stderr } = await seamark(['pool', 'x.csv'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/error\[no-result\].*no result of `seamark run --json`/);
});

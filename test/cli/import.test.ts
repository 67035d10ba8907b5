import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { seamark } from './seamark.ts';

// Printed by a real test binary: five processes a file, and one process with -count=5.
const real = (name: string) => fileURLToPath(new URL(`testdata/benchmarks/${name}`, import.meta.url));
const [OLD, NEW, COUNTED] = [real('old.txt'), real('new.txt'), real('counted.txt')];
const folder = mkdtempSync(join(tmpdir(), 'seamark-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('files of several processes are compared, advisory at most, and the words that measure properly follow', async () => {
  const { code, stdout, stderr } = await seamark(['import', OLD, NEW]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/\(5\s+processes\)/);
  expect(stdout).toMatch(/Encode-2 +4,608 B +9,216 B +\+100 % .*advisory: more \(p 0\.008\)/);
  expect(stdout).toMatch(/^verdict {2}advisory: order confounded/m);
  expect(stdout).toContain('35 to 48 %');
  expect(stdout).toContain("bench: '^Benchmark(Encode|Decode|Compress)$'");
  expect(stdout).toContain('seamark run');
  expect(stdout).not.toMatch(/regression|improvement/);
});

test('-count repeats in one process are one process: medians only, no verdict', async () => {
  const { code, stdout } = await seamark(['import', COUNTED, NEW, '--json']);
  const reading = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(reading).toMatchObject({ schema: 'seamark/import@1', verdict: 'none' });
  const times = reading.comparisons.filter(({ unit }: { unit: string }) => unit === 'ns/op');
  for (const one of times) {
    expect(one).toMatchObject({ says: 'only medians', verdict: 'none', baseline: { processes: 1, values: 5 } });
    expect(one).not.toHaveProperty('p');
  }
  expect(reading.warnings.map(({ code: each }: { code: string }) => each)).toContain('one-process');
});

test('--json has p, n and the interval of each row, and the spec that would measure them', async () => {
  const reading = JSON.parse((await seamark(['import', OLD, NEW, '--json'])).stdout);
  const encode = reading.comparisons.find(
    ({ benchmark, unit }: Record<string, string>) => benchmark === 'Encode-2' && unit === 'ns/op',
  );
  expect(encode).toMatchObject({
    package: 'example.com/codec',
    better: 'lower',
    dimension: 'seconds',
    baseline: { processes: 5, values: 5 },
    verdict: 'advisory: order confounded',
  });
  expect(encode.low).toBeLessThan(encode.ratio);
  expect(encode.p).toBeGreaterThan(0);
  expect(reading.means.map(({ unit }: { unit: string }) => unit)).toContain('ns/op');
  expect(reading.properly).toContain('package: example.com/codec');
});

test('--format md is a table for a pull request', async () => {
  const { stdout } = await seamark(['import', OLD, NEW, '--format', 'md']);
  expect(stdout).toContain('| benchmark | old.txt | new.txt | change | interval | n | seen |');
  expect(stdout).toContain('**Verdict: advisory: order confounded');
  expect(stdout).toContain('```sh\ncat > seamark.yaml');
});

test('standard input is one of the files', async () => {
  const { code, stdout } = await seamark(['import', OLD, '-'], { input: readFileSync(NEW, 'utf8') });
  expect(code).toBe(0);
  // Where the line breaks depends on how long the path of the first file is.
  expect(stdout).toMatch(/<stdin> \(5\s+processes\)/);
});

const RESULT = 'BenchmarkX-2  100  5 ns/op\n';

test.each([
  ['a truncated line', `${RESULT}BenchmarkX-2  100  5`, /a value has no unit/, /:2:1/, /breaks off here/],
  ['NaN', `${RESULT}BenchmarkX-2  100  NaN ns/op\n${RESULT}`, /"NaN" is no value/, /:2:1/, /finite number/],
  [
    'a negative time',
    `${RESULT}BenchmarkX-2  100  -4 ns/op\n`,
    /-4 ns\/op is below zero/,
    /:2:1/,
    /leave the line out/,
  ],
  ['a time of zero', 'BenchmarkX-2  100  0 ns/op\n', /no time that anything takes/, /:1:1/, /leave the line out/],
  ['no benchmark at all', 'hello\n', /holds no benchmark result/, /bad\.txt/, /go test -bench/],
  ['no common benchmark', 'BenchmarkY-2  100  5 ns/op\n', /no benchmark in common/, /bad\.txt/, /must be the same/],
])('%s ends with 2, the place and a cure', async (_, text, message, place, cure) => {
  const file = join(folder, 'bad.txt');
  writeFileSync(file, text);
  const { code, stdout, stderr } = await seamark(['import', OLD, file]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(place);
  expect(stderr).toMatch(cure);
});

test.each([
  [['import', OLD], /missing required argument/],
  [['import', OLD, OLD], /was named twice/],
  [['import', OLD, 'no-such.txt'], /there is no such file/],
])('seamark %j ends with 2', async (words, message) => {
  const { code, stderr } = await seamark(words);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

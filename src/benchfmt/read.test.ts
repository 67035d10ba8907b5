import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBenchmarks, readPrintedNames, withoutProcessors } from './read.ts';

const real = (name: string) => readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8');

describe('the output of go test -bench -v -benchmem', () => {
  const output = readBenchmarks(real('verbose.txt'));

  test('gives each result with its units and the lines in force above it', () => {
    expect(output.results.map(({ name, iterations, values }) => [name, iterations, values])).toEqual([
      ['BenchmarkSum/size=10-2', 100, { 'ns/op': 10.31, 'B/op': 0, 'allocs/op': 0 }],
      ['BenchmarkSum/size=1000-2', 100, { 'ns/op': 286.3, 'B/op': 0, 'allocs/op': 0 }],
      ['BenchmarkSum/odd_(name)_[x]+-2', 100, { 'ns/op': 8.91, 'answers/op': 42, 'B/op': 0, 'allocs/op': 0 }],
      ['BenchmarkSum/ends-8-2', 100, { 'ns/op': 220.3, 'B/op': 128, 'allocs/op': 1 }],
      ['BenchmarkTalks-2', 100, { 'ns/op': 246.1, 'B/op': 5, 'allocs/op': 0 }],
      ['BenchmarkDouble-2', 100, { 'ns/op': 353.2, 'B/op': 2, 'allocs/op': 0 }],
    ]);
    expect(output.results[0]?.configuration).toMatchObject({ goos: 'linux', pkg: 'example.com/benchmarks' });
    expect(output.results[5]?.configuration.pkg).toBe('example.com/benchmarks/codec');
    expect(output.malformed).toEqual([]);
  });

  test('names what failed and what skipped itself', () => {
    expect(output.failed).toEqual(['BenchmarkFails']);
    expect(output.skipped).toEqual(['BenchmarkSkips']);
  });

  test('gives away which suffix is the number of processors and which belongs to a name', () => {
    const printed = readPrintedNames(real('verbose.txt'));
    expect(output.results.map(({ name }) => withoutProcessors(name, printed))).toEqual([
      'BenchmarkSum/size=10',
      'BenchmarkSum/size=1000',
      'BenchmarkSum/odd_(name)_[x]+',
      'BenchmarkSum/ends-8',
      'BenchmarkTalks',
      'BenchmarkDouble',
    ]);
  });
});

test('a benchmark that prints into its own line still has its result', () => {
  const { results, malformed } = readBenchmarks(real('one-processor.txt'));
  expect(results.at(-1)).toMatchObject({ name: 'BenchmarkTalks', iterations: 100, values: { 'ns/op': 40.56 } });
  expect(malformed).toEqual([]);
});

test.each([
  ['BenchmarkX 100', 'it has no values'],
  ['BenchmarkX ten 5 ns/op', '"ten" is no number of iterations'],
  ['BenchmarkX 0 5 ns/op', '0 iterations cannot be'],
  ['BenchmarkX 10 5', 'a value has no unit'],
  ['BenchmarkX 10 five ns/op', '"five" is no value'],
  ['BenchmarkX 10 NaN ns/op', '"NaN" is no value'],
  ['BenchmarkX 10 5 ns/op 6 ns/op', 'it gives ns/op twice'],
])('a malformed line is named with its reason: %s', (text, reason) => {
  const { results, malformed } = readBenchmarks(`goos: linux\n${text}\nPASS\n`);
  expect(results).toEqual([]);
  expect(malformed).toEqual([{ line: 2, text, reason }]);
});

test('unit metadata is kept, and lines that only look like benchmarks are passed over', () => {
  const text =
    'Unit ns/op better=lower assume=exact\nBenchmarking is fun 3 times\nBenchmark\nBenchmarkX\r\n  key: no\n';
  const output = readBenchmarks(text);
  expect(output.units).toEqual({ 'ns/op': { better: 'lower', assume: 'exact' } });
  expect(output.results).toEqual([]);
  expect(output.malformed).toEqual([]);
});

test('what is written in the format is read back, whatever the names and values', () => {
  const name = fc.stringMatching(/^[A-Z_0-9][\w=/.-]{0,20}$/);
  const value = fc.double({ min: 0, max: 1e12, noNaN: true });
  const line = fc.record({ name, iterations: fc.integer({ min: 1, max: 1e9 }), ns: value, own: value });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      const text = lines.map((one) => `Benchmark${one.name}\t${one.iterations}\t${one.ns} ns/op\t${one.own} own/op\n`);
      expect(
        readBenchmarks(text.join('')).results.map(({ name, iterations, values }) => ({ name, iterations, values })),
      ).toEqual(
        lines.map((one) => ({
          name: `Benchmark${one.name}`,
          iterations: one.iterations,
          values: { 'ns/op': one.ns, 'own/op': one.own },
        })),
      );
    }),
    { seed: 7 },
  );
});

test('no text at all makes it throw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('BenchmarkX', '\t', '\n', '100', 'ns/op', ' ', 'key:'))),
      (parts) => {
        readBenchmarks(parts.join(''));
      },
    ),
    { seed: 8 },
  );
});

test('a benchmark that fails once N is above 1 says so behind its name', () => {
  const { failed, malformed } = readBenchmarks(
    'BenchmarkLater-2   \t--- FAIL: BenchmarkLater-2\n    x_test.go:9: no\n',
  );
  expect(failed).toEqual(['BenchmarkLater-2']);
  expect(malformed).toEqual([]);
});

describe('which process printed a line', () => {
  const line = 'BenchmarkX-2  100  5 ns/op\n';
  const head = 'goos: linux\ngoarch: amd64\npkg: example.com/x\n';
  const ends = 'PASS\nok  \texample.com/x\t1.2s\n';
  test.each([
    ['-count=3 is one process', head + line.repeat(3) + ends, [0, 0, 0], []],
    ['runs appended are one each', (head + line + ends).repeat(3), [0, 1, 2], []],
    ['a test binary has no `ok`', `${head}${line}PASS\n`.repeat(2), [0, 1], []],
    ['a run that broke off ends where the next begins', head + line + head + line + ends, [0, 1], [0]],
    ['lines alone are one process', line.repeat(2), [0, 0], [0]],
    ['packages of one command are a process each', (head + line.repeat(2) + ends).repeat(2), [0, 0, 1, 1], []],
  ])('%s', (_, text, processes, unended) => {
    const output = readBenchmarks(text);
    expect(output.results.map(({ process }) => process)).toEqual(processes);
    expect(output.unended).toEqual(unended);
  });
});

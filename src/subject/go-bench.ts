/** Benchmarks of an unmodified Go package: built once by `go test -c`, run in short processes of one benchmark each. */
import type { BenchPackage } from '../artifact/artifact.ts';
import { readBenchmarks } from '../benchfmt/read.ts';
import { Problem } from '../model/problem.ts';
import type { Batch, Prepared, RunEnd, Session } from '../model/run.ts';
import { choosePackage } from './benchmark-name.ts';
import { addEnd, expectSuccess, NO_END, readAfter, runToEnd } from './one-shot.ts';
import type { Start } from './start.ts';

export function openGoBench(start: Start): Session {
  const { name, inside } = choosePackage(start.artifact.packages, start.reality.benchmark ?? '');
  let end: RunEnd = NO_END;
  return {
    // `testing` runs every benchmark once with N = 1 before it runs the N it was asked for.
    prepare: async (): Promise<Prepared> => ({ cycle: 1, operations: 1 }),
    run: async (iterations): Promise<Batch> => {
      const here: Start = { ...start, options: { ...start.options, cwd: inside.folder } };
      const finished = await runToEnd(here, benchArguments(inside, name, iterations), 'stdout');
      end = addEnd(end, finished);
      expectSuccess(start, finished);
      return readBatch(start.name, finished.stdout, iterations);
    },
    close: async () => end,
    ...readAfter(start),
  };
}

function benchArguments(inside: BenchPackage, name: string, iterations: number): readonly string[] {
  return [
    inside.file,
    '-test.run=^$',
    `-test.bench=${toPattern(name)}`,
    `-test.benchtime=${iterations}x`,
    '-test.count=1',
    '-test.benchmem',
  ];
}

/** Matches this benchmark and no other: `testing` matches each element between slashes by itself. */
export function toPattern(name: string): string {
  return name
    .split('/')
    .map((element) => `^${element.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`)
    .join('/');
}

/** The one result in what a benchmark printed. Throws a Problem when there is none, or several. `process`: what messages call it. */
export function readBatch(process: string, stdout: string, asked: number): Batch {
  const output = readBenchmarks(stdout);
  const result = output.results[0];
  const seconds = result?.values['ns/op'];
  if (!result || seconds === undefined || output.results.length > 1 || output.failed.length > 0) {
    const wrong = output.malformed[0];
    const reason = wrong?.reason.startsWith('0 iterations')
      ? 'it printed 0 iterations, as one does that skips itself once N is above 1'
      : wrong
        ? `line ${wrong.line} of its output is no result: ${wrong.reason}`
        : output.failed.length > 0
          ? 'the benchmark failed'
          : output.skipped.length > 0
            ? 'the benchmark skipped itself'
            : `it printed ${output.results.length} results with ns/op where one was asked for`;
    throw new Problem({
      code: 'benchmark-without-result',
      message: `${process}: ${reason}`,
      cure: 'Run `go test -bench` on it by hand; what it printed follows.',
      detail: stdout.trimEnd().split('\n').slice(-20).join('\n'),
      blame: 'run',
    });
  }
  const { 'ns/op': ns, 'B/op': bytes, 'allocs/op': allocations, ...own } = result.values;
  // A benchmark that loops by b.Loop is asked for the same number and says how many it did.
  const iterations = result.iterations > 0 ? result.iterations : asked;
  return {
    iterations,
    seconds: ((ns ?? 0) / 1e9) * iterations,
    values: {
      ...own,
      ...(bytes === undefined ? {} : { 'go.bytes': bytes }),
      ...(allocations === undefined ? {} : { 'go.allocs': allocations }),
    },
  };
}

/** Benchmarks of an unmodified Go package: built once by `go test -c`, run in short processes of one benchmark each. */
import type { BenchPackage } from '../artifact/artifact.ts';
import { type BenchOutput, type BenchResult, readBenchmarks } from '../benchfmt/read.ts';
import { Problem } from '../model/problem.ts';
import type { Batch, Prepared, RunEnd, Session } from '../model/run.ts';
import { choosePackage } from './benchmark-name.ts';
import { addEnd, expectSuccess, NO_END, readAfter, runToEnd } from './one-shot.ts';
import type { Start } from './start.ts';

export function openGoBench(start: Start): Session {
  const { name, inside } = choosePackage(start.artifact.packages, start.reality.benchmark ?? '');
  let end: RunEnd = NO_END;
  const runSeveral = async (iterations: number, batches: number): Promise<readonly Batch[]> => {
    const here: Start = { ...start, options: { ...start.options, cwd: inside.folder } };
    const finished = await runToEnd(here, benchArguments(inside, name, iterations, batches), 'stdout');
    end = addEnd(end, finished);
    expectSuccess(start, finished);
    return readBatches(start.name, finished.stdout, iterations, batches);
  };
  return {
    // `testing` runs every benchmark once with N = 1 before it runs the N it was asked for, each time.
    prepare: async (): Promise<Prepared> => ({ cycle: 1, operations: 1 }),
    run: async (iterations): Promise<Batch> => (await runSeveral(iterations, 1))[0]!,
    runSeveral,
    close: async () => end,
    ...readAfter(start),
  };
}

/** The words that run one benchmark and nothing else; `name` is the whole Go name. */
export function benchArguments(
  inside: BenchPackage,
  name: string,
  iterations: number,
  batches: number,
): readonly string[] {
  return [
    inside.file,
    '-test.run=^$',
    `-test.bench=${toPattern(name)}`,
    `-test.benchtime=${iterations}x`,
    `-test.count=${batches}`,
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

/** The results in what a benchmark printed. Throws a Problem unless there are as many as asked for. `process`: what messages call it. */
export function readBatches(process: string, stdout: string, iterations: number, batches: number): readonly Batch[] {
  const output = readBenchmarks(stdout);
  const found = output.results.flatMap((result) => toBatch(result, iterations) ?? []);
  if (found.length === batches && output.results.length === batches && output.failed.length === 0) return found;
  const expected = batches === 1 ? 'one was' : `${batches} were`;
  throw new Problem({
    code: 'benchmark-without-result',
    message: `${process}: ${findReason(output) ?? `it printed ${found.length} results with ns/op where ${expected} asked for`}`,
    cure: 'Run `go test -bench` on it by hand; what it printed follows.',
    detail: stdout.trimEnd().split('\n').slice(-20).join('\n'),
    blame: 'run',
  });
}

function findReason({ malformed, failed, skipped }: BenchOutput): string | undefined {
  const [wrong] = malformed;
  if (wrong?.reason.startsWith('0 iterations')) {
    return 'it printed 0 iterations, as one does that skips itself once N is above 1';
  }
  if (wrong) return `line ${wrong.line} of its output is no result: ${wrong.reason}`;
  if (failed.length > 0) return 'the benchmark failed';
  return skipped.length > 0 ? 'the benchmark skipped itself' : undefined;
}

function toBatch(result: BenchResult, asked: number): Batch | undefined {
  const { 'ns/op': ns, 'B/op': bytes, 'allocs/op': allocations, ...own } = result.values;
  if (ns === undefined) return undefined;
  // A benchmark that loops by b.Loop is asked for the same number and says how many it did.
  const iterations = result.iterations > 0 ? result.iterations : asked;
  return {
    iterations,
    seconds: (ns / 1e9) * iterations,
    values: {
      ...own,
      ...(bytes === undefined ? {} : { 'go.bytes': bytes }),
      ...(allocations === undefined ? {} : { 'go.allocs': allocations }),
    },
  };
}

/** One file of Go benchmarks as an arm. Every line that can't be used is named with its place; what was cut off is a warning. */
import type { ImportedArm } from '../analysis/imported.ts';
import { isTime } from '../analysis/imported-unit.ts';
import { type BenchOutput, type BenchResult, readBenchmarks } from '../benchfmt/read.ts';
import { Problem, Problems, type Warning } from '../model/problem.ts';

/** More problems than this are counted, not told one by one. */
const MOST_TOLD = 10;

export interface BenchmarkFile {
  readonly arm: ImportedArm;
  readonly warnings: readonly Warning[];
}

/** `name` is how messages call the file. Throws Problems for lines that are no result, or whose values can't be. */
export function parseBenchmarks(text: string, name: string): BenchmarkFile {
  const output = readBenchmarks(text.replace(/^\uFEFF/, ''));
  const sources = text.split('\n');
  const refuse = (line: number, message: string, cure: string): Problem => {
    const source = (sources[line - 1] ?? '').trimEnd();
    return new Problem({
      code: 'bad-benchmark-line',
      message,
      cure,
      at: { file: name, line, column: 1, length: source.length, source },
    });
  };
  const malformed = output.malformed.map(({ line, reason }) =>
    refuse(line, `this is no benchmark result: ${reason}`, cureOf(reason, line === sources.length)),
  );
  const impossible = output.results.flatMap((result) => {
    const why = impossibleIn(result);
    return why === undefined
      ? []
      : [refuse(result.line, why, 'leave the line out, and see why the benchmark printed it')];
  });
  const problems = [...malformed, ...impossible].sort((a, b) => a.facts.at!.line! - b.facts.at!.line!);
  if (problems.length > MOST_TOLD) {
    const left = problems.length - MOST_TOLD + 1;
    const more = new Problem({
      code: 'bad-benchmark-line',
      message: `${left} more lines of ${name} can not be used either`,
    });
    throw new Problems([...problems.slice(0, MOST_TOLD - 1), more]);
  }
  if (problems.length > 0) throw new Problems(problems);
  if (output.results.length === 0) {
    throw new Problem({
      code: 'no-benchmarks',
      message: `${name} holds no benchmark result`,
      cure: 'store what `go test -bench=. -run=^$` prints: lines such as BenchmarkDecode-8  1000  1234 ns/op',
      at: { file: name },
    });
  }
  return { arm: toArm(output, name), warnings: listWarnings(output, name) };
}

function cureOf(reason: string, last: boolean): string {
  if (last) return 'the file breaks off here: let `go test` come to its end, or take this line out';
  return /NaN|Inf/i.test(reason)
    ? 'a value is a finite number: leave out the runs that failed'
    : 'a result is a name, a number of iterations, and values with units: BenchmarkDecode-8  1000  1234 ns/op';
}

function impossibleIn({ values }: BenchResult): string | undefined {
  for (const [unit, value] of Object.entries(values)) {
    if (value < 0) return `${value} ${unit} is below zero`;
    if (value === 0 && isTime(unit)) return `${value} ${unit} is no time that anything takes`;
  }
  return undefined;
}

function toArm({ results, units }: BenchOutput, name: string): ImportedArm {
  const configuration: Record<string, string[]> = {};
  for (const result of results) {
    for (const [key, value] of Object.entries(result.configuration)) {
      const known = configuration[key] ?? [];
      if (!known.includes(value)) configuration[key] = [...known, value];
    }
  }
  const lines = results.map((result) => ({
    benchmark: result.name.replace(/^Benchmark/, ''),
    package: result.configuration.pkg ?? '',
    process: result.process,
    values: result.values,
  }));
  return { name, lines, configuration, units };
}

function listWarnings({ failed, processes, unended }: BenchOutput, name: string): Warning[] {
  const warnings: Warning[] = [];
  if (failed.length > 0) {
    warnings.push({
      code: 'benchmarks-failed',
      message: `${name}: ${[...new Set(failed)].join(', ')} failed, and ${failed.length === 1 ? 'is' : 'are'} not compared where nothing was printed`,
      cure: 'mend the benchmark and measure it again',
    });
  }
  // Files that hold only result lines have no ends at all: nothing broke off there.
  if (unended.length > 0 && unended.length < processes) {
    warnings.push({
      code: 'broke-off',
      message: `${name}: ${unended.length} of ${processes} runs did not come to their end (no PASS, FAIL or ok)`,
      cure: 'what was printed until then is used; see why it stopped',
    });
  }
  return warnings;
}

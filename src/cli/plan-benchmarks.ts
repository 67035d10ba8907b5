/** The benchmarks that a Go package will show once it is built, as far as its sources tell. */
import { existsSync } from 'node:fs';
import { BENCHMARK_FACTOR } from '../factor/realise.ts';
import type { Experiment } from '../model/experiment.ts';
import { joinFolder } from '../spec/folder.ts';
import { type BenchmarkFinding, findBenchmarks } from './find-benchmarks.ts';

export interface Expected {
  readonly experiment: Experiment;
  /** What could not be known, as sentences. */
  readonly notes: readonly string[];
}

/** Other kinds of subject come back as they are. */
export function withExpectedBenchmarks(experiment: Experiment): Expected {
  const { subject } = experiment;
  if (subject.kind !== 'go-bench') return { experiment, notes: [] };
  const build = experiment.factors.find((factor) => factor.family === 'build')?.levels[0]?.text;
  const named = joinFolder(subject.folder, build ?? '.');
  // A build that is no folder is a version of this one.
  const folder = existsSync(named) ? named : subject.folder;
  const names = existsSync(folder) ? namesIn(findBenchmarks(folder), subject.package, subject.bench) : [];
  if (names.length === 0) {
    return {
      experiment,
      notes: [
        'No benchmark was found in the sources: the plan is shown for one, and settled when the subject is built.',
      ],
    };
  }
  const factor = { name: BENCHMARK_FACTOR, family: 'parameter' as const, levels: names.map((text) => ({ text })) };
  const count = names.length === 1 ? 'One benchmark was' : `${names.length} benchmarks were`;
  return {
    experiment: { ...experiment, factors: [factor, ...experiment.factors] },
    notes: [`${count} found in the sources; sub-benchmarks show when the subject is built, and make the plan longer.`],
  };
}

/** `./...` is everything, `./a/...` what is below, `./a` one package. The expression is matched as go test -bench matches names. */
export function namesIn(finding: BenchmarkFinding, pattern: string, bench: string): string[] {
  const below = pattern.endsWith('/...') || pattern === '...';
  const start = pattern.replace(/\/?\.\.\.$/, '').replace(/\/$/, '') || '.';
  const isWanted = (label: string) => label === start || (below && (start === '.' || label.startsWith(`${start}/`)));
  const matches = matcher(bench.split('/')[0] ?? '.');
  const packages = finding.packages.filter((found) => isWanted(found.label));
  const names = packages.flatMap(({ label, names: found }) =>
    found.filter(matches).map((name) => (packages.length > 1 ? `${label.replace(/^\.\//, '')}.${name}` : name)),
  );
  return [...new Set(names)];
}

/** Go's expressions are nearly ours; one that is not is taken to match everything. */
function matcher(expression: string): (name: string) => boolean {
  try {
    const compiled = new RegExp(expression);
    return (name) => compiled.test(`Benchmark${name}`);
  } catch {
    return () => true;
  }
}

/** How the same benchmarks are measured so that a verdict may be given: words for a shell, ready to be pasted. */
import type { ImportedComparison } from '../analysis/imported.ts';

/** More names than this are not listed: then all benchmarks run. */
const MOST_NAMES = 8;

/**
 * Writes a spec and runs it. What nobody can know from the files are the folders: the two versions are called ./before and
 * ./after.
 */
export function measureProperly(comparisons: readonly Pick<ImportedComparison, 'benchmark' | 'package'>[]): string {
  const packages = [...new Set(comparisons.map((one) => one.package))].filter((name) => /^[\w./~-]+$/.test(name));
  const names = [...new Set(comparisons.map(({ benchmark }) => benchmark.replace(/\/.*$/, '').replace(/-\d+$/, '')))];
  const simple = names.length <= MOST_NAMES && names.every((name) => /^\w+$/.test(name));
  const bench = simple ? `^Benchmark(${names.join('|')})$` : '.';
  return [
    "cat > seamark.yaml <<'END'",
    'experiment: before-and-after',
    `subject: {kind: go-bench, package: ${packages.length === 1 ? packages[0] : './...'}, bench: '${bench}'}`,
    'factors: {build: [./before, ./after]}   # the two versions, each in a folder of its own',
    'margin: 2 %',
    'budget: 3 min',
    'END',
    'seamark run',
  ].join('\n');
}

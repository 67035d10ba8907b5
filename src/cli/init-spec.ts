/** The specs that `seamark init` writes: what they ask, and the folder they fit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Editors that know YAML language servers check and complete by this line. */
const SCHEMA_LINE = '# yaml-language-server: $schema=.seamark/seamark.schema.json\n';

export interface BenchmarkFinding {
  /** Folders with benchmarks, relative to the module: `.`, `./codec`; names without `Benchmark`. */
  readonly packages: readonly { readonly label: string; readonly names: readonly string[] }[];
  /** Some Go file there says `import "C"`: there is a boundary to watch. */
  readonly usesC: boolean;
}

/** Enough to know a module by; nobody waits for a whole monorepo to be read. */
const MOST_FILES = 20_000;
const SKIPPED = new Set(['vendor', 'testdata', 'node_modules', 'target']);

/** Looks through one Go module, other modules inside it left out, as the go command does. */
export function findBenchmarks(module: string): BenchmarkFinding {
  const packages = new Map<string, string[]>();
  let files = 0;
  let usesC = false;
  const waiting = [module];
  for (let folder = waiting.pop(); folder !== undefined && files < MOST_FILES; folder = waiting.pop()) {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (folder !== module && entries.some((entry) => entry.name === 'go.mod')) continue;
    for (const entry of entries) {
      if (entry.isDirectory() && !/^[._]/.test(entry.name) && !SKIPPED.has(entry.name))
        waiting.push(join(folder, entry.name));
      if (!entry.isFile() || !entry.name.endsWith('.go')) continue;
      files++;
      const text = readFileSync(join(folder, entry.name), 'utf8');
      usesC ||= /^\s*(?:import\s+)?"C"\s*$/m.test(text);
      if (!entry.name.endsWith('_test.go')) continue;
      const found = [...text.matchAll(/^func Benchmark((?![a-z])\w*)\(/gm)].map((match) => match[1]!);
      if (found.length === 0) continue;
      const near = relative(module, folder).split(sep).join('/');
      const label = near === '' ? '.' : `./${near}`;
      packages.set(label, [...(packages.get(label) ?? []), ...found]);
    }
  }
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
  return { packages: sorted.map(([label, names]) => ({ label, names })), usesC };
}

/** Runs every benchmark of the module as it is. */
export function goBenchSpec(finding: BenchmarkFinding): string {
  const [only] = finding.packages;
  const pattern = finding.packages.length === 1 && only !== undefined ? only.label : './...';
  const probe = finding.usesC
    ? '\n# The module calls C or Rust: every crossing is counted and timed.\nprobe: full\n'
    : '\n# probe: full     # for modules that call C or Rust: every crossing is counted and timed\n';
  return `${SCHEMA_LINE}
# How fast are the benchmarks of this module, and how sure is that?
experiment: benchmarks
subject:
  kind: go-bench
  package: ${pattern}
  bench: .

# To compare two versions, put each into a folder of its own and name both; the first is the baseline:
# factors:
#   build: [./before, ./after]
${probe}
margin: 2 %       # the smallest change that matters
budget: 60 s      # the time that measuring may take
`;
}

/** Runs as it stands wherever `seq` is, and shows where one's own program goes. */
export function commandSpec(): string {
  return `${SCHEMA_LINE}
# Put your own program in place of seq, and your own question in place of this one.
experiment: command
hypothesis: Ten times the lines take longer to print.
subject:
  kind: command
  run: seq $lines

factors:
  lines: [100000, 1000000]

expect:
  - {metric: time.p50, from: {lines: 100000}, to: {lines: 1000000}, change: "> 20 %"}

metrics: {primary: time.p50, explore: [cpu, rss]}
margin: 2 %       # the smallest change that matters
budget: 20 s      # the time that measuring may take
`;
}

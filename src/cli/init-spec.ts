/** The specs that `seamark init` writes: what they ask, and the folder they fit. */
import type { BenchmarkFinding } from './find-benchmarks.ts';

/** Editors that know YAML language servers check and complete by this line. */
const SCHEMA_LINE = '# yaml-language-server: $schema=.seamark/seamark.schema.json\n';

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

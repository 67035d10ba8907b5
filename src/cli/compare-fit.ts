/** Fits an experiment that nobody wrote to the sources it is about: the probe, the packages, the budget; says what stands in the way. */
import { type LevelOptions, listBuildLevels } from '../artifact/build-levels.ts';
import { BENCHMARK_FACTOR } from '../factor/realise.ts';
import type { Experiment } from '../model/experiment.ts';
import { countOf } from '../report/figure.ts';
import { type BenchmarkFinding, findBenchmarks } from './find-benchmarks.ts';
import { namesIn } from './plan-benchmarks.ts';

export interface Fitted {
  readonly experiment: Experiment;
  readonly notes: readonly string[];
}

/** Looks at the sources of both builds, which are fetched for it. Programs that are built already come back as they are. */
export async function fitToSources(experiment: Experiment, options: LevelOptions): Promise<Fitted> {
  const { subject } = experiment;
  if (subject.kind !== 'go-bench') return { experiment, notes: [] };
  const levels = await listBuildLevels(experiment, options);
  const findings = levels.filter(({ file }) => file === undefined).map(({ folder }) => findBenchmarks(folder));
  const candidate = findings.at(-1);
  if (!candidate) return { experiment, notes: [] };
  const names = namesIn(candidate, subject.package, subject.bench);
  const labels = new Set(findings.flatMap(({ packages }) => packages.map(({ label }) => label)));
  const [only] = labels;
  const narrowed =
    subject.package === './...' && labels.size === 1 && only !== undefined ? { ...subject, package: only } : subject;
  const isProbed = findings.length === levels.length && findings.some(({ usesC }) => usesC);
  return {
    experiment: { ...experiment, subject: narrowed, probe: isProbed ? 'full' : 'off', budgetS: budgetOf(names.length) },
    notes: unbuilt(candidate, subject.build.length > 0),
  };
}

/** A crate beside cgo code that no command builds: the user should know before the linker says it. */
function unbuilt({ usesC, crates }: BenchmarkFinding, builds: boolean): readonly string[] {
  if (!usesC || builds || crates.length === 0) return [];
  const manifest = crates[0] === '.' ? 'Cargo.toml' : `${crates[0]}/Cargo.toml`;
  return [
    `${manifest} is built by nobody; where Go links it, say how: --build 'cargo build --release --manifest-path ${manifest}'`,
  ];
}

/** Enough for so many, and so much for each that is more; nobody waits longer than this without having said so. */
const FIRST = 4;
const FIRST_S = 60;
const EACH_S = 15;
const MOST_S = 600;

function budgetOf(benchmarks: number): number {
  return Math.min(MOST_S, FIRST_S + EACH_S * Math.max(0, benchmarks - FIRST));
}

/** Seconds, by the benchmarks that were found. */
export function budgetFor(found: Experiment): number {
  return budgetOf(benchmarksOf(found));
}

/** As a sentence, with its rule where it bore on the budget. */
export function sayBudget(found: Experiment, budget: string): string {
  const count = benchmarksOf(found);
  const rule =
    count > FIRST ? `; ${FIRST_S} s for ${FIRST}, ${EACH_S} s for each more, at most ${MOST_S / 60} min` : '';
  return `${countOf(Math.max(1, count), 'benchmark')} in each build: a budget of ${budget} (--budget says otherwise${rule})`;
}

function benchmarksOf({ factors }: Experiment): number {
  return factors.find(({ name }) => name === BENCHMARK_FACTOR)?.levels.length ?? 0;
}

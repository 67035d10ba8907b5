/** Which benchmarks a Go package has: each runs once, and each that prints a result becomes a level of `benchmark`. */
import type { Artifact } from '../artifact/artifact.ts';
import { readBenchmarks, readPrintedNames, withoutProcessors } from '../benchfmt/read.ts';
import { BENCHMARK_FACTOR } from '../factor/realise.ts';
import type { Experiment } from '../model/experiment.ts';
import { Problem, type Warning } from '../model/problem.ts';
import { toLevel } from './benchmark-name.ts';
import { runToEnd } from './one-shot.ts';
import { sayShut } from './resident.ts';
import { inherited, type Start, type Surroundings } from './start.ts';

export interface Discovery {
  /** With the factor `benchmark`, its levels in the order they run. */
  readonly experiment: Experiment;
  /** Benchmarks that failed, skipped themselves, or are not in every build: they are left out. */
  readonly warnings: readonly Warning[];
}

/** Other kinds of subject come back as they are. Every build is asked; only what all of them have is compared. */
export async function discoverBenchmarks(surroundings: Surroundings): Promise<Discovery> {
  const { experiment, artifacts } = surroundings;
  if (experiment.subject.kind !== 'go-bench') return { experiment, warnings: [] };
  const { bench } = experiment.subject;
  const warnings: Warning[] = [];
  const shut = artifacts.flatMap(({ packages }) => packages).find(({ resident }) => typeof resident === 'string');
  if (shut) {
    warnings.push({
      code: 'no-alternating',
      message: `whole processes take turns instead of batches: ${sayShut(shut)}`,
      cure: 'give a larger budget: interleaved processes need more blocks for the same answer',
    });
  }
  const found: { build: string | undefined; levels: string[] }[] = [];
  for (const artifact of artifacts.filter((one) => !one.probed)) {
    found.push({ build: artifact.build, levels: await listLevels(surroundings, artifact, bench, warnings) });
  }
  const levels = (found[0]?.levels ?? []).filter((level) => found.every((one) => one.levels.includes(level)));
  const partial = new Set(found.flatMap((one) => one.levels).filter((level) => !levels.includes(level)));
  if (partial.size > 0) {
    warnings.push({
      code: 'benchmark-not-in-every-build',
      message: `${listNames([...partial])} ${partial.size === 1 ? 'is' : 'are'} not in every build and left out`,
    });
  }
  if (levels.length === 0) {
    throw new Problem({
      code: 'no-benchmarks',
      message: `No benchmark of ${experiment.subject.package} that matches \`${bench}\` gave a result`,
      cure: 'Look what `go test -bench=. -run=^$ ./...` runs there, and set `bench:` and `package:`.',
      ...(warnings.length > 0 ? { detail: warnings.map((one) => one.message).join('\n') } : {}),
      blame: 'input',
    });
  }
  const factor = {
    name: BENCHMARK_FACTOR,
    family: 'parameter' as const,
    levels: levels.map((text) => ({ text })),
  };
  return { experiment: { ...experiment, factors: [factor, ...experiment.factors] }, warnings };
}

async function listLevels(
  { experiment, conditions }: Surroundings,
  artifact: Artifact,
  bench: string,
  warnings: Warning[],
): Promise<string[]> {
  const levels: string[] = [];
  for (const inside of artifact.packages) {
    const start: Start = {
      argv: [],
      options: {
        cwd: inside.folder,
        env: { ...(conditions.environment ?? inherited()), ...artifact.environment },
        ...(conditions.signal ? { signal: conditions.signal } : {}),
      },
      name: `The test program of ${inside.name}`,
      // All benchmarks together get as long as a build.
      answerS: experiment.limits.buildS,
      reality: { environment: {}, parameters: {}, variables: {}, probe: 'off', faults: [] },
      artifact,
    };
    const words = [
      inside.file,
      '-test.run=^$',
      `-test.bench=${bench}`,
      '-test.benchtime=1x',
      '-test.count=1',
      '-test.v',
    ];
    const { stdout, stderr, report } = await runToEnd(start, words, 'stdout');
    if (report.ended === 'abort') conditions.signal?.throwIfAborted();
    const output = readBenchmarks(stdout);
    const printed = readPrintedNames(stdout);
    for (const result of output.results) {
      const level = toLevel(artifact.packages, inside, withoutProcessors(result.name, printed));
      if (!levels.includes(level)) levels.push(level);
    }
    const lost = [...output.failed, ...output.skipped];
    if (lost.length > 0) {
      const message = `${inside.name}: ${listNames(lost)} gave no result (failed or skipped) and ${lost.length === 1 ? 'is' : 'are'} left out`;
      warnings.push({ code: 'benchmark-without-result', message });
    } else if (report.exit !== 0) {
      const last = stderr.split('\n').at(-1) ?? '';
      const message = `${inside.name}: the test program ended with ${report.signal ?? `code ${report.exit}`}${last ? ` (${last})` : ''}; benchmarks after that are not known`;
      warnings.push({ code: 'benchmarks-cut-short', message });
    }
  }
  return levels;
}

function listNames(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}

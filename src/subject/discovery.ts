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
  const found: Found[] = [];
  for (const artifact of artifacts.filter((one) => !one.probed)) {
    found.push(await listLevels(surroundings, artifact, bench, warnings));
  }
  const levels = (found[0]?.levels ?? []).filter((level) => found.every((one) => one.levels.includes(level)));
  const apart = sayApart(found, experiment.baseline.build);
  if (apart !== undefined) warnings.push({ code: 'benchmark-not-in-every-build', message: apart });
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

/** What one build has. */
interface Found {
  readonly build: string | undefined;
  readonly levels: readonly string[];
  /** It has those too, but they failed or skipped themselves. */
  readonly lost: readonly string[];
  /** A test program ended early: there may be more. */
  readonly cutShort: boolean;
}

/** Which benchmarks came and went from the baseline to each other build: `./after adds Encode and removes Decode; …`. */
export function sayApart(found: readonly Found[], baseline: string | undefined): string | undefined {
  const base = found.find(({ build }) => build === baseline) ?? found[0];
  const others = found.filter((one) => one !== base);
  if (!base) return undefined;
  const isAbsent = (level: string, { levels, lost, cutShort }: Found) =>
    !cutShort && !levels.includes(level) && !lost.includes(level);
  const told = others.flatMap((one) => {
    const added = one.levels.filter((level) => isAbsent(level, base));
    const removed = base.levels.filter((level) => isAbsent(level, one));
    const parts = [
      ...(added.length > 0 ? [`adds ${listNames(added, MOST_NAMED)}`] : []),
      ...(removed.length > 0 ? [`removes ${listNames(removed, MOST_NAMED)}`] : []),
    ];
    return parts.length > 0 ? [{ said: `${one.build} ${parts.join(' and ')}`, names: [...added, ...removed] }] : [];
  });
  const named = new Set(told.flatMap(({ names }) => names));
  const all = new Set(found.flatMap(({ levels }) => levels));
  const rest = [...all].filter((level) => !named.has(level) && !found.every(({ levels }) => levels.includes(level)));
  const said = [
    ...told.map((one) => one.said),
    ...(rest.length > 0 ? [`${listNames(rest, MOST_NAMED)} gave no result in every build`] : []),
  ];
  return said.length > 0 ? `${said.join('; ')}; only what every build has is compared` : undefined;
}

async function listLevels(
  { experiment, conditions }: Surroundings,
  artifact: Artifact,
  bench: string,
  warnings: Warning[],
): Promise<Found> {
  const [levels, failed]: [string[], string[]] = [[], []];
  let cutShort = false;
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
    const levelOf = (name: string) => toLevel(artifact.packages, inside, withoutProcessors(name, printed));
    for (const { name } of output.results) {
      const level = levelOf(name);
      if (!levels.includes(level)) levels.push(level);
    }
    const lost = [...output.failed, ...output.skipped];
    failed.push(...lost.map(levelOf));
    if (lost.length > 0) {
      const message = `${inside.name}: ${listNames(lost)} gave no result (failed or skipped) and ${lost.length === 1 ? 'is' : 'are'} left out`;
      warnings.push({ code: 'benchmark-without-result', message });
    } else if (report.exit !== 0) {
      cutShort = true;
      const last = stderr.split('\n').at(-1) ?? '';
      const message = `${inside.name}: the test program ended with ${report.signal ?? `code ${report.exit}`}${last ? ` (${last})` : ''}; benchmarks after that are not known`;
      warnings.push({ code: 'benchmarks-cut-short', message });
    }
  }
  return { build: artifact.build, levels, lost: failed, cutShort };
}

const MOST_NAMED = 20;

function listNames(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/**
 * `seamark bisect`: which of many versions is the first slower one. Writes the experiment of both ends, searches between them, sets
 * the culprit against its parent. Nothing of the user's repository is touched; every step is kept, so that it can be gone on with.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { priceSearch } from '../analysis/bisection-price.ts';
import type { Bisection, Line, Sought } from '../model/bisection.ts';
import { Problem } from '../model/problem.ts';
import { formatProbability } from '../report/bisection-sentence.ts';
import { formatDuration } from '../report/facts.ts';
import { countOf } from '../report/figure.ts';
import { machineClock } from '../runner/clock.ts';
import { writeSpec } from '../spec/write-spec.ts';
import { STOP_AT } from '../stats/bisection.ts';
import { type Asked, KeptBisection } from '../store/bisections.ts';
import { findProject } from '../store/project.ts';
import { makeStudyId } from '../store/study-id.ts';
import { conductSearch } from '../study/bisection.ts';
import { drawBisection } from '../study/search-result.ts';
import { type SearchState, UNKNOWN_BUILD_S } from '../study/search-state.ts';
import { findLine } from './bisect-line.ts';
import { makeWorld, withPair } from './bisect-world.ts';
import { addConductOptions, addSubjectOptions } from './command-options.ts';
import { writeQuestion } from './compare-experiment.ts';
import { fitToSources } from './compare-fit.ts';
import { type ConductSurroundings, underWatch } from './conduct.ts';
import { exitCodeOfSearch } from './exit-code.ts';
import { addExamples } from './help.ts';
import { readBudget, readWhole } from './run-options.ts';
import { INTERRUPTED } from './stop.ts';
import { allowsColor, allowsLiveLine, columnsOf } from './terminal.ts';

interface Options {
  readonly spec?: string;
  readonly experiment?: string;
  readonly bench?: string;
  readonly package?: string;
  readonly build?: readonly string[];
  readonly run?: string;
  readonly effect?: string;
  readonly module?: string;
  readonly toolchain?: boolean;
  readonly paths?: readonly string[];
  readonly stop: number;
  readonly seed: number;
  readonly budget: number;
  readonly explain: boolean;
  readonly resume?: string | true;
  readonly printSpec?: boolean;
  readonly json?: boolean;
  readonly wait: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const USUAL_BUDGET_S = 1800;
/** Of the whole budget, what the study of both ends may take of it at most; the check likewise. */
const STUDY_SHARE = 0.25;

export function registerBisect(program: Command): void {
  const command = program
    .command('bisect')
    .description('find the first slower one of many versions: commits, releases of a module, toolchains')
    .argument('[good]', 'a version that is as fast as it should be')
    .argument('[bad]', 'a later one that is slower');
  addSubjectOptions(command)
    .option('--effect <name>', 'benchmark or levels to search by (default: what got slower by most)')
    .option('--module <path>', 'search the releases of this dependency, good and bad being versions of it')
    .option('--toolchain', 'search the releases of Go, good and bad being two of them: 1.22.12 1.24.4')
    .option('--paths <paths...>', 'commits that touch these are likelier, from the top of the repository')
    .option('--stop <probability>', 'how sure to be of the culprit', readProbability, STOP_AT)
    .option('--seed <number>', 'seed of every random choice', readWhole(0, 2 ** 32 - 1), 1)
    .option('--budget <time>', 'time that all of it may take', readBudget, USUAL_BUDGET_S)
    .option('--no-explain', 'gather no evidence about the culprit')
    .option('--resume [search]', 'go on with the search of that id, or the latest that has no answer')
    .option('--print-spec', 'print the experiment of both ends as a spec, and run nothing')
    .option('--json', 'print the search as JSON');
  addConductOptions(command).action(bisect);
  addExamples(command, [
    ['seamark bisect v1.4.0 HEAD', 'the commit that made something slower since v1.4.0'],
    ['seamark bisect 1.22.12 1.24.4 --toolchain --bench Decode', 'the release of Go'],
  ]);
}

function readProbability(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value < 1))
    throw new InvalidArgumentError('It is a probability from .5 to below 1, such as .99.');
  return value;
}

async function bisect(good: string | undefined, bad: string | undefined, options: Options): Promise<void> {
  await underWatch(
    options,
    (surroundings) => search(good, bad, options, surroundings),
    async () => {},
  );
}

async function search(
  good: string | undefined,
  bad: string | undefined,
  said: Options,
  surroundings: ConductSurroundings,
): Promise<void> {
  const { line, signal } = surroundings;
  const project = findProject(process.cwd());
  const kept = said.resume === undefined ? undefined : KeptBisection.resume(project, idOf(said));
  // What the search was begun with; the budget, and what is said of it, are those of now.
  const options: Options = kept ? { ...said, ...(kept.asked as object) } : said;
  const ends = kept ? { good: String(kept.asked.good), bad: String(kept.asked.bad) } : requireEnds(good, bad);
  const cwd = process.cwd();
  const { module, toolchain, paths = [] } = options;
  const versions = await findLine(
    { ...ends, paths, cwd, ...(module === undefined ? {} : { module }), ...(toolchain ? { toolchain } : {}) },
    signal,
  );
  const experiment = await writeEnds(versions, options, cwd, surroundings);
  if (options.printSpec) {
    const comment = `seamark bisect ${ends.good} ${ends.bad}: the study of both ends`;
    process.stdout.write(writeSpec(experiment, { folder: cwd, comment }));
    return;
  }
  const begun = kept ?? KeptBisection.begin(project, beginFacts(project, ends, options));
  sayBefore(versions, options, line.say.bind(line));
  let last: SearchState | undefined;
  const facts = { id: begun.id, startedAt: begun.startedAt, seed: options.seed, stopAt: options.stop };
  try {
    const world = makeWorld({
      ...{ experiment, project, cwd, surroundings, wait: options.wait, explain: options.explain },
      studyS: options.budget * STUDY_SHARE,
    });
    const state = await conductSearch({
      ...{ world, line: versions, steps: begun.steps, signal, seed: options.seed, stopAt: options.stop },
      append: (step) => begun.append(step),
      budgetS: options.budget,
      ...(options.effect === undefined ? {} : { effect: options.effect }),
      clock: machineClock,
      onStanding: (now) => {
        if (last === undefined) sayPrice(now, options, line.say.bind(line));
        if (allowsLiveLine(process.stderr)) line.show(describe(now));
        else if (isNews(last, now)) line.say(describe(now));
        last = now;
      },
    });
    line.clear();
    const found = drawBisection(state, { ...facts, complete: true });
    await giveAnswer(begun, found, options);
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = INTERRUPTED;
    line.clear();
    process.stderr.write(`Interrupted; what was measured is kept. To go on:\n  seamark bisect --resume ${begun.id}\n`);
  } finally {
    begun.close();
  }
}

/** One that is decided is finished; one whose budget ended can be gone on with. */
async function giveAnswer(kept: KeptBisection, found: Bisection, options: Options): Promise<void> {
  const open = found.outcome === 'undecided' && found.sought !== undefined;
  const { renderBisectionHtml } = await import('../report/bisection-html.ts');
  const shown = open ? found : kept.finish(found, { 'report.html': renderBisectionHtml });
  if (options.json) process.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
  else {
    const { renderBisection } = await import('../report/bisection-text.ts');
    const place = open ? `to go on: seamark bisect --resume ${kept.id}` : `page: ${kept.place}/report.html`;
    process.stdout.write(
      renderBisection(shown, { columns: columnsOf(process.stdout), color: allowsColor(process.stdout), place }),
    );
  }
  process.exitCode = exitCodeOfSearch(found);
}

async function writeEnds(versions: Line, options: Options, cwd: string, { signal }: ConductSurroundings) {
  const [base, candidate] = [versions.good, versions.versions.at(-1)!];
  const { spec, experiment: name, bench, package: pattern, build, run } = options;
  const { experiment, written } = await writeQuestion({
    ...{ base: base.level, candidate: candidate.level, cwd },
    ...(spec === undefined ? {} : { spec }),
    ...(name === undefined ? {} : { experiment: name }),
    ...(bench === undefined ? {} : { bench }),
    ...(pattern === undefined ? {} : { package: pattern }),
    ...(build === undefined ? {} : { build }),
    ...(run === undefined ? {} : { run }),
  });
  const fitted = written ? (await fitToSources(experiment, { signal })).experiment : experiment;
  return { ...withPair(fitted, base, candidate), seed: options.seed };
}

const KEPT = [
  'spec',
  'experiment',
  'bench',
  'package',
  'build',
  'run',
  'effect',
  'module',
  'toolchain',
  'paths',
] as const;

function beginFacts(project: string, ends: { readonly good: string; readonly bad: string }, options: Options) {
  const startedAt = machineClock.date();
  const asked: Asked = {
    ...ends,
    ...Object.fromEntries(KEPT.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))),
    ...{ stop: options.stop, seed: options.seed },
  };
  return { bisection: makeStudyId(startedAt, `${project} bisect ${process.pid}`), startedAt, asked };
}

function requireEnds(good: string | undefined, bad: string | undefined) {
  if (good !== undefined && bad !== undefined) return { good, bad };
  throw new Problem({
    code: 'which-ends',
    message: 'it is not said between which versions to search',
    cure: 'name one that is fast and a later one that is slow: `seamark bisect v1.4.0 HEAD`',
  });
}

function idOf({ resume }: Options): string | undefined {
  return typeof resume === 'string' ? resume : undefined;
}

/** The first question of everybody: what will it cost? As far as it can be known before the ends are compared. */
function sayBefore(versions: Line, { stop, seed }: Options, say: (text: string) => void): void {
  const effect = { centre: 0.03, low: 0.02, high: 0.04, confidence: 0.9 };
  const guess: Sought = { treatment: '', levels: {}, metric: '', effect, scale: 0.03, blockS: 0.5 };
  const { builds, blocks } = priceSearch(versions, guess, { stopAt: stop, buildS: UNKNOWN_BUILD_S, seed });
  say(
    `${countOf(versions.versions.length, 'version')} (${versions.what}): 2 builds and a study of the ends, then about ${Math.ceil(builds)} builds and ${Math.ceil(blocks)} blocks if a block scatters as much as the change is large, and a study of the culprit`,
  );
}

function sayPrice(
  { standings, sought, buildS }: SearchState,
  { stop, seed }: Options,
  say: (text: string) => void,
): void {
  const standing = standings[0];
  if (!standing || !sought) return;
  const price = priceSearch(standing.line, sought, { stopAt: stop, buildS: buildS ?? UNKNOWN_BUILD_S, seed });
  say(
    `to come: about ${Math.ceil(price.builds)} builds and ${Math.ceil(price.blocks)} blocks, ${formatDuration(price.seconds)}; nine in ten searches need at most ${formatDuration(price.mostSeconds)}`,
  );
}

/** `12 blocks, 4 builds · 3f2a91c04 .62 · .95 within 5 commits`. */
function describe({ standings }: SearchState): string {
  const { line, posterior, suspects, probes, built } = standings.at(-1)!;
  const sorted = posterior.toSorted((a, b) => b - a);
  let within = 0;
  for (let sum = 0; within < sorted.length && sum < 0.95; within += 1) sum += sorted[within]!;
  const name = line.versions[suspects.last]?.name ?? '';
  return `${countOf(probes.length, 'block')}, ${countOf(built.size, 'build')} · ${name} ${formatProbability(suspects.probability)} · .95 within ${countOf(within, 'version')}`;
}

/** Where nobody watches a line: when another version was built. */
function isNews(before: SearchState | undefined, { standings }: SearchState): boolean {
  const builtIn = (state: SearchState | undefined) => state?.standings.at(-1)?.built.size ?? 0;
  return builtIn(before) !== (standings.at(-1)?.built.size ?? 0);
}

/**
 * The experiment behind `seamark confirm`: base, candidate, and the candidate without what is suspected, or with something in its
 * place. Without BASE it is about the regression that was confirmed last.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { findRepository, listCommits, lookUp, resolve as resolveRef, shortSha } from '../artifact/repository.ts';
import { isPath, readSourceText } from '../artifact/source-text.ts';
import { BENCHMARK_FACTOR } from '../factor/realise.ts';
import type { Experiment } from '../model/experiment.ts';
import { METRICS } from '../model/metric.ts';
import { Problem } from '../model/problem.ts';
import type { Comparison, Result } from '../model/result.ts';
import { type FinishedStudy, listStudies, openStudy } from '../store/finished-study.ts';
import { readRecorded } from '../store/recorded-study.ts';
import { narrow } from './bisect-world.ts';
import { withBuilds } from './compare-experiment.ts';

/** What is suspected, as it was typed: commits and paths that are taken out; dependencies and variables that are set. */
export interface Suspects {
  readonly without: readonly string[];
  readonly with: readonly string[];
}

/** The third build and what is asked of it. `experiment` has two, of which only the primary metric is asked for. */
export async function addReverted(experiment: Experiment, suspects: Suspects, cwd: string): Promise<Experiment> {
  const { folder } = experiment.subject;
  const [base = '', candidate = ''] = buildsOf(experiment);
  const { primary } = experiment.metrics;
  const named = suspects.without.length + suspects.with.length > 0;
  const without = named
    ? await Promise.all(suspects.without.map((item) => seenFrom(folder, item, cwd)))
    : [await onlyCommit(folder, base, candidate)];
  const clauses = [
    ...(without.length > 0 ? [`without ${without.join(', ')}`] : []),
    ...suspects.with.map((one) => `with ${one}`),
  ];
  const reverted = `${candidate} ${clauses.join(' ')}`;
  readSourceText(reverted); // what is no clause is said before anything is built
  const { hypothesis: _, ...rest } = withBuilds(experiment, [base, candidate, reverted]);
  const isProbed = METRICS.some(({ name, source }) => name === primary && source === 'probe');
  return {
    ...rest,
    metrics: { primary, gate: [], explore: [] },
    probe: isProbed ? experiment.probe : 'off',
    expect: [
      {
        ...{ kind: 'change', metric: primary, at: {}, from: { build: candidate }, to: { build: reverted } },
        bound: { relation: '<', value: 0, text: '< 0 %' },
      },
    ],
  };
}

function buildsOf({ factors }: Experiment): readonly string[] {
  return factors.find(({ family }) => family === 'build')?.levels.map(({ text }) => text) ?? [];
}

/** Paths as seen from the subject's folder, as a level has them; everything else as it was typed. */
async function seenFrom(folder: string, item: string, cwd: string): Promise<string> {
  const repository = folder === cwd || isPath(item) ? undefined : await findRepository(folder);
  const isCommit = repository !== undefined && (await lookUp(repository, item)) !== undefined;
  const isHere = isPath(item) || (!isCommit && existsSync(resolve(cwd, item)));
  if (folder === cwd || !isHere) return item;
  const near = relative(folder, resolve(cwd, item));
  return near.startsWith('..') ? near : `./${near}`;
}

/** The one that lies between both builds. Rejects with a Problem where there are none, or several. */
async function onlyCommit(folder: string, base: string, candidate: string): Promise<string> {
  const repository = await findRepository(folder);
  const [from, to] = [base, candidate].map((side) => (side === '.' || side === 'worktree' ? 'HEAD' : side));
  const isCommit = async (side = '') => repository !== undefined && (await lookUp(repository, side)) !== undefined;
  const commits =
    repository && from !== undefined && to !== undefined && (await isCommit(from)) && (await isCommit(to))
      ? await listCommits(repository, { from, to })
      : undefined;
  const [only] = commits ?? [];
  // A history that went two ways: what base has besides is no part of the change.
  const isNext = repository && only?.parents[0] === (from && (await resolveRef(repository, from)));
  if (only && commits?.length === 1 && isNext) return shortSha(only.sha);
  throw new Problem({
    code: 'nothing-suspected',
    message: `it is not said what to take out of ${candidate}${
      commits === undefined ? '' : `, and ${commits.length} commits lie between it and ${base}`
    }`,
    cure: 'name it: --without COMMIT or PATH, --with MODULE@VERSION or NAME=VALUE; `seamark bisect` finds the commit',
    blame: 'input',
  });
}

export interface FoundRegression {
  readonly study: string;
  /** Shortened shas. */
  readonly base: string;
  readonly candidate: string;
  /** What was asked there, of the treatment that got slower by most. Undefined where the study does not hold it in full. */
  readonly experiment: Experiment | undefined;
}

/** The latest study of two commits that confirmed a regression. Throws a Problem where there is none. */
export function findRegression(project: string): FoundRegression {
  for (const id of listStudies(project).toReversed()) {
    const study = openStudy(project, id);
    const { result } = study;
    const [worst] = result.comparisons
      .filter(({ metric, verdict }) => metric === result.primary && verdict === 'regression')
      .toSorted((a, b) => b.ratio - a.ratio);
    const [base, candidate] =
      worst && !result.confirmation ? [shaOf(result, worst.baseline), shaOf(result, worst.candidate)] : [];
    if (!worst || base === undefined || candidate === undefined) continue;
    const asked = readAsked(project, study);
    const experiment = asked && withBuilds(narrowTo(asked, result, worst), [base, candidate]);
    return { study: id, base, candidate, experiment };
  }
  throw new Problem({
    code: 'nothing-to-confirm',
    message: 'no study here has confirmed a regression between two commits',
    cure: 'name both versions and what is suspected: `seamark confirm main HEAD --without 3f2a91c04`; or find a regression first: `seamark compare`',
    blame: 'input',
  });
}

/** Undefined where a secret was left out of it, or what it was about is not there any more. */
function readAsked(project: string, study: FinishedStudy): Experiment | undefined {
  const { experiment } = readRecorded(project, study);
  const { environment, folder } = experiment.subject;
  return !Object.values(environment).includes('…') && existsSync(folder) ? experiment : undefined;
}

/** Of a build that is a commit with nothing on top. */
function shaOf({ environment }: Result, build: string): string | undefined {
  const said = environment[`${build}: source`]?.version;
  return typeof said === 'string' ? /^(?:\S+ \()?([0-9a-f]{9})\)?$/.exec(said)?.[1] : undefined;
}

/** Benchmarks are found again once the builds are there. */
function narrowTo(experiment: Experiment, { arms }: Result, { candidateArm }: Comparison): Experiment {
  const levels = arms.find(({ treatment }) => treatment.id === candidateArm)?.treatment.levels ?? {};
  const narrowed = narrow(experiment, { levels });
  const isFound = experiment.subject.kind === 'go-bench';
  // How long that study took is no measure of a proof.
  const { maxBlocks: _, stopping: _2, ...rest } = narrowed;
  return { ...rest, factors: narrowed.factors.filter(({ name }) => !isFound || name !== BENCHMARK_FACTOR) };
}

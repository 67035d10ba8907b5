/**
 * The search for the first slower version: a study of both ends, paired blocks of one version after another against the good end,
 * the branch of a merge where a merge is found, and a study of the culprit against its parent. What comes next follows from the
 * steps alone, so that a search which was stopped goes on as if it had not been.
 */
import { decideNext, type Standing } from '../analysis/bisection.ts';
import { collectBlocks, pairBlocks } from '../analysis/samples.ts';
import { orderBlock } from '../design/block-order.ts';
import type { Line, SearchStep, Sought, StudyRole, Version } from '../model/bisection.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Pacing, Plan, Schedule } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import type { Executor } from '../model/run.ts';
import { runBlock } from '../runner/block.ts';
import type { Clock } from '../runner/clock.ts';
import { StudyInterrupted } from './interrupted.ts';
import { fixedPace } from './pacing.ts';
import { beginState, follow, isCheckOf, parentOf, type SearchState, usualBuildS } from './search-state.ts';
import { chooseRegression, describeSought, headline, logRatiosOf, summarise } from './search-study.ts';

/** Two versions, built and ready to be measured. */
export interface ReadyPair {
  /** Two builds, one treatment: the one that is searched by. */
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly executor: Executor;
  readonly cores?: readonly number[];
}

export interface StudyQuestion {
  readonly role: StudyRole;
  readonly baseline: Version;
  readonly candidate: Version;
  /** Of a check: what it is narrowed to. */
  readonly sought?: Sought;
  /** Id of the study to go on with. */
  readonly resumed?: string;
}

export interface StudyAnswer {
  readonly result: Result;
  /** Seconds of one build, where they were seen. */
  readonly buildS?: number;
}

/** What the search needs of the world: the command line's builds, or invented ones. */
export interface SearchWorld {
  /** A study as any command conducts it, stored. Rejects with StudyInterrupted, or a Problem. */
  study(question: StudyQuestion, onSchedule: (schedule: Schedule) => void): Promise<StudyAnswer>;
  /** Rejects with a Problem where the candidate can't be built. */
  prepare(baseline: Version, candidate: Version, sought: Sought): Promise<ReadyPair>;
  /** Keeps other studies off the machine until what it resolves to is called. */
  hold(): Promise<() => void>;
  /** What a merge brought in, itself last; undefined: it is none. */
  branchOf(merge: Version): Promise<Line | undefined>;
}

export interface SearchRequest {
  readonly world: SearchWorld;
  readonly line: Line;
  /** What was done before this process took it up. */
  readonly steps: readonly SearchStep[];
  /** On disk when it returns. */
  readonly append: (step: SearchStep) => void;
  readonly stopAt: number;
  /** Seconds of all, pauses left out. */
  readonly budgetS: number;
  readonly seed: number;
  /** Benchmark, path or levels whose regression is followed, as a part of its name; undefined: what moved most. */
  readonly effect?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStanding: (state: SearchState) => void;
}

/** Problems that are not the version's own: the search ends, and can go on once they are mended. */
const NOT_ITS_OWN = new Set(['disk-full', 'folder-read-only', 'cannot-write', 'cache-not-writable', 'git-failed']);
/** Culprits that are set against their parents; after so many that did not stand, the search is at its wits' end. */
const MOST_CHECKS = 3;

/**
 * Resolves with the state in which it ended: found, or out of budget. Rejects with StudyInterrupted or an Interruption when the
 * signal fires, and with a Problem when it can't go on; whatever was done is in the steps.
 */
export async function conductSearch(request: SearchRequest): Promise<SearchState> {
  const search = new SearchRun(request);
  await search.run();
  return search.state;
}

class SearchRun {
  readonly #request: SearchRequest;
  readonly #ready = new Map<string, ReadyPair>();
  state: SearchState;

  constructor(request: SearchRequest) {
    this.#request = request;
    this.state = request.steps.reduce(follow, beginState());
  }

  async run(): Promise<void> {
    const { line, onStanding } = this.#request;
    if (!this.state.ends) await this.#studyEnds();
    const { sought } = this.state;
    if (!sought) return;
    if (this.state.standings.length === 0) this.#note({ kind: 'line', line });
    if (this.#isConfirmed()) return;
    onStanding(this.state);
    for (let checks = 0; checks < MOST_CHECKS && (await this.#descend(sought)); checks += 1) {
      // One check a culprit: a second one of the same, until it says yes, would find what chance gives.
      if (this.#spent() || this.#wasChecked()) return;
      await this.#checkCulprit(sought);
      if (this.#isConfirmed()) return;
    }
  }

  /** Down to a culprit that is no merge, or the merge itself; false when the budget ended first. */
  async #descend(sought: Sought): Promise<boolean> {
    for (;;) {
      if (!(await this.#searchLine(sought))) return false;
      const { line, suspects } = this.state.standings.at(-1)!;
      const culprit = line.versions[suspects.last]!;
      // A merge that ends a branch's own line was searched already: it is the merge itself.
      const itself = this.state.standings.length > 1 && suspects.last === line.versions.length - 1;
      const one = suspects.first === suspects.last;
      const branch = one && !itself ? await this.#request.world.branchOf(culprit) : undefined;
      if (!branch) return true;
      this.#note({ kind: 'line', line: branch });
      this.#request.onStanding(this.state);
    }
  }

  #isConfirmed(): boolean {
    return this.state.checks.at(-1)?.verdict === 'regression';
  }

  #wasChecked(): boolean {
    const { checks, standings } = this.state;
    return checks.some((check) => isCheckOf(check, standings.at(-1)!));
  }

  async #studyEnds(): Promise<void> {
    const { line, effect } = this.#request;
    const candidate = line.versions.at(-1)!;
    const { result, buildS, seconds } = await this.#study({ role: 'ends', baseline: line.good, candidate });
    const moved = chooseRegression(result, effect);
    const shown = moved ?? headline(result);
    if (!shown) throw new Error('a study of two builds compared nothing');
    const sought = moved && this.state.schedule && describeSought(result, moved, this.state.schedule);
    this.#note({
      kind: 'ends',
      study: summarise(result, shown),
      ...(sought ? { sought } : {}),
      ...(buildS === undefined ? {} : { buildS }),
      seconds,
    });
  }

  /** False when the budget ended first. */
  async #searchLine(sought: Sought): Promise<boolean> {
    const release = await this.#request.world.hold();
    try {
      return await this.#probeLine(sought);
    } finally {
      release();
    }
  }

  async #probeLine(sought: Sought): Promise<boolean> {
    const { stopAt } = this.#request;
    for (;;) {
      const standing = this.state.standings.at(-1)!;
      const next = decideNext(standing, stopAt, sought.blockS, usualBuildS(this.state));
      if (next.kind !== 'probe') return true;
      if (this.#spent()) return false;
      await this.#probe(standing, next.version, sought);
      this.#request.onStanding(this.state);
    }
  }

  async #probe({ line, probes, failures }: Standing, version: number, sought: Sought): Promise<void> {
    const { clock, signal } = this.#request;
    const candidate = line.versions[version]!;
    const builtS = clock.nowS();
    const pair = await this.#prepare(line.good, candidate, version, sought);
    if (!pair) return;
    if (!this.state.standings.at(-1)!.built.has(version)) {
      this.#note({ kind: 'built', version, seconds: clock.nowS() - builtS });
    }
    const startedS = clock.nowS();
    const block = probes.length + [...failures.values()].reduce((sum, count) => sum + count, 0);
    const measured = await this.#runBlock(pair, block, signal);
    const seconds = clock.nowS() - startedS;
    if (measured.kind === 'differs') this.#note({ kind: 'unusable', version, why: measured.why, seconds });
    else if (measured.kind === 'failed') this.#note({ kind: 'probe', version, failure: measured.why, seconds });
    else this.#note({ kind: 'probe', version, logRatio: measured.logRatio, seconds });
  }

  /** Undefined when the version can't be measured, which is noted. */
  async #prepare(good: Version, candidate: Version, version: number, sought: Sought): Promise<ReadyPair | undefined> {
    const { world, clock } = this.#request;
    const key = `${good.level}\0${candidate.level}`;
    const known = this.#ready.get(key);
    if (known) return known;
    const startedS = clock.nowS();
    try {
      const pair = await world.prepare(good, candidate, sought);
      const mode = this.#pacing().mode;
      if (!pair.executor.modes.includes(mode)) {
        throw new Problem({ code: 'mode-not-possible', message: `it can not be run ${mode} beside ${good.name}` });
      }
      this.#ready.set(key, pair);
      return pair;
    } catch (error) {
      if (!(error instanceof Problem) || NOT_ITS_OWN.has(error.facts.code)) throw error;
      this.#note({ kind: 'unusable', version, why: error.message, seconds: clock.nowS() - startedS });
      return undefined;
    }
  }

  async #runBlock({ experiment, plan, executor, cores }: ReadyPair, block: number, signal: AbortSignal) {
    const pacing = this.#pacing();
    const contrast = plan.contrasts.find(({ kind }) => kind === 'build');
    if (!contrast) throw new Error('a probe of two builds compares nothing');
    const seeded = { ...plan, seed: this.#request.seed };
    try {
      const outcomes = await runBlock(
        {
          experiment,
          plan: seeded,
          order: orderBlock(seeded, 'judged', block, pacing.rounds),
          stage: 'judged',
          mode: pacing.mode,
          executor,
          ...(cores && { cores }),
          pace: fixedPace(pacing, plan, experiment),
          counting: false,
          clock: this.#request.clock,
          originS: 0,
        },
        signal,
      );
      const failed = outcomes.find((outcome) => outcome.kind === 'failure');
      if (failed) return { kind: 'failed' as const, why: failed.problem.message };
      const { primary } = experiment.metrics;
      const [pair] = pairBlocks(collectBlocks(outcomes, 'judged'), contrast, primary, pacing.mode);
      if (!pair) return { kind: 'failed' as const, why: `a run gave no ${primary}` };
      return { kind: 'measured' as const, logRatio: pair.logRatio };
    } catch (error) {
      if (!(error instanceof Problem) || error.facts.code !== 'checksum-differs') throw error;
      return { kind: 'differs' as const, why: 'its output differs from that of the good end' };
    }
  }

  async #checkCulprit(sought: Sought): Promise<void> {
    const standing = this.state.standings.at(-1)!;
    const { line, suspects } = standing;
    const { result, seconds } = await this.#study({
      role: 'check',
      baseline: parentOf(standing),
      candidate: line.versions[suspects.last]!,
      sought,
    });
    const shown = result.comparisons.find(({ kind, metric }) => kind === 'build' && metric === sought.metric);
    if (!shown) throw new Error('a study of two builds compared nothing');
    this.#note({ kind: 'check', study: summarise(result, shown), logRatios: logRatiosOf(shown), seconds });
  }

  async #study(question: StudyQuestion): Promise<StudyAnswer & { readonly seconds: number }> {
    const { clock, world } = this.#request;
    const startedS = clock.nowS();
    const resumed = this.state.paused.get(question.role);
    try {
      const answer = await world.study({ ...question, ...(resumed === undefined ? {} : { resumed }) }, (schedule) => {
        if (question.role === 'ends') this.#note({ kind: 'scheduled', schedule });
      });
      return { ...answer, seconds: clock.nowS() - startedS };
    } catch (error) {
      if (error instanceof StudyInterrupted) this.#note({ kind: 'paused', role: question.role, study: error.study });
      throw error;
    }
  }

  #pacing(): Pacing {
    if (!this.state.schedule) throw new Error('a search began before its pace was known');
    return this.state.schedule;
  }

  #spent(): boolean {
    return this.state.spentS >= this.#request.budgetS;
  }

  #note(step: SearchStep): void {
    this.#request.append(step);
    this.state = follow(this.state, step);
  }
}

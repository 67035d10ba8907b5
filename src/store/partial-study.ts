/**
 * A study while it is made: `.seamark/studies/.partial-ID/` with its facts and its journal. `finish` writes the tables and
 * the result beside them and renames the folder to its name; from then on it never changes.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import { RESULT_SCHEMA, type Result } from '../model/result.ts';
import type { RunOutcome } from '../model/run.ts';
import type { Timeline } from '../model/timeline.ts';
import { moveInto, readJson, writeJson, writeText } from './data-file.ts';
import { createJournal, type Journal, type JournalEntry, reopenJournal } from './journal.ts';
import { writeParquet } from './parquet.ts';
import { makeRedact } from './privacy.ts';
import { describePlace, ensureKeep, KEEP, unlessThere } from './project.ts';
import { RecordFiles } from './record-files.ts';
import { type Identity, identify, type Overrides, requireSameIdentity, type StudyFacts } from './study-facts.ts';
import { listTables } from './tables.ts';
import { explainWriteFailure } from './write-failure.ts';

export const FACTS_SCHEMA = 'seamark/study@1';
export const EXPERIMENT_SCHEMA = 'seamark/experiment@1';
export const PLAN_SCHEMA = 'seamark/plan@1';
const ENVIRONMENT_SCHEMA = 'seamark/environment@1';
const PARTIAL = '.partial-';

export interface Findings {
  readonly result: Result;
  readonly runs: readonly RunOutcome[];
  /** Of the record files that are kept, by the name that a run stores them under. */
  readonly timelines?: ReadonlyMap<string, Timeline>;
  /** More files of the study by name: `report.html`. Made from the result without private names. */
  readonly pages: Readonly<Record<string, (result: Result) => string | Promise<string>>>;
}

export class PartialStudy {
  readonly id: string;
  readonly startedAt: string;
  readonly folder: string;
  readonly records: RecordFiles;
  /** What was journaled before this process took the study up; empty for a new one. */
  readonly entries: readonly JournalEntry[];
  readonly #project: string;
  readonly #journal: Journal;
  readonly #facts: StudyFacts;

  private constructor(project: string, facts: StudyFacts, journal: Journal, entries: readonly JournalEntry[]) {
    this.id = facts.study;
    this.startedAt = facts.startedAt;
    this.folder = partialFolder(project, facts.study);
    this.records = new RecordFiles(this.folder);
    this.entries = entries;
    this.#project = project;
    this.#journal = journal;
    this.#facts = facts;
  }

  /** Makes the folder and writes the facts: a full disk or a closed folder shows here, before anything is measured. */
  static begin(project: string, facts: StudyFacts): PartialStudy {
    const folder = partialFolder(project, facts.study);
    ensureKeep(project);
    try {
      unlessThere(() => mkdirSync(studiesFolder(project)));
      mkdirSync(folder);
      mkdirSync(join(folder, 'records'));
    } catch (error) {
      throw explainWriteFailure(error, describePlace(folder));
    }
    try {
      writeFacts(project, folder, facts);
      return new PartialStudy(project, facts, createJournal(join(folder, 'journal.ndjson'), facts.study), []);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Takes an interrupted study up again; `facts` are those of now, `id` the one wanted or undefined for the latest. */
  static resume(project: string, id: string | undefined, facts: StudyFacts): PartialStudy {
    const { study } = findPartial(project, id, facts.experiment.name);
    const folder = partialFolder(project, study);
    const before = readJson(join(folder, 'study.json'), FACTS_SCHEMA);
    requireSameIdentity(study, before.identity as Identity, identify(facts));
    const { journal, entries } = reopenJournal(join(folder, 'journal.ndjson'));
    const failed = entries.find((entry) => entry.kind === 'failed');
    if (failed) {
      journal.close();
      throw new Problem({
        code: 'study-failed',
        message: `Study ${study} was not interrupted, it failed: ${failed.problem.message}`,
        cure: 'Leave out --resume to start a new study.',
        blame: 'run',
      });
    }
    const taken = { ...facts, study, startedAt: String(before.startedAt) };
    return new PartialStudy(project, taken, journal, entries);
  }

  append(entry: JournalEntry): void {
    this.#journal.append(entry);
  }

  /** Where the study will stand when it is finished, relative to the project. */
  get place(): string {
    return join(KEEP, 'studies', this.id);
  }

  /** Turns it into the immutable folder and returns what was stored as its result. */
  async finish(findings: Findings): Promise<Result> {
    const redact = makeRedact(this.#project);
    const result = redact(findings.result);
    await writeParquet(this.folder, listTables(redact(findings.runs), findings.timelines));
    for (const [name, render] of Object.entries(findings.pages)) {
      writeText(join(this.folder, name), await render(result));
    }
    writeResult(this.folder, result);
    const place = join(this.#project, this.place);
    moveInto(this.folder, place);
    this.#journal.close();
    rmSync(join(place, 'journal.ndjson'), { force: true });
    for (const name of readdirSync(place)) if (name !== 'records') chmodSync(join(place, name), 0o444);
    return result;
  }

  /** What is known when it was interrupted, beside the journal; the folder stays partial. */
  pause(result: Result | undefined): void {
    if (result) writeResult(this.folder, makeRedact(this.#project)(result));
    this.#journal.close();
  }

  /** Ends a study that can't go on. One that measured nothing leaves nothing behind. */
  abandon(problem: Problem, measured: boolean): void {
    try {
      if (measured) this.#journal.append({ kind: 'failed', problem: problem.facts });
    } finally {
      this.#journal.close();
      if (!measured) rmSync(this.folder, { recursive: true, force: true });
    }
  }

  get facts(): StudyFacts {
    return this.#facts;
  }
}

export function studiesFolder(project: string): string {
  return join(project, KEEP, 'studies');
}

/** Ids of studies that were interrupted, oldest first. */
export function listPartial(project: string): string[] {
  const folder = studiesFolder(project);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(PARTIAL))
    .map((name) => name.slice(PARTIAL.length))
    .sort();
}

export function partialFolder(project: string, id: string): string {
  return join(studiesFolder(project), `${PARTIAL}${id}`);
}

/**
 * The interrupted study of that id, or the latest one of this experiment, and what its command line changed of the spec.
 * Throws `nothing-to-resume`, which lists what there is.
 */
export function findPartial(
  project: string,
  id: string | undefined,
  experiment: string,
): { readonly study: string; readonly overrides: Overrides } {
  const here = listPartial(project).flatMap((study) => {
    const path = join(partialFolder(project, study), 'study.json');
    // A crash before the first facts were whole leaves a folder with nothing in it.
    return existsSync(path) ? [{ study, facts: readJson(path, FACTS_SCHEMA) }] : [];
  });
  const found = here.filter(({ study, facts }) => (id === undefined ? facts.experiment === experiment : study === id));
  const chosen = found.at(-1);
  if (chosen) return { study: chosen.study, overrides: (chosen.facts.overrides ?? {}) as Overrides };
  const where = describePlace(studiesFolder(project));
  const others = here.map(({ study, facts }) => `${study} (${String(facts.experiment)})`);
  throw new Problem({
    code: 'nothing-to-resume',
    message:
      id === undefined
        ? `There is no interrupted study of ${experiment} in ${where}`
        : existsSync(join(studiesFolder(project), id))
          ? `Study ${id} is finished`
          : `There is no interrupted study ${id} in ${where}`,
    cure:
      others.length > 0
        ? `Interrupted here: ${others.join(', ')}.`
        : 'Leave out --resume to start a new study; one is resumed from the folder it was started in.',
  });
}

function writeFacts(project: string, folder: string, facts: StudyFacts): void {
  const redact = makeRedact(project);
  const { study, startedAt, artifacts } = facts;
  writeJson(join(folder, 'study.json'), FACTS_SCHEMA, {
    study,
    experiment: facts.experiment.name,
    startedAt,
    overrides: facts.overrides ?? {},
    artifacts: redact(artifacts),
    identity: identify(facts),
  });
  writeJson(join(folder, 'experiment.json'), EXPERIMENT_SCHEMA, redact(facts.experiment));
  writeJson(join(folder, 'plan.json'), PLAN_SCHEMA, redact(facts.plan));
  writeJson(join(folder, 'environment.json'), ENVIRONMENT_SCHEMA, { facts: redact(facts.environment) });
}

function writeResult(folder: string, result: Result): void {
  const { schema: _, ...rest } = result;
  writeJson(join(folder, 'result.json'), RESULT_SCHEMA, rest);
}

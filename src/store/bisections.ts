/**
 * Searches on disk: `.seamark/bisections/ID/` with a journal of every step, from which a search that was stopped goes on, and
 * what it found beside it.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BISECTION_SCHEMA, type Bisection, type SearchStep } from '../model/bisection.ts';
import { Problem } from '../model/problem.ts';
import { writeJson, writeText } from './data-file.ts';
import { EntryFile, readEntries } from './entry-file.ts';
import { makeRedact } from './privacy.ts';
import { describePlace, ensureKeep, KEEP, unlessThere } from './project.ts';
import { explainWriteFailure } from './write-failure.ts';

const JOURNAL_SCHEMA = 'seamark/bisection-journal@1';
const FOLDER = 'bisections';

/** What was asked, as the command line said it: a search that goes on need not be told again. */
export type Asked = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface Begin {
  readonly kind: 'begin';
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly bisection: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly asked: Asked;
}

type Entry = Begin | SearchStep;

export class KeptBisection {
  readonly id: string;
  readonly startedAt: string;
  readonly asked: Asked;
  /** What an earlier process did. */
  readonly steps: readonly SearchStep[];
  readonly #project: string;
  readonly #journal: EntryFile<Entry>;

  private constructor(project: string, begin: Begin, steps: readonly SearchStep[], journal: EntryFile<Entry>) {
    this.id = begin.bisection;
    this.startedAt = begin.startedAt;
    this.asked = begin.asked;
    this.steps = steps;
    this.#project = project;
    this.#journal = journal;
  }

  static begin(project: string, facts: Pick<Begin, 'bisection' | 'startedAt' | 'asked'>): KeptBisection {
    ensureKeep(project);
    const folder = placeOf(project, facts.bisection);
    try {
      unlessThere(() => mkdirSync(join(project, KEEP, FOLDER)));
      mkdirSync(folder);
    } catch (error) {
      throw explainWriteFailure(error, describePlace(folder));
    }
    const begin: Begin = { kind: 'begin', schema: JOURNAL_SCHEMA, ...facts };
    return new KeptBisection(project, begin, [], EntryFile.create<Entry>(join(folder, 'journal.ndjson'), begin));
  }

  /** `id`: undefined for the latest that is not finished. Rejects with a Problem `nothing-to-resume`. */
  static resume(project: string, id: string | undefined): KeptBisection {
    const open = listOpen(project);
    const chosen = id === undefined ? open.at(-1) : open.find((one) => one === id);
    if (chosen === undefined) throw nothingToResume(project, id, open);
    const path = join(placeOf(project, chosen), 'journal.ndjson');
    const { entries, wholeBytes } = readEntries<Entry>(
      path,
      (first) => first.kind === 'begin' && first.schema === JOURNAL_SCHEMA,
    );
    const [begin, ...rest] = entries;
    if (begin?.kind !== 'begin') throw nothingToResume(project, id, open);
    const steps = rest.filter((entry) => entry.kind !== 'begin');
    return new KeptBisection(project, begin, steps, EntryFile.reopen(path, wholeBytes));
  }

  append(step: SearchStep): void {
    this.#journal.append(step);
  }

  /** Where it stands, relative to the project. */
  get place(): string {
    return join(KEEP, FOLDER, this.id);
  }

  /** Writes what was found; the journal stays beside it. Returns what was written. */
  finish(found: Bisection, pages: Readonly<Record<string, (found: Bisection) => string>>): Bisection {
    const folder = placeOf(this.#project, this.id);
    const shown = makeRedact(this.#project)(found);
    for (const [name, render] of Object.entries(pages)) writeText(join(folder, name), render(shown));
    const { schema: _, ...rest } = shown;
    writeJson(join(folder, 'bisection.json'), BISECTION_SCHEMA, rest);
    return shown;
  }

  close(): void {
    this.#journal.close();
  }
}

function placeOf(project: string, id: string): string {
  return join(project, KEEP, FOLDER, id);
}

/** Those without an answer, oldest first. One whose budget ended has none: with more of it, it can go on. */
function listOpen(project: string): readonly string[] {
  const folder = join(project, KEEP, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'journal.ndjson')))
    .filter((name) => !existsSync(join(folder, name, 'bisection.json')))
    .sort();
}

function nothingToResume(project: string, id: string | undefined, open: readonly string[]): Problem {
  const where = describePlace(join(project, KEEP, FOLDER));
  return new Problem({
    code: 'nothing-to-resume',
    message:
      id === undefined ? `There is no search to go on with in ${where}` : `There is no open search ${id} in ${where}`,
    cure:
      open.length > 0
        ? `Open here: ${open.join(', ')}.`
        : 'Leave out --resume to begin one; it is gone on with from the folder it was begun in.',
  });
}

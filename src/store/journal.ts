/**
 * What a study did, one JSON document a line, appended and forced to disk after each block. Everything else about a
 * study in progress follows from it: a crash loses the block at work and no more.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Mode, Schedule } from '../model/plan.ts';
import { Problem, type ProblemFacts } from '../model/problem.ts';
import type { Outcome, Stage } from '../model/run.ts';
import { describePlace } from './project.ts';
import { explainWriteFailure } from './write-failure.ts';

const JOURNAL_SCHEMA = 'seamark/journal@3';

/** One block as it was run. Times are seconds since the study began, pauses between resumes left out. */
export interface BlockEntry {
  readonly kind: 'block';
  readonly stage: Stage;
  readonly mode: Mode;
  readonly block: number;
  readonly startedS: number;
  readonly endedS: number;
  readonly outcomes: readonly Outcome[];
}

export type JournalEntry =
  | { readonly kind: 'begin'; readonly schema: typeof JOURNAL_SCHEMA; readonly study: string }
  | { readonly kind: 'schedule'; readonly schedule: Schedule }
  | BlockEntry
  | { readonly kind: 'resumed'; readonly at: string }
  | { readonly kind: 'failed'; readonly problem: ProblemFacts };

export class Journal {
  readonly #path: string;
  readonly #descriptor: number;
  /** Length of what is known to be whole. */
  #length: number;

  private constructor(path: string, descriptor: number, length: number) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#length = length;
  }

  static create(path: string, study: string): Journal {
    try {
      const journal = new Journal(path, openSync(path, 'wx'), 0);
      journal.append({ kind: 'begin', schema: JOURNAL_SCHEMA, study });
      return journal;
    } catch (error) {
      throw explainWriteFailure(error, describePlace(path));
    }
  }

  /** Opens what an interrupted study left; a torn last line is cut off. */
  static reopen(path: string): { readonly journal: Journal; readonly entries: readonly JournalEntry[] } {
    const { entries, wholeBytes } = readJournal(path);
    try {
      const descriptor = openSync(path, 'r+');
      ftruncateSync(descriptor, wholeBytes);
      return { journal: new Journal(path, descriptor, wholeBytes), entries };
    } catch (error) {
      throw explainWriteFailure(error, describePlace(path));
    }
  }

  /** On disk when it returns. When it fails, the journal ends where it ended before. */
  append(entry: JournalEntry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let written = 0; written < line.length; ) {
        written += writeSync(this.#descriptor, line, written, line.length - written, this.#length + written);
      }
      fsyncSync(this.#descriptor);
      this.#length += line.length;
    } catch (error) {
      // Best effort: the reader drops a torn line anyway.
      try {
        ftruncateSync(this.#descriptor, this.#length);
      } catch {}
      throw explainWriteFailure(error, describePlace(this.#path));
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** All whole lines. A last line without its end, or that is no JSON, was being written when the power went. */
export function readJournal(path: string): { readonly entries: readonly JournalEntry[]; readonly wholeBytes: number } {
  const bytes = readFileSync(path);
  const entries: JournalEntry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const entry = end < 0 ? undefined : parseLine(bytes.toString('utf8', start, end));
    if (entry === undefined) {
      if (end >= 0 && end + 1 < bytes.length) throw brokenJournal(path, entries.length + 1);
      break;
    }
    entries.push(entry);
    start = end + 1;
  }
  const first = entries[0];
  if (first && (first.kind !== 'begin' || first.schema !== JOURNAL_SCHEMA)) throw brokenJournal(path, 1);
  return { entries, wholeBytes: start };
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function brokenJournal(path: string, line: number): Problem {
  return new Problem({
    code: 'journal-broken',
    message: `Line ${line} of ${describePlace(path)} is not what this version of Seamark writes`,
    cure: 'It was changed or written by another version; start the study anew.',
    blame: 'run',
  });
}

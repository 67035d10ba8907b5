/**
 * What a study did, one entry a line. Everything else about a study in progress follows from it: a crash loses the block at
 * work and no more.
 */
import type { Mode, Schedule } from '../model/plan.ts';
import type { ProblemFacts } from '../model/problem.ts';
import type { Outcome, Stage } from '../model/run.ts';
import { EntryFile, readEntries } from './entry-file.ts';

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

export type Journal = EntryFile<JournalEntry>;

export function createJournal(path: string, study: string): Journal {
  return EntryFile.create<JournalEntry>(path, { kind: 'begin', schema: JOURNAL_SCHEMA, study });
}

/** Opens what an interrupted study left; a torn last line is cut off. */
export function reopenJournal(path: string): { readonly journal: Journal; readonly entries: readonly JournalEntry[] } {
  const { entries, wholeBytes } = readJournal(path);
  return { journal: EntryFile.reopen(path, wholeBytes), entries };
}

export function readJournal(path: string): { readonly entries: readonly JournalEntry[]; readonly wholeBytes: number } {
  return readEntries<JournalEntry>(path, (first) => first.kind === 'begin' && first.schema === JOURNAL_SCHEMA);
}

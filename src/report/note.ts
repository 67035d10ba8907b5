/** Notes: what weakens an answer, with its cure. Those of a comparison are numbered in the order of the tables, each said once. */
import type { Warning } from '../model/problem.ts';
import type { Comparison } from '../model/result.ts';
import type { ComparisonBlock } from './comparison-view.ts';
import { formatCount } from './figure.ts';
import { respell } from './names.ts';

export interface Note {
  /** From 1 for notes that rows refer to; absent for those of the whole study. */
  readonly number?: number;
  readonly message: string;
  readonly cure?: string;
}

export function noteOf(warning: Warning): Note {
  return { message: respell(warning.message), ...(warning.cure === undefined ? {} : { cure: respell(warning.cure) }) };
}

/** The same blocks, their rows with the numbers of their notes, and the notes. */
export function numberFootnotes(blocks: readonly ComparisonBlock[]): {
  readonly blocks: readonly ComparisonBlock[];
  readonly footnotes: readonly Note[];
} {
  const footnotes: Note[] = [];
  const known = new Map<string, number>();
  const numberOf = (note: Note): number => {
    const key = JSON.stringify([note.message, note.cure]);
    const number = known.get(key) ?? footnotes.length + 1;
    if (!known.has(key)) {
      known.set(key, number);
      footnotes.push({ number, ...note });
    }
    return number;
  };
  const numbered = blocks.map((block) => ({
    ...block,
    rows: block.rows.map((row) => ({ ...row, notes: [...new Set(notesOf(row.of).map(numberOf))] })),
  }));
  return { blocks: numbered, footnotes };
}

function notesOf(comparison: Comparison): readonly Note[] {
  const warned = comparison.warnings.map(noteOf);
  if (comparison.confirmed === 'not-repeated' && warned.length === 0) {
    return [{ message: 'seen once, not repeated on fresh blocks', cure: 'give the study a larger budget' }];
  }
  if (comparison.verdict !== 'undecided' || comparison.blocksNeeded === undefined) return warned;
  return [
    {
      message: `about ${formatCount(comparison.blocksNeeded)} blocks would decide`,
      cure: 'raise the budget, or the margin',
    },
    ...warned,
  ];
}

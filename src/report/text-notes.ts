/** Notes in text, and the ink of a judgement. */
import type { Note } from './note.ts';
import { type Ink, type Paint, printable, wrap } from './terminal.ts';
import type { Judgement } from './verdict.ts';

export function inkOf(judgement: Judgement): Ink | undefined {
  return judgement.tone === 'plain' ? undefined : judgement.tone;
}

export function layNotes(title: string, notes: readonly Note[], columns: number, paint: Paint): readonly string[] {
  if (notes.length === 0) return [];
  return [
    ...(title === '' ? [] : [paint('strong', title)]),
    ...notes.flatMap((note) =>
      wrap(
        printable(`${note.message}${note.cure === undefined ? '' : `; ${note.cure}`}`),
        columns,
        note.number === undefined ? '  ' : `  [${note.number}] `,
      ).map((line) => paint('doubt', line)),
    ),
  ];
}

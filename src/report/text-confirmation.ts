/** Whether a change is the cause, in text. */
import type { ConfirmationView } from './confirmation-view.ts';
import { type Paint, printable, wrap } from './terminal.ts';
import { inkOf } from './text-notes.ts';
import { layTable } from './text-table.ts';

export function layConfirmation(
  { treatment, judgement, sentence, rows, notes }: ConfirmationView,
  columns: number,
  paint: Paint,
): readonly string[] {
  const where = treatment === '' ? '' : ` @ ${treatment}`;
  const cells = (of: (row: (typeof rows)[number]) => string) => rows.map((row) => ({ text: printable(of(row)) }));
  return [
    paint(inkOf(judgement), `${judgement.mark} ${judgement.word}${printable(where)}`),
    ...wrap(printable(sentence), columns, '  '),
    ...layTable(
      [
        { head: 'taken out, and beside each other', align: 'left', cells: cells(({ pair }) => pair), least: 20 },
        { head: 'change', align: 'decimal', cells: cells(({ change }) => change) },
        { head: 'interval', align: 'left', gap: 1, cells: cells(({ interval }) => interval) },
      ],
      columns,
      paint,
    ),
    ...notes.flatMap((note) => wrap(printable(note), columns, '  ').map((line) => paint('dim', line))),
  ];
}

/** A table of text: cells are laid out by their plain width and coloured afterwards. */
import { alignDecimals } from './figure.ts';
import { type Ink, type Paint, shorten, widthOf } from './terminal.ts';

export interface Cell {
  readonly text: string;
  readonly ink?: Ink | undefined;
}

export interface Column {
  readonly head: string;
  /** left, right, or right with the decimal points below each other. */
  readonly align: 'left' | 'right' | 'decimal';
  readonly cells: readonly Cell[];
  /** Blanks before it; two when not said. */
  readonly gap?: number;
  /** May be shortened to this when the table is too wide. */
  readonly least?: number;
  /** Never wider than this. */
  readonly most?: number;
}

/** Lines of the table, head first, none wider than `columns` as long as columns with `least` can give way. */
export function layTable(columns: readonly Column[], width: number, paint: Paint): readonly string[] {
  const texts = columns.map((column) =>
    column.align === 'decimal'
      ? alignDecimals(column.cells.map((cell) => cell.text))
      : column.cells.map((cell) => cell.text),
  );
  const widths = columns.map((column, at) =>
    Math.min(column.most ?? Number.POSITIVE_INFINITY, Math.max(widthOf(column.head), ...texts[at]!.map(widthOf))),
  );
  const gaps = columns.map((column, at) => (at === 0 ? 0 : (column.gap ?? 2)));
  let excess = widths.reduce((sum, each, at) => sum + each + gaps[at]!, 0) - width;
  columns.forEach((column, at) => {
    if (excess <= 0 || column.least === undefined) return;
    const give = Math.min(excess, Math.max(0, widths[at]! - column.least));
    widths[at]! -= give;
    excess -= give;
  });
  const line = (cell: (at: number) => { text: string; ink: Ink | undefined }): string =>
    columns
      .map((column, at) => {
        const { text, ink } = cell(at);
        const cut = shorten(text, widths[at]!);
        // Padding stays unpainted, so that blanks at the end of a line can go.
        const blanks = ' '.repeat(Math.max(0, widths[at]! - widthOf(cut)));
        return ' '.repeat(gaps[at]!) + (column.align === 'left' ? paint(ink, cut) + blanks : blanks + paint(ink, cut));
      })
      .join('')
      .trimEnd();
  const rows = Math.max(0, ...columns.map((column) => column.cells.length));
  const head = columns.some((column) => column.head !== '')
    ? [line((at) => ({ text: columns[at]!.head, ink: 'dim' }))]
    : [];
  return [
    ...head,
    ...Array.from({ length: rows }, (_, row) =>
      line((at) => ({ text: texts[at]![row] ?? '', ink: columns[at]!.cells[row]?.ink })),
    ),
  ];
}

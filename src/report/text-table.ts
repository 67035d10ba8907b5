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
  /** May be shortened to this when the table is too wide; a column of figures only ever in its head. */
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
  const widths = columns.map((column, at) => {
    const cells = Math.max(0, ...texts[at]!.map(widthOf));
    const most = column.most ?? Number.POSITIVE_INFINITY;
    return column.align === 'left'
      ? Math.min(most, Math.max(widthOf(column.head), cells))
      : Math.max(cells, Math.min(most, widthOf(column.head)));
  });
  const gaps = columns.map((column, at) => (at === 0 ? 0 : (column.gap ?? 2)));
  let excess = widths.reduce((sum, each, at) => sum + each + gaps[at]!, 0) - width;
  // Heads give way first, then names; figures never do.
  for (const toCells of [true, false]) {
    columns.forEach((column, at) => {
      if (excess <= 0 || column.least === undefined) return;
      const cells = Math.max(0, ...texts[at]!.map(widthOf));
      const least = toCells || column.align !== 'left' ? Math.max(column.least, cells) : column.least;
      const give = Math.min(excess, Math.max(0, widths[at]! - least));
      widths[at]! -= give;
      excess -= give;
    });
  }
  const line = (cell: (at: number) => { text: string; ink: Ink | undefined }): string =>
    columns
      .map((column, at) => {
        const { text, ink } = cell(at);
        const cut = shorten(text, widths[at]!);
        // Padding stays unpainted, so that blanks at the end of a line can go.
        const blanks = ' '.repeat(Math.max(0, widths[at]! - widthOf(cut)));
        const shown = cut.trimEnd();
        const painted = paint(ink, shown) + ' '.repeat(widthOf(cut) - widthOf(shown));
        return ' '.repeat(gaps[at]!) + (column.align === 'left' ? painted + blanks : blanks + painted);
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

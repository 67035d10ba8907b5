/** A boundary map in text: one line a site, its bar as long as its time, the longest site filling the room that is left. */
import type { BoundaryMap } from '../model/site.ts';
import { type BoundaryView, noteRecords, type SiteRow, viewBoundary } from './boundary-view.ts';
import { type CarriedRow, type CarriedTable, viewCarried } from './carried-view.ts';
import { alignDecimals } from './figure.ts';
import { MARKS } from './site-order.ts';
import { type Paint, padEnd, painter, printable, type TextOptions, widthOf, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';

export interface BoundaryTextOptions extends TextOptions {
  /** What the callee is called in the head: `Rust` where the study says so, otherwise `callee`. */
  readonly callee?: string;
}

export function renderBoundaryText(map: BoundaryMap, options: BoundaryTextOptions): string {
  const view = viewBoundary(map);
  const paint = painter(options.color);
  const columns = Math.max(60, options.columns);
  const lines = [
    // In a study the heads say `/op`.
    ...(view.per === 'crossing' && view.rows.length > 0 ? [paint('strong', 'mean time of one crossing')] : []),
    ...layRows(view, columns, options.callee ?? 'callee', paint),
    ...layCarried(viewCarried([map]), columns, paint),
    ...layFacts(view, columns, paint),
  ];
  return `${lines.join('\n')}\n`;
}

/** Its own table: there is no room beside the times, and most sites carry nothing. */
export function layCarried(table: CarriedTable | undefined, columns: number, paint: Paint): readonly string[] {
  const rows = table?.rows[0] ?? [];
  if (!table || rows.length === 0) return [];
  const names: Column = {
    head: '',
    align: 'left',
    cells: rows.map((row) => ({ text: `${MARKS[row.kind]}${printable(row.site)}` })),
    least: 14,
    most: columns >= 110 ? 36 : 30,
  };
  return [
    '',
    paint('strong', `memory and payload of one ${table.per}`),
    ...layTable([names, ...carriedColumns(table, rows)], columns, paint),
  ];
}

export function carriedColumns(table: CarriedTable, rows: readonly Pick<CarriedRow, 'figures'>[]): readonly Column[] {
  return table.heads.map((head, at) => ({
    head,
    align: head === table.words ? 'left' : 'decimal',
    cells: rows.map((row) => ({ text: row.figures[at]! })),
  }));
}

function layRows(view: BoundaryView, columns: number, callee: string, paint: Paint): readonly string[] {
  if (view.rows.length === 0) return [];
  const figures = figureColumns(view, columns, callee);
  const table = layTable(figures, columns, paint);
  const used = Math.max(...layTable(figures, columns, painter(false)).map(widthOf));
  const room = Math.min(44, columns - used - 3);
  if (room < 12) return table;
  const longest = Math.max(...view.rows.map((row) => row.allS));
  const bars = view.rows.map((row) => layBar(row, longest > 0 ? (room * row.allS) / longest : 0, paint));
  const legend = `${paint('boundary', '▒')} entry ${paint('rust', '█')} ${callee} ${paint('boundary', '░')} return`;
  const plain = layTable(figures, columns, painter(false));
  const fits = room >= widthOf(`▒ entry █ ${callee} ░ return`);
  return table.map((line, at) => {
    const gap = ' '.repeat(used - widthOf(plain[at]!) + 3);
    return at === 0 ? (fits ? line + gap + legend : line) : line + gap + bars[at - 1]!;
  });
}

function figureColumns(view: BoundaryView, columns: number, callee: string): readonly Column[] {
  const { rows, unit } = view;
  const percentiles = columns >= 110 && rows.some((row) => row.p50 !== undefined);
  const text = (
    head: string,
    align: Column['align'],
    of: (row: SiteRow) => string,
    ink?: 'rust' | 'boundary',
  ): Column => ({
    head,
    align,
    cells: rows.map((row) => ({ text: of(row), ink: row.helper && ink === 'rust' ? 'boundary' : ink })),
  });
  return [
    {
      ...text('site', 'left', (row) => `${MARKS[row.kind]}${printable(row.site)}`),
      least: 14,
      most: columns >= 110 ? 32 : 30,
    },
    text(
      view.per === 'operation' ? 'calls/op' : 'crossings',
      view.per === 'operation' ? 'decimal' : 'right',
      (row) => row.crossings,
    ),
    text('entry', 'decimal', (row) => row.entry, 'boundary'),
    text(callee, 'decimal', (row) => row.callee, 'rust'),
    text('return', 'decimal', (row) => row.return, 'boundary'),
    text(view.per === 'operation' ? `${unit.name}/op` : `total ${unit.name}`, 'decimal', (row) => row.total),
    ...(percentiles
      ? [text('p50', 'decimal', (row) => row.p50 ?? ''), text('p99', 'decimal', (row) => row.p99 ?? '')]
      : []),
    ...(view.per === 'crossing' ? [text('of calls', 'decimal', (row) => row.share)] : []),
  ];
}

function layFacts(view: BoundaryView, columns: number, paint: Paint): readonly string[] {
  const name = Math.max(0, ...view.facts.map((fact) => widthOf(fact.name)));
  const figures = alignDecimals(view.facts.map((fact) => fact.figure)).map((figure) => figure.trimEnd());
  const wide = Math.max(0, ...figures.map(widthOf));
  const facts = view.facts.map((fact, at) =>
    `${padEnd(fact.name, name)}  ${padEnd(figures[at]!, wide)}${fact.remark === undefined ? '' : `  ${paint('dim', fact.remark)}`}`.trimEnd(),
  );
  const notes = [...view.notes, ...view.marks, ...noteRecords([view])].flatMap((note) =>
    wrap(printable(note), columns, '  ').map((line) => paint('dim', line)),
  );
  return [...(view.rows.length > 0 ? [''] : []), ...facts, ...notes];
}

/** Parts by largest remainder, so that they add up to `length` cells; a mark where the whole is less than half a cell. */
export function layBar(row: SiteRow, length: number, paint: Paint): string {
  const cells = Math.round(length);
  const parts = [row.entryS, row.calleeS, row.returnS].map((part) => Math.max(0, part));
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum === 0) return '';
  if (cells === 0) return paint('boundary', '▏');
  const exact = parts.map((part) => (part / sum) * cells);
  const whole = exact.map(Math.floor);
  const order = exact
    .map((part, at) => ({ at, rest: part - Math.floor(part) }))
    .sort((one, other) => other.rest - one.rest || one.at - other.at);
  let left = cells - whole.reduce((total, part) => total + part, 0);
  for (const { at } of order) if (left-- > 0) whole[at]!++;
  // A copy has a place for entry and return, but not their meaning.
  if (row.kind === 'copy') return paint('boundary', '█'.repeat(cells));
  return (
    paint('boundary', '▒'.repeat(whole[0]!)) +
    paint(row.helper ? 'boundary' : 'rust', '█'.repeat(whole[1]!)) +
    paint('boundary', '░'.repeat(whole[2]!))
  );
}

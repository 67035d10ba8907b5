/**
 * Comparisons in text. Judged metrics in full, rows under the level they share; of what was only explored between paths and
 * levels one line a block: the report has the rest.
 */
import type { ComparisonBlock, ComparisonGroup, ComparisonRow } from './comparison-view.ts';
import { alignDecimals } from './figure.ts';
import { type Ink, type Paint, painter, printable, shorten, widthOf, wrap } from './terminal.ts';
import { inkOf, layNotes } from './text-notes.ts';
import { type Cell, type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

export function layComparisons(view: View, columns: number, paint: Paint): readonly (readonly string[])[] {
  const full = view.blocks.filter((block) => !block.exact && (block.primary || block.kind === 'build'));
  // Counts of paths and levels stand in their own table.
  const brief = view.blocks.filter(
    (block) => !full.includes(block) && !(block.exact && block.kind !== 'build' && view.counts),
  );
  const notes = layNotes(
    '',
    view.footnotes.filter((note) =>
      full.some((block) => block.rows.some((row) => row.notes.includes(note.number ?? 0))),
    ),
    columns,
    paint,
  );
  return [
    ...full.map((block, at) => [...layBlock(block, columns, paint), ...(at === full.length - 1 ? notes : [])]),
    brief.flatMap((block) => layBrief(block, columns, paint)),
  ];
}

function titleOf(block: ComparisonBlock): string {
  const role = (name: string) => shorten(printable(name), 56);
  const common = block.common === '' ? '' : `, ${printable(block.common)}`;
  return `${block.metric}: ${role(block.candidate)} beside ${role(block.baseline)}${common}`;
}

/** What is the same for all rows is said in the title; a second line takes what the first has no room for. */
function layTitle(block: ComparisonBlock, columns: number, paint: Paint): readonly string[] {
  const title = titleOf(block);
  const ground = [`margin ${block.marginText}`, block.ground].filter((part) => part !== '').join(', ');
  if (widthOf(title) + 2 + widthOf(ground) <= columns) return [`${paint('strong', title)}  ${paint('dim', ground)}`];
  return [
    ...wrap(title, columns).map((line) => paint('strong', line)),
    ...wrap(ground, columns, '  ').map((line) => paint('dim', line)),
  ];
}

/** Widest first: heads of roles that name long builds give way before any label does. */
const HEADS = [26, 20, 14, 10, 6];

function layBlock(block: ComparisonBlock, columns: number, paint: Paint): readonly string[] {
  const lay = (head: number, width: number, by: Paint) => layTable(columnsOf(block, head, columns), width, by);
  const fits = (head: number) => lay(head, 1000, painter(false)).every((line) => widthOf(line) <= columns);
  const head = HEADS.find(fits) ?? HEADS[HEADS.length - 1]!;
  return [...layTitle(block, columns, paint), ...lay(head, columns, paint)];
}

/** Every group opens with a line of heads, so that each can have its own unit; figures align within their group. */
function columnsOf(block: ComparisonBlock, widest: number, columns: number): readonly Column[] {
  const grouped = block.groups.length > 1;
  const column = (
    align: Column['align'],
    head: (group: ComparisonGroup, at: number) => string,
    of: (rows: readonly ComparisonRow[]) => readonly string[],
    ink?: (row: ComparisonRow) => Ink | undefined,
  ): Column => ({
    head: '',
    align,
    cells: block.groups.flatMap((group, at): Cell[] => {
      const rows = block.rows.slice(group.from, group.to);
      return [
        { text: printable(head(group, at)), ink: 'dim' },
        ...of(rows).map((text, row) => ({ text: printable(text), ink: ink?.(rows[row]!) })),
      ];
    }),
  });
  const once = (text: string) => (_: ComparisonGroup, at: number) => (at === 0 ? text : '');
  const role = (name: string) => (group: ComparisonGroup) => {
    const unit = group.unit.name === '' ? '' : ` ${group.unit.name}`;
    return `${shorten(name, Math.max(2, widest - widthOf(unit)))}${unit}`;
  };
  const each = (of: (row: ComparisonRow) => string) => (rows: readonly ComparisonRow[]) => rows.map(of);
  const figures = (of: (row: ComparisonRow) => string) => (rows: readonly ComparisonRow[]) =>
    alignDecimals(rows.map(of));
  const changes = alignDecimals(block.rows.map((row) => row.change));
  const changeOf = new Map(block.rows.map((row, at) => [row, changes[at]!]));
  const labelled = block.rows.some((row) => row.label !== '');
  return [
    ...(labelled
      ? [
          {
            ...column(
              'left',
              (group) => (grouped ? group.label : block.head),
              each((row) => (grouped ? `  ${row.short}` : row.short)),
            ),
            least: 14,
          },
        ]
      : []),
    column(
      'right',
      role(block.baseline),
      figures((row) => row.baseline),
    ),
    column(
      'right',
      role(block.candidate),
      figures((row) => row.candidate),
    ),
    column(
      'right',
      once('change'),
      each((row) => changeOf.get(row)!),
    ),
    {
      ...column(
        'left',
        once('interval'),
        each((row) => row.interval),
      ),
      gap: 1,
    },
    ...(block.uneven && columns >= 100
      ? [
          column(
            'right',
            once('level'),
            each((row) => row.confidence),
          ),
          column(
            'right',
            once('blocks'),
            each((row) => String(row.blocks)),
          ),
        ]
      : []),
    column(
      'left',
      once(''),
      each(
        (row) =>
          `${row.judgement.mark} ${row.judgement.word}${row.notes.length === 0 ? '' : ` ${row.notes.map((note) => `[${note}]`).join('')}`}`,
      ),
      (row) => inkOf(row.judgement),
    ),
  ];
}

/** Later lines stand a little further in. */
function hang(text: string, columns: number): readonly string[] {
  return wrap(text, columns - 2).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`));
}

/** `crossings: go→rust beside go: 3 different, 6 equal (exact)`, and which, where counts differ between builds. */
function layBrief(block: ComparisonBlock, columns: number, paint: Paint): readonly string[] {
  const words = new Map<string, number>();
  for (const { judgement } of block.rows) {
    const said = `${judgement.mark} ${judgement.word}`;
    words.set(said, (words.get(said) ?? 0) + 1);
  }
  const summary = [...words].map(([word, count]) => `${count} ${word}`).join(', ');
  const differing = block.kind === 'build' ? block.rows.filter((row) => row.of.verdict === 'different') : [];
  return [
    ...hang(`${titleOf(block)}: ${printable(summary)}${block.exact ? ' (exact)' : ''}`, columns),
    ...differing.flatMap((row) =>
      wrap(
        printable(`${row.label === '' ? '' : `${row.label}: `}${row.baseline} → ${row.candidate} (${row.change})`),
        columns,
        '  ',
      ).map((line) => paint('doubt', line)),
    ),
  ];
}

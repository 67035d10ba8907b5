/** Effects in text: what matters and what is open in full, what is negligible in full only where that is short. */
import type { EffectRow, EffectsView } from './effect-view.ts';
import { type Paint, printable, widthOf, wrap } from './terminal.ts';
import { inkOf } from './text-notes.ts';
import { type Column, layTable } from './text-table.ts';

const MOST_ROWS = 16;

export function layEffects(view: EffectsView | undefined, columns: number, paint: Paint): readonly string[] {
  if (!view) return [];
  const title = printable(view.title);
  const ground = printable(view.ground);
  const short = widthOf(title) + 2 + widthOf(ground) <= columns;
  const shown =
    view.rows.length <= MOST_ROWS
      ? view.rows
      : view.rows.filter(({ of }) => of.size !== 'negligible').slice(0, MOST_ROWS);
  const hidden = view.rows.length - shown.length;
  return [
    ...(short
      ? [`${paint('strong', title)}  ${paint('dim', ground)}`]
      : [paint('strong', title), ...wrap(ground, columns, '  ').map((line) => paint('dim', line))]),
    ...(shown.length > 0 ? layTable(columnsOf(shown, view), columns, paint) : []),
    ...(hidden > 0
      ? [
          paint(
            'dim',
            `  and ${hidden} more, ${view.rows.some(({ of }) => of.size === 'negligible') ? 'negligible or further down' : 'further down'}: the report has them`,
          ),
        ]
      : []),
    ...(view.middle === undefined ? [] : wrap(printable(view.middle), columns)),
    ...layVariance(view, columns, paint),
    ...view.notes.flatMap((note) => wrap(printable(note), columns).map((line) => paint('dim', line))),
  ];
}

function columnsOf(rows: readonly EffectRow[], { aliased, stepped }: EffectsView): readonly Column[] {
  const column = (head: string, align: Column['align'], of: (row: EffectRow) => string): Column => ({
    head,
    align,
    cells: rows.map((row) => ({ text: printable(of(row)) })),
  });
  return [
    { ...column('effect', 'left', (row) => row.label), least: 34 },
    column(stepped ? 'size μ*' : 'change', 'decimal', (row) => row.change),
    { ...column('interval', 'left', (row) => row.interval), gap: 1 },
    {
      head: '',
      align: 'left',
      cells: rows.map(({ judgement, repeated }) => ({
        text: `${judgement.mark} ${judgement.word}${repeated === 'seen once' ? ', seen once' : ''}`,
        ink: inkOf(judgement),
      })),
    },
    ...(stepped
      ? [
          column('mean μ', 'decimal', ({ steps }) => steps?.mean ?? ''),
          column('spread σ', 'decimal', ({ steps }) => steps?.spread ?? ''),
          { ...column('', 'left', ({ steps }) => steps?.says ?? ''), least: 12 },
        ]
      : []),
    ...(aliased ? [{ ...column('mixed with', 'left', (row) => row.aliases), least: 10 }] : []),
  ];
}

function layVariance({ variance }: EffectsView, columns: number, paint: Paint): readonly string[] {
  if (variance.length === 0) return [];
  const column = (head: string, align: Column['align'], of: (row: (typeof variance)[number]) => string): Column => ({
    head,
    align,
    cells: variance.map((row) => ({ text: printable(of(row)) })),
  });
  return layTable(
    [
      { ...column('variance (type III)', 'left', (row) => row.label), least: 20 },
      column('df', 'right', (row) => row.df),
      column('F', 'decimal', (row) => row.f),
      column('p', 'right', (row) => row.p),
    ],
    columns,
    paint,
  );
}

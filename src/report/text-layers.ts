/** Layers in text: one table a comparison of builds. */
import type { LayerRow, LayersView } from './layer-view.ts';
import { type Paint, printable, wrap } from './terminal.ts';
import { inkOf } from './text-notes.ts';
import { type Column, layTable } from './text-table.ts';

export function layLayers(views: readonly LayersView[], columns: number, paint: Paint): readonly (readonly string[])[] {
  return views.map((view) => [
    ...wrap(printable(view.title), columns, 'where it changed  ').map((line, at) =>
      at === 0 ? paint('strong', 'where it changed') + line.slice('where it changed'.length) : line,
    ),
    ...wrap(printable(view.ground), columns, '  ').map((line) => paint('dim', line)),
    ...wrap(printable(view.sentence), columns, '  '),
    ...layTable(columnsOf(view), columns, paint),
  ]);
}

function columnsOf({ rows, baseline, candidate }: LayersView): readonly Column[] {
  const column = (head: string, align: Column['align'], of: (row: LayerRow) => string): Column => ({
    head: printable(head),
    align,
    cells: rows.map((row) => ({ text: printable(of(row)), ink: row.kind === 'whole' ? 'strong' : undefined })),
  });
  return [
    { ...column('', 'left', ({ kind, label }) => `${kind === 'site' ? '    ' : '  '}${label}`), least: 22 },
    { ...column(baseline, 'decimal', (row) => row.baseline), most: 16 },
    { ...column(candidate, 'decimal', (row) => row.candidate), most: 16 },
    column('difference', 'decimal', (row) => row.delta),
    { ...column('interval', 'left', (row) => row.interval), gap: 1 },
    {
      head: '',
      align: 'left',
      cells: rows.map(({ judgement }) =>
        judgement === undefined ? { text: '' } : { text: `${judgement.mark} ${judgement.word}`, ink: inkOf(judgement) },
      ),
    },
  ];
}

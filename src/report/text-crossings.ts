/** The boundary maps of a study in text: a treatment, its sites, and what is left for Go itself; one unit over all. */
import { layBar } from './boundary-text.ts';
import type { SiteRow } from './boundary-view.ts';
import type { CrossingsView, TreatmentCrossings } from './crossing-view.ts';
import { type Ink, type Paint, painter, printable, widthOf, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

interface Line {
  readonly kind: 'treatment' | 'site' | 'go';
  readonly name: string;
  readonly of: TreatmentCrossings;
  readonly site?: SiteRow;
}

export function layCrossings(view: View, columns: number, paint: Paint): readonly string[] {
  const crossings = view.crossings;
  if (!crossings) return [];
  const lines = crossings.treatments.flatMap((of): Line[] => [
    { kind: 'treatment', name: of.title, of },
    ...of.map.rows.map(
      (site): Line => ({ kind: 'site', name: `  ${site.kind === 'callback' ? '↩ ' : ''}${site.site}`, of, site }),
    ),
    ...(of.goSelf === undefined ? [] : [{ kind: 'go' as const, name: '  Go self', of }]),
  ]);
  return [
    `${paint('strong', 'boundary map')}${paint('dim', `  time of one operation in ${crossings.unit.name}, ${crossings.clock}`)}`,
    ...layLines(crossings, lines, columns, paint),
    ...crossings.notes.flatMap((note) => wrap(printable(note), columns, '  ').map((line) => paint('dim', line))),
  ];
}

function layLines(crossings: CrossingsView, lines: readonly Line[], columns: number, paint: Paint): readonly string[] {
  const figures = figureColumns(crossings, lines);
  const plain = layTable(figures, columns, painter(false));
  const used = Math.max(...plain.map(widthOf));
  const room = Math.min(40, columns - used - 2);
  const table = layTable(figures, columns, paint);
  if (room < 12) return table;
  return table.map((text, at) => {
    const line = lines[at - 1];
    if (line === undefined || line.kind === 'treatment') return text;
    return text + ' '.repeat(used - widthOf(plain[at]!) + 2) + barOf(line, room, paint);
  });
}

function figureColumns(crossings: CrossingsView, lines: readonly Line[]): readonly Column[] {
  const of = (
    head: string,
    ink: Ink | undefined,
    figure: (site: SiteRow) => string,
    go?: (of: TreatmentCrossings) => string,
  ): Column => ({
    head,
    align: 'decimal',
    cells: lines.map((line) => {
      if (line.kind === 'site' && line.site)
        return { text: figure(line.site), ink: line.site.helper && ink === 'rust' ? 'boundary' : ink };
      return { text: line.kind === 'go' && go ? go(line.of) : '', ink: 'go' };
    }),
  });
  return [
    {
      head: '',
      align: 'left',
      cells: lines.map((line) => ({
        text: printable(line.name),
        ink: line.kind === 'treatment' ? 'strong' : line.kind === 'go' ? 'go' : undefined,
      })),
      least: 20,
    },
    of('calls/op', undefined, (site) => site.crossings),
    of('entry', 'boundary', (site) => site.entry),
    of(crossings.callee, 'rust', (site) => site.callee),
    of('return', 'boundary', (site) => site.return),
    of(
      'total',
      undefined,
      (site) => site.total,
      (treatment) => treatment.goSelf ?? '',
    ),
  ];
}

/** Within a treatment all bars share the length of its operation, so they can be laid end to end. */
function barOf(line: Line, room: number, paint: Paint): string {
  const whole =
    line.of.operationS ?? line.of.map.rows.reduce((sum, row) => sum + (row.kind === 'call' ? row.totalS : 0), 0);
  if (!(whole > 0)) return '';
  if (line.kind === 'go') return paint('go', '█'.repeat(Math.round((room * (line.of.goSelfS ?? 0)) / whole)) || '▏');
  return line.site ? layBar(line.site, (room * line.site.totalS) / whole, paint) : '';
}

/** The boundary maps of a study in text: a treatment, its sites, and what is left for Go itself; one unit over all. */
import { carriedColumns, layBar } from './boundary-text.ts';
import type { SiteRow } from './boundary-view.ts';
import type { CrossingsView, TreatmentCrossings } from './crossing-view.ts';
import { MARKS } from './site-order.ts';
import { type Ink, type Paint, padEnd, painter, printable, shorten, widthOf, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

interface Line {
  readonly kind: 'group' | 'site' | 'go';
  /** Of the treatment, on its first line only. */
  readonly treatment: string;
  readonly name: string;
  readonly of: TreatmentCrossings;
  readonly site?: SiteRow;
}

export function layCrossings(view: View, columns: number, paint: Paint): readonly string[] {
  const crossings = view.crossings;
  if (!crossings) return [];
  const lines = crossings.treatments.flatMap((of, at): Line[] => {
    const own: Omit<Line, 'treatment'>[] = [
      ...(of.goSelf === undefined ? [] : [{ kind: 'go' as const, name: 'Go self', of }]),
      ...of.map.rows.map((site) => ({
        kind: 'site' as const,
        name: `${MARKS[site.kind]}${site.site}`,
        of,
        site,
      })),
    ];
    const opens = of.group !== '' && of.group !== crossings.treatments[at - 1]?.group;
    const alone = crossings.treatments.length === 1;
    return [
      ...(opens ? [{ kind: 'group' as const, treatment: of.group, name: '', of }] : []),
      ...own.map((line, row) => ({ ...line, treatment: row === 0 && !alone ? of.short : '' })),
    ];
  });
  const laid = layLines(crossings, lines, columns, paint);
  // Marks stay with their words: blanks that must not break are put back after the lines are broken.
  const legend = laid.bars ? ` ▒\u00a0entry █\u00a0${crossings.callee} ░\u00a0return` : '';
  const common = crossings.common === '' ? '' : `${printable(crossings.common)}, `;
  return [
    ...wrap(
      `${common}${crossings.unit.name} an operation, probed; ${crossings.clock}${legend}`,
      columns,
      'boundary map  ',
    )
      .map((line) => line.replaceAll('\u00a0', ' '))
      .map((line, at) =>
        at === 0
          ? paint('strong', 'boundary map') + paint('dim', line.slice('boundary map'.length))
          : paint('dim', line),
      ),
    ...laid.table,
    ...layCarried(crossings, columns, paint),
    ...view.siteChanges.flatMap(({ title, lines: changes }) => [
      ...wrap(printable(`sites that differ, an operation: ${title}`), columns).map((line) => paint('strong', line)),
      ...changes.flatMap((change) => wrap(printable(change), columns, '  ').map((line) => paint('doubt', line))),
    ]),
    ...crossings.notes.flatMap((note) => wrap(printable(note), columns, '  ').map((line) => paint('dim', line))),
  ];
}

/** A treatment on a line of its own: beside its sites there is no room for both. */
function layCarried({ carried, treatments }: CrossingsView, columns: number, paint: Paint): readonly string[] {
  if (!carried) return [];
  const alone = treatments.length === 1;
  const nothing = carried.heads.map(() => '');
  const rows = carried.rows.flatMap((sites, at) => {
    const opens = alone || sites.length === 0 ? [] : [{ name: treatments[at]!.title, ink: 'dim', figures: nothing }];
    const named = sites.map(({ site, kind, figures }) => ({ name: `${MARKS[kind]}${site}`, ink: undefined, figures }));
    return [...opens, ...named.map((row) => (alone ? row : { ...row, name: `  ${row.name}` }))];
  });
  const names: Column = {
    ...{ head: '', align: 'left', least: 16, most: 36 },
    cells: rows.map(({ name, ink }) => ({ text: printable(name), ink: ink as Ink | undefined })),
  };
  const table = layTable([names, ...carriedColumns(carried, rows)], columns, paint);
  return [paint('strong', `memory and payload of one ${carried.per}`), ...table];
}

/** Bars are drawn where the table leaves room for them. */
function layLines(
  crossings: CrossingsView,
  lines: readonly Line[],
  columns: number,
  paint: Paint,
): { readonly table: readonly string[]; readonly bars: boolean } {
  const figures = figureColumns(crossings, lines, columns);
  const plain = layTable(figures, columns, painter(false));
  const used = Math.max(...plain.map(widthOf));
  const room = Math.min(40, columns - used - 2);
  const table = layTable(figures, columns, paint);
  if (room < 12 || lines.every((line) => barOf(line, room, paint) === '')) return { table, bars: false };
  const headed = table.length - lines.length;
  const bars = table.map((text, at) => {
    const line = lines[at - headed];
    if (line === undefined || line.kind === 'group') return text;
    return text + ' '.repeat(used - widthOf(plain[at]!) + 2) + barOf(line, room, paint);
  });
  return { table: bars, bars: true };
}

function figureColumns(crossings: CrossingsView, lines: readonly Line[], columns: number): readonly Column[] {
  const of = (
    head: string,
    ink: Ink | undefined,
    figure: (site: SiteRow) => string,
    go?: (of: TreatmentCrossings) => string,
  ): Column => ({
    head: lines[0]?.kind === 'group' ? '' : head,
    align: 'decimal',
    cells: lines.map((line) => {
      if (line === lines[0] && line.kind === 'group') return { text: head, ink: 'dim' };
      if (line.kind === 'site' && line.site)
        return { text: figure(line.site), ink: line.site.helper && ink === 'rust' ? 'boundary' : ink };
      return { text: line.kind === 'go' && go ? go(line.of) : '', ink: 'go' };
    }),
  });
  // One column, so that the name of a group may run over both; what comes first tells treatments, what follows sites.
  const longest = Math.max(0, ...lines.map((line) => (line.kind === 'group' ? 0 : widthOf(printable(line.treatment)))));
  // What the figures and a site of usual length leave of the line.
  const wide = Math.min(longest, Math.max(12, columns - 68));
  const nameOf = (line: Line) =>
    line.kind === 'group' || wide === 0
      ? printable(line.kind === 'group' ? line.treatment : line.name)
      : `  ${padEnd(shorten(printable(line.treatment), wide), wide)}  ${printable(line.name)}`;
  return [
    {
      head: '',
      align: 'left',
      cells: lines.map((line) => ({
        text: nameOf(line),
        ink: line.kind === 'group' ? 'dim' : line.kind === 'go' ? 'go' : undefined,
      })),
      least: wide + 16,
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
    line.of.operationS ?? line.of.map.rows.reduce((sum, row) => sum + (row.kind === 'callback' ? 0 : row.totalS), 0);
  if (!(whole > 0)) return '';
  if (line.kind === 'go') return paint('go', '█'.repeat(Math.round((room * (line.of.goSelfS ?? 0)) / whole)) || '▏');
  return line.site ? layBar(line.site, (room * line.site.totalS) / whole, paint) : '';
}

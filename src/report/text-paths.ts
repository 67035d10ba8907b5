/** Paths side by side and the exact counts of every treatment, in text. */
import { formatShare } from './change.ts';
import type { PathBar, PathGroup } from './path-view.ts';
import { type Ink, type Paint, painter, printable, widthOf, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

const INKS: Readonly<Record<string, Ink>> = { go: 'go', rust: 'rust', 'go->rust': 'boundary' };

export function inkOfPath(path: string | undefined): Ink | undefined {
  return path === undefined ? undefined : INKS[path];
}

export function layPaths(view: View, columns: number, paint: Paint): readonly string[] {
  const paths = view.paths;
  if (!paths) return [];
  const level = paint('dim', `  ${formatShare(paths.confidence)} intervals`);
  return [
    `${paint('strong', `${paths.metric} of each treatment`)}${level}`,
    ...paths.groups.flatMap((group) => layGroup(group, columns, paint)),
  ];
}

/** One unit a group: groups are apart by orders of magnitude, bars within one are not. */
function layGroup(group: PathGroup, columns: number, paint: Paint): readonly string[] {
  const bars = group.bars;
  const text = (head: string, align: Column['align'], of: (bar: PathBar) => string): Column => ({
    head,
    align,
    cells: bars.map((bar) => ({ text: printable(of(bar)), ink: inkOfPath(bar.path) })),
  });
  const longest = Math.max(...bars.map((bar) => (Number.isFinite(bar.of.value) ? bar.of.value : 0)));
  const room = Math.min(40, columns - 60);
  const length = (bar: PathBar) =>
    longest > 0 && Number.isFinite(bar.of.value) ? Math.max(1, Math.round((room * bar.of.value) / longest)) : 0;
  const unit = group.unit.name === '' ? '' : `${group.unit.name}/op`;
  return layTable(
    [
      {
        ...text(printable(group.label), 'left', (bar) =>
          [bar.title, bar.label].filter((part) => part !== '').join('  '),
        ),
        least: 18,
        most: 30,
      },
      text(unit, 'decimal', (bar) => bar.value),
      { ...text('interval', 'left', (bar) => bar.interval), gap: 1 },
      text('', 'left', (bar) => '█'.repeat(length(bar))),
    ],
    columns,
    paint,
  );
}

/** Treatments with equal counts share a row; what depends on the folded level alone stands below. */
export function layCounts(view: View, columns: number, paint: Paint): readonly string[] {
  const counts = view.counts;
  if (!counts) return [];
  const treatment: Column = {
    head: '',
    align: 'left',
    cells: counts.rows.map((row) => ({ text: printable(row.label), ink: inkOfPath(row.path) })),
    least: 18,
    most: 40,
  };
  const figures = counts.heads.map(
    (head, at): Column => ({
      head,
      align: 'right',
      cells: counts.rows.map((row) => ({ text: row.figures[at]! })),
    }),
  );
  // What doesn't fit beside the names stays in the report.
  let shown = figures.length;
  const width = (columnsShown: number) =>
    Math.max(...layTable([treatment, ...figures.slice(0, columnsShown)], 400, painter(false)).map(widthOf));
  while (shown > 1 && width(shown) > columns) shown--;
  return [
    paint('strong', 'exact counts of one operation'),
    ...layTable([treatment, ...figures.slice(0, shown)], columns, paint),
    ...counts.apart.flatMap((line) => wrap(printable(line), columns)),
  ];
}

/** Paths side by side and the exact counts of every treatment, in text. */
import { formatShare } from './change.ts';
import type { PathBar, PathGroup } from './path-view.ts';
import { type Ink, type Paint, painter, printable, widthOf, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

const INKS: Readonly<Record<string, Ink>> = { go: 'go', rust: 'rust', 'go->rust': 'boundary' };

function inkOfPath(path: string | undefined): Ink | undefined {
  return path === undefined ? undefined : INKS[path];
}

export function layPaths(view: View, columns: number, paint: Paint): readonly string[] {
  const paths = view.paths;
  if (!paths) return [];
  const level = paint('dim', `  ${formatShare(paths.confidence)} intervals`);
  // Bars take what the longest names leave, the same in every group.
  const used = Math.max(
    ...paths.groups.flatMap((group) => layTable(columnsOf(group), 1000, painter(false)).map(widthOf)),
  );
  const room = Math.min(40, columns - used - 2);
  return [
    `${paint('strong', `${paths.metric} of each treatment`)}${level}`,
    ...paths.groups.flatMap((group) =>
      layTable([...columnsOf(group), ...(room >= 8 ? [barsOf(group, room)] : [])], columns, paint),
    ),
  ];
}

/** One unit a group: groups are apart by orders of magnitude, bars within one are not. */
function columnsOf(group: PathGroup): readonly Column[] {
  const text = (head: string, align: Column['align'], of: (bar: PathBar) => string): Column => ({
    head,
    align,
    cells: group.bars.map((bar) => ({ text: printable(of(bar)), ink: inkOfPath(bar.path) })),
  });
  const unit = group.unit.name === '' ? '' : `${group.unit.name}/op`;
  return [
    {
      ...text(printable(group.label), 'left', (bar) => [bar.title, bar.label].filter((part) => part !== '').join('  ')),
      least: 18,
    },
    text(unit, 'decimal', (bar) => bar.value),
    { ...text('interval', 'left', (bar) => bar.interval), gap: 1 },
  ];
}

function barsOf(group: PathGroup, room: number): Column {
  const known = group.bars.map((bar) => (Number.isFinite(bar.of.value) ? bar.of.value : 0));
  const longest = Math.max(...known);
  return {
    head: '',
    align: 'left',
    cells: group.bars.map((bar, at) => ({
      text: longest > 0 && known[at]! > 0 ? '█'.repeat(Math.max(1, Math.round((room * known[at]!) / longest))) : '',
      ink: inkOfPath(bar.path),
    })),
  };
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

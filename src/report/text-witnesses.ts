/** Witnesses in text: a line each, below it what moved. */
import { type Paint, padEnd, printable, widthOf, wrap } from './terminal.ts';
import type { WitnessesView, WitnessRow } from './witness-view.ts';

export function layWitnesses(
  views: readonly WitnessesView[],
  columns: number,
  paint: Paint,
): readonly (readonly string[])[] {
  return views.map(({ title, rows, missing }) => {
    const longest = Math.max(...rows.map(({ name }) => widthOf(name)));
    return [
      ...wrap(printable(title), columns, 'evidence  ').map((line, at) =>
        at === 0 ? paint('strong', 'evidence') + line.slice('evidence'.length) : line,
      ),
      ...rows.flatMap((row) => layRow(row, longest, columns, paint)),
      ...missing.flatMap((tool) => wrap(printable(tool), columns, '  more would be seen with ')),
    ];
  });
}

/** Share of the line that names of findings may take: figures stand below each other beside those that keep to it. */
const WIDEST = 0.6;

function layRow(row: WitnessRow, longest: number, columns: number, paint: Paint): readonly string[] {
  const { name, says, mark, seen, findings } = row;
  const head = `  ${mark} ${padEnd(says, 'disagrees'.length)}  ${padEnd(printable(name), longest)}  `;
  const lines = wrap(printable(seen), columns, head);
  const widths = findings.map(({ what }) => widthOf(printable(what)));
  const column = Math.max(0, ...widths.filter((width) => width <= columns * WIDEST));
  const below = findings.flatMap(({ what, figures }) =>
    wrap(printable(figures), columns, `      ${padEnd(printable(what), column)}  `),
  );
  return says === 'blind' ? lines.map((line) => paint('dim', line)) : [...lines, ...below];
}

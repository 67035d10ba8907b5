/** Growth, in text: under a heading of its own, one table a factor. */
import type { GrowthBlock } from './growth-view.ts';
import { type Paint, printable, wrap } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';

export function layGrowth(
  blocks: readonly GrowthBlock[],
  columns: number,
  paint: Paint,
): readonly (readonly string[])[] {
  return blocks.map((block) => layBlock(block, columns, paint));
}

function layBlock({ title, heads, rows, lines }: GrowthBlock, columns: number, paint: Paint): readonly string[] {
  const labels = rows.map(({ label }) => ({ text: printable(label) }));
  const figures = heads.map(
    (head, at): Column => ({
      head,
      align: 'left',
      cells: rows.map(({ cells }) => ({ text: printable(cells[at] ?? '') })),
      ...(at === heads.length - 1 && { least: 12 }),
    }),
  );
  const named = labels.some(({ text }) => text !== '');
  return [
    ...wrap(printable(title), columns).map((line) => paint('strong', line)),
    ...layTable(
      [...(named ? [{ head: '', align: 'left' as const, cells: labels, least: 20 }] : []), ...figures],
      columns,
      paint,
    ),
    ...lines.flatMap((line) => wrap(printable(line), columns, '  ')),
  ];
}

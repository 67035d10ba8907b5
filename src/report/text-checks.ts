/** What the probe costs and what chance alone does, in text. */
import { type Paint, printable, wrap } from './terminal.ts';
import { inkOf } from './text-notes.ts';
import { type Column, layTable } from './text-table.ts';
import type { View } from './view.ts';

export function layProbe(view: View, columns: number, paint: Paint): readonly string[] {
  const { perCrossing, unit, lines, untold } = view.probeCosts;
  if (perCrossing === undefined && lines.length + untold.length === 0) return [];
  const head =
    perCrossing === undefined
      ? paint('strong', 'cost of the probe')
      : `${paint('strong', `the probe adds ${perCrossing} to a crossing`)}${paint('dim', '  measured on an empty call')}`;
  const column = (head: string, align: Column['align'], of: (line: (typeof lines)[number]) => string): Column => ({
    head,
    align,
    cells: lines.map((line) => ({ text: printable(of(line)) })),
  });
  const table =
    lines.length === 0
      ? []
      : layTable(
          [
            { ...column('probed beside bare', 'left', (line) => line.treatment), least: 20 },
            column(`${unit.name}/op`, 'decimal', (line) => line.figure),
            { ...column('interval', 'left', (line) => line.interval), gap: 1 },
            column('share', 'decimal', (line) => line.share),
          ],
          columns,
          paint,
        );
  return [
    head,
    ...table,
    ...untold.flatMap((line) => wrap(printable(line), columns).map((each) => paint('dim', each))),
  ];
}

export function layChecks(view: View, columns: number, paint: Paint): readonly string[] {
  const checks = view.selfChecks;
  if (checks.length === 0) return [];
  const column = (head: string, align: Column['align'], of: (check: (typeof checks)[number]) => string): Column => ({
    head,
    align,
    cells: checks.map((check) => ({ text: printable(of(check)) })),
  });
  const table = layTable(
    [
      { ...column('A/A: against itself', 'left', (check) => check.arm), least: 20 },
      column('change', 'decimal', (check) => check.change),
      { ...column('interval', 'left', (check) => check.interval), gap: 1 },
      column('pairs', 'right', (check) => String(check.pairs)),
      {
        head: '',
        align: 'left',
        cells: checks.map(({ judgement }) => ({
          text: `${judgement.mark} ${judgement.word}`,
          ink: inkOf(judgement),
        })),
      },
    ],
    columns,
    paint,
  );
  const notes = [...new Set(checks.flatMap((check) => (check.note === undefined ? [] : [check.note])))];
  return [...table, ...notes.flatMap((note) => wrap(note, columns, '  ').map((line) => paint('doubt', line)))];
}

/** A process over time, in text: where each value began, where it ended, its most, and its course from zero up. */
import type { Timeline } from '../model/timeline.ts';
import { formatQuantity } from '../model/unit.ts';
import { type Paint, painter, type TextOptions } from './terminal.ts';
import { type Column, layTable } from './text-table.ts';
import { type TimelineRow, viewTimeline } from './timeline-view.ts';

/** Of several processes the one that was sampled longest; empty when none was sampled twice. */
export function renderTimelineText(timelines: readonly Timeline[], options: TextOptions): string {
  const longest = timelines.reduce<Timeline | undefined>(
    (best, one) => (best && spanOf(best) >= spanOf(one) ? best : one),
    undefined,
  );
  const rows = longest ? viewTimeline(longest) : [];
  if (!longest || rows.length === 0) return '';
  const paint = painter(options.color);
  const others = timelines.length > 1 ? `, the longest of ${timelines.length} processes` : '';
  const span = formatQuantity({ dimension: 'seconds', value: spanOf(longest) });
  const lines = [
    paint('strong', `over the run: ${span} in ${longest.seconds.length} samples${others}`),
    ...layRows(rows, Math.max(60, options.columns), paint),
  ];
  return `${lines.join('\n')}\n`;
}

const spanOf = ({ seconds }: Timeline): number => seconds.at(-1)! - seconds[0]!;

function layRows(rows: readonly TimelineRow[], columns: number, paint: Paint): readonly string[] {
  const inks = { process: undefined, foreign: 'rust', go: 'go' } as const;
  const figure = (head: string, of: (row: TimelineRow) => number): Column => ({
    head,
    align: 'right',
    cells: rows.map((row) => ({ text: formatQuantity({ dimension: row.dimension, value: of(row) }) })),
  });
  return layTable(
    [
      { head: '', align: 'left', cells: rows.map(({ name, side }) => ({ text: name, ink: inks[side] })), least: 12 },
      figure('start', ({ start }) => start),
      figure('end', ({ end }) => end),
      figure('most', ({ most }) => most),
      {
        head: 'course, from zero to the most',
        align: 'left',
        cells: rows.map(({ shape, side }) => ({ text: drawCourse(shape), ink: inks[side] })),
        most: 30,
      },
    ],
    columns,
    paint,
  );
}

const STEPS = '▁▂▃▄▅▆▇█';

/** One sign a stretch; a blank where nothing was known. */
export function drawCourse(shape: readonly (number | undefined)[]): string {
  const most = Math.max(0, ...shape.map((value) => value ?? 0));
  const sign = (value: number | undefined): string => {
    if (value === undefined) return ' ';
    if (most <= 0) return STEPS[0]!;
    return STEPS[Math.min(STEPS.length - 1, Math.max(0, Math.floor((STEPS.length * value) / most)))]!;
  };
  return shape.map(sign).join('');
}

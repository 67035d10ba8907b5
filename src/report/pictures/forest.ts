/**
 * A forest plot of one block of comparisons: the margin as a pale band, an interval as a line, its centre a dot, the
 * verdict as a word at the right, with the numbers of its notes. What is open stays open: the line runs to the edge and
 * ends in an arrow.
 */
import * as Plot from '@observablehq/plot';
import type { ComparisonBlock, ComparisonRow } from '../comparison-view.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot, fitText, textWidth } from './canvas.ts';
import { BAND, FAINT, GROUND, INK, LINE, toneColor } from './palette.ts';
import { makeRatioAxis } from './ratio-axis.ts';

export function drawForest(block: ComparisonBlock, width: number, id: string): Markup {
  const narrow = width < 600;
  const rows = block.rows.map((row, at) => ({ row, at: String(at) }));
  const ratios = block.rows.flatMap((row) => [row.of.ratio, row.of.low, row.of.high]);
  const axis = makeRatioAxis([...ratios, 1 - block.margin, 1 + block.margin], block.changeUnit, narrow ? 4 : 8);
  const label = Math.min(narrow ? 0 : 240, Math.max(0, ...block.rows.map((row) => textWidth(row.label))));
  const words = Math.max(...block.rows.map((row) => textWidth(`${row.change} ${row.interval}`)));
  const verdicts = Math.max(...block.rows.map((row) => textWidth(verdictText(row))));
  const right = narrow ? 12 : words + verdicts + 52;
  const marginLeft = narrow ? 12 : label + 20;
  const height = rows.length * (narrow ? 58 : 32);
  const lowEnd = (row: ComparisonRow) => Math.max(axis.domain[0], row.of.low > 0 ? row.of.low : axis.domain[0]);
  const highEnd = (row: ComparisonRow) =>
    Math.min(axis.domain[1], Number.isFinite(row.of.high) ? row.of.high : axis.domain[1]);
  const y = (each: (typeof rows)[number]) => each.at;
  const drop = narrow ? 12 : 0;
  const open = rows.filter(({ row }) => !(row.of.low > 0) || !Number.isFinite(row.of.high));
  return drawPlot(
    {
      width,
      height: height + 34,
      marginTop: 6,
      marginBottom: 28,
      marginLeft,
      marginRight: right,
      x: { type: 'log', domain: [...axis.domain], label: null },
      y: { type: 'band', domain: rows.map(y), axis: null, padding: 0 },
      marks: [
        ...backdrop(rows, axis.ticks, block.margin, narrow ? WORDS : 0),
        // A thin line between groups.
        Plot.ruleY(
          rows.filter((_, at) => block.groups.some((group) => group.to === at + 1 && group.to < rows.length)),
          { y, dy: (narrow ? 58 : 32) / 2, stroke: LINE, insetLeft: -marginLeft, insetRight: narrow ? 0 : -right },
        ),
        // `text`, not `tickFormat`: a logarithmic scale drops labels that a format function makes.
        Plot.axisX([...axis.ticks], {
          text: (tick: number) => axis.format(tick),
          tickSize: 0,
          fill: FAINT,
          fontSize: 12,
          label: null,
        }),
        Plot.link(rows, {
          x1: ({ row }) => lowEnd(row),
          x2: ({ row }) => highEnd(row),
          y1: y,
          y2: y,
          stroke: ({ row }) => toneColor(row.judgement.tone),
          strokeWidth: 2,
          dy: drop,
        }),
        Plot.text(
          open.filter(({ row }) => !(row.of.low > 0)),
          { x: axis.domain[0], y, text: () => '‹', dx: 2, dy: drop - 1, fill: INK, fontSize: 16 },
        ),
        Plot.text(
          open.filter(({ row }) => !Number.isFinite(row.of.high)),
          { x: axis.domain[1], y, text: () => '›', dx: -2, dy: drop - 1, fill: INK, fontSize: 16 },
        ),
        Plot.dot(
          rows.filter(({ row }) => Number.isFinite(row.of.ratio) && row.of.ratio > 0),
          {
            x: ({ row }) => row.of.ratio,
            y,
            r: 5,
            fill: ({ row }) => toneColor(row.judgement.tone),
            stroke: GROUND,
            strokeWidth: 1.5,
            dy: drop,
          },
        ),
        ...(narrow ? narrowTexts(rows, width - 24) : wideTexts(rows, marginLeft - 16, words, right)),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title: `${block.metric}: ${block.candidate} beside ${block.baseline}`,
      description: block.rows
        .map((row) =>
          [`${row.label}: ${row.change} ${row.interval} ${row.judgement.word}`, marksOf(row)].join(' ').trim(),
        )
        .join('; '),
    },
  );
}

type Rows = readonly { readonly row: ComparisonRow; readonly at: string }[];

/** Height of the words above a line on a phone: margin, grid and the line of no change stay out of them. */
const WORDS = 28;

function backdrop(rows: Rows, ticks: readonly number[], margin: number, insetTop: number): Plot.Markish[] {
  const y = ({ at }: Rows[number]) => at;
  const crossings = rows.flatMap((row) => ticks.map((tick) => ({ ...row, tick })));
  return [
    Plot.barX(rows, { x1: 1 - margin, x2: 1 + margin, y, insetTop, fill: BAND }),
    Plot.tickX(crossings, { x: 'tick', y, insetTop, stroke: LINE }),
    Plot.tickX(rows, { x: 1, y, insetTop, stroke: FAINT }),
  ];
}

function wideTexts(rows: Rows, label: number, words: number, right: number): Plot.Markish[] {
  const y = ({ at }: Rows[number]) => at;
  return [
    Plot.text(rows, {
      y,
      frameAnchor: 'left',
      textAnchor: 'end',
      dx: -12,
      text: ({ row }) => fitText(row.label, label),
      fill: INK,
      fontSize: 12,
    }),
    Plot.text(rows, {
      y,
      frameAnchor: 'right',
      textAnchor: 'end',
      dx: 24 + words,
      text: ({ row }) => `${row.change} ${row.interval}`,
      fill: INK,
      fontSize: 12,
    }),
    Plot.text(rows, {
      y,
      frameAnchor: 'right',
      textAnchor: 'start',
      dx: words + 38,
      text: ({ row }) => fitText(verdictText(row), right),
      fill: ({ row }) => toneColor(row.judgement.tone),
      fontSize: 12,
      fontWeight: 600,
    }),
  ];
}

/** On a phone the words stand above the line, not beside it. */
function narrowTexts(rows: Rows, width: number): Plot.Markish[] {
  const y = ({ at }: Rows[number]) => at;
  const figures = (row: ComparisonRow) => `${row.change} ${row.interval} ${verdictText(row)}`;
  return [
    Plot.text(rows, {
      y,
      frameAnchor: 'left',
      textAnchor: 'start',
      dy: -10,
      text: ({ row }) => fitText(row.label, width - 8 - textWidth(figures(row))),
      fill: INK,
      stroke: GROUND,
      strokeWidth: 4,
      fontSize: 12,
    }),
    Plot.text(rows, {
      y,
      frameAnchor: 'right',
      textAnchor: 'end',
      dy: -10,
      text: ({ row }) => figures(row),
      fill: ({ row }) => toneColor(row.judgement.tone),
      stroke: GROUND,
      strokeWidth: 4,
      fontSize: 12,
    }),
  ];
}

function verdictText(row: ComparisonRow): string {
  return [row.judgement.mark, row.judgement.word, marksOf(row)].join(' ').trim();
}

/** `[1] [3]`, as in the tables. */
const marksOf = ({ notes }: ComparisonRow): string => notes.map((note) => `[${note}]`).join(' ');

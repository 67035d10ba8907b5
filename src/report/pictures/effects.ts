/**
 * Effects and interactions as a tornado: the largest on top, an interval as a line, the margin as a pale band, the word at the
 * right. What is open runs to the edge.
 */
import * as Plot from '@observablehq/plot';
import { chooseChangeUnit } from '../change.ts';
import type { EffectRow, EffectsView } from '../effect-view.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot, fitText, textWidth } from './canvas.ts';
import { BAND, FAINT, GROUND, INK, LINE, toneColor } from './palette.ts';
import { makeRatioAxis } from './ratio-axis.ts';

const ROW = 40;

export function drawEffects(view: EffectsView, margin: number, width: number, id: string): Markup {
  const rows = view.rows.map((row, at) => ({ row, at: String(at) }));
  const ratios = view.rows.flatMap(({ of }) => [of.ratio, of.low, of.high]);
  const unit = chooseChangeUnit(view.rows.map(({ of }) => of.ratio));
  const axis = makeRatioAxis([...ratios, 1 - margin, 1 + margin], unit, width < 600 ? 4 : 8);
  const inside = (ratio: number, open: number) => (Number.isFinite(ratio) && ratio > 0 ? ratio : open);
  const y = ({ at }: (typeof rows)[number]) => at;
  const figure = ({ change, interval, judgement }: EffectRow) =>
    `${change} ${interval} ${judgement.mark} ${judgement.word}`;
  const words = { y, dy: -9, fill: INK, stroke: GROUND, strokeWidth: 4, fontSize: 12 };
  return drawPlot(
    {
      width,
      height: rows.length * ROW + 30,
      marginTop: 2,
      marginBottom: 28,
      marginLeft: 20,
      marginRight: 20,
      x: { type: 'log', domain: [...axis.domain], label: null },
      y: { type: 'band', domain: rows.map(y), axis: null, padding: 0 },
      marks: [
        Plot.barX(rows, { x1: 1 - margin, x2: 1 + margin, y, insetTop: 20, fill: BAND }),
        Plot.tickX(
          rows.flatMap((row) => axis.ticks.map((tick) => ({ ...row, tick }))),
          { x: 'tick', y, insetTop: 20, stroke: LINE },
        ),
        Plot.tickX(rows, { x: 1, y, insetTop: 20, stroke: FAINT }),
        Plot.link(rows, {
          x1: ({ row }) => inside(row.of.low, axis.domain[0]),
          x2: ({ row }) => inside(row.of.high, axis.domain[1]),
          y1: y,
          y2: y,
          dy: 10,
          stroke: ({ row }) => toneColor(row.judgement.tone),
          strokeWidth: 2,
        }),
        Plot.dot(rows, {
          x: ({ row }) => row.of.ratio,
          y,
          dy: 10,
          r: 5,
          fill: ({ row }) => toneColor(row.judgement.tone),
          stroke: GROUND,
          strokeWidth: 1.5,
        }),
        Plot.text(rows, {
          ...words,
          frameAnchor: 'left',
          dx: -18,
          text: ({ row }) => fitText(row.label, width - 60 - textWidth(figure(row))),
        }),
        Plot.text(rows, { ...words, frameAnchor: 'right', dx: 18, text: ({ row }) => figure(row) }),
        Plot.axisX([...axis.ticks], {
          text: (tick: number) => axis.format(tick),
          tickSize: 0,
          fill: FAINT,
          fontSize: 12,
          label: null,
        }),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title: view.title,
      description: view.rows.map((row) => `${row.label}: ${figure(row)}`).join('; '),
    },
  );
}

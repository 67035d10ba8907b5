/**
 * Layers that changed between two builds: how much longer an operation spends in each, with intervals that hold together, the margin
 * of the whole as a pale band, sites below their layer.
 */
import * as Plot from '@observablehq/plot';
import { formatFigure } from '../figure.ts';
import type { LayerRow, LayersView } from '../layer-view.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot, fitText, textWidth } from './canvas.ts';
import { BAND, FAINT, GROUND, INK, LINE, toneColor } from './palette.ts';

const ROW = 40;

export function drawLayerChanges(view: LayersView, width: number, id: string): Markup {
  const { factor, name } = view.unit;
  const rows = view.rows.flatMap((row, at) => (row.of === undefined ? [] : [{ row, of: row.of, at: String(at) }]));
  const reach = view.reachS / factor;
  const ends = rows.flatMap(({ of }) => [of.low / factor, of.high / factor]).filter(Number.isFinite);
  const [least, most] = [Math.min(...ends, -reach), Math.max(...ends, reach)];
  const air = (most - least || 1) * 0.05;
  const domain = [least - air, most + air] as const;
  const y = ({ at }: (typeof rows)[number]) => at;
  const end = (seconds: number, open: number) => (Number.isFinite(seconds) ? seconds / factor : open);
  const figure = ({ delta, interval, judgement }: LayerRow) =>
    `${delta} ${interval} ${judgement === undefined ? '' : `${judgement.mark} ${judgement.word}`}`.trim();
  const label = (row: LayerRow) => (row.kind === 'site' ? `· ${row.label}` : row.label);
  const tone = ({ row }: (typeof rows)[number]) => toneColor(row.judgement?.tone ?? 'plain');
  const words = { y, dy: -9, stroke: GROUND, strokeWidth: 4, fontSize: 12 };
  return drawPlot(
    {
      width,
      height: rows.length * ROW + 30,
      marginTop: 2,
      marginBottom: 28,
      marginLeft: 20,
      marginRight: 20,
      x: { domain: [...domain], label: null },
      y: { type: 'band', domain: rows.map(y), axis: null, padding: 0 },
      marks: [
        Plot.barX(rows, { x1: -reach, x2: reach, y, insetTop: 20, fill: BAND }),
        Plot.gridX({ ticks: width < 600 ? 4 : 8, stroke: LINE, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: FAINT }),
        Plot.link(rows, {
          x1: ({ of }) => end(of.low, domain[0]),
          x2: ({ of }) => end(of.high, domain[1]),
          y1: y,
          y2: y,
          dy: 10,
          stroke: tone,
          strokeWidth: 2,
        }),
        Plot.dot(rows, {
          x: ({ of }) => of.delta / factor,
          y,
          dy: 10,
          r: ({ row }) => (row.kind === 'site' ? 3.5 : 5),
          fill: tone,
          stroke: GROUND,
          strokeWidth: 1.5,
        }),
        Plot.text(rows, {
          ...words,
          frameAnchor: 'left',
          dx: -18,
          fill: INK,
          text: ({ row }) => fitText(label(row), width - 60 - textWidth(figure(row))),
        }),
        Plot.text(rows, { ...words, frameAnchor: 'right', dx: 18, fill: tone, text: ({ row }) => figure(row) }),
        Plot.axisX({
          ticks: width < 600 ? 4 : 8,
          tickSize: 0,
          fill: FAINT,
          fontSize: 12,
          label: null,
          tickFormat: (tick: number) => (tick === 0 ? `0 ${name}` : `${tick > 0 ? '+' : ''}${formatFigure(tick)}`),
        }),
      ],
      color: { type: 'identity' },
      r: { type: 'identity' },
    },
    {
      id,
      title: `Where it changed: ${view.title}`,
      description: rows.map(({ row }) => `${row.label}: ${figure(row)}`).join('; '),
    },
  );
}

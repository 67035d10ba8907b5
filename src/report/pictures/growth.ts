/**
 * Curves of one factor at one set of other levels, both axes logarithmic: a dot a level with its interval, the fitted curve
 * as a line in the path's colour. Where none was fitted there is none: dots are not joined.
 */
import * as Plot from '@observablehq/plot';
import type { GrowthLine, GrowthPanel } from '../growth-panel.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot } from './canvas.ts';
import { FAINT, GROUND, LINE, pathColor } from './palette.ts';

const HEIGHT = 220;

export function drawGrowth(panel: GrowthPanel, width: number, id: string): Markup {
  const color = ({ path }: GrowthLine) => pathColor(path);
  const dots = panel.lines.flatMap((line) => line.dots.map((dot) => ({ ...dot, color: color(line) })));
  const { sizes, domain } = panel;
  // As many sizes as have room for their names, the last always among them.
  const every = Math.ceil(sizes.length / 4);
  const named = sizes.filter((_, at) => (sizes.length - 1 - at) % every === 0);
  const names = new Map(sizes.map(({ x, name }) => [x, name]));
  return drawPlot(
    {
      width,
      height: HEIGHT,
      marginTop: 8,
      marginBottom: 24,
      marginLeft: 60,
      marginRight: 24,
      x: { type: 'log', label: null },
      y: { type: 'log', domain: [...domain], label: null },
      marks: [
        Plot.gridY(
          panel.ticks.map(({ value }) => value),
          { stroke: LINE, strokeOpacity: 1 },
        ),
        ...panel.lines.map((line) =>
          Plot.line(line.fitted, { x: 'x', y: 'value', stroke: color(line), strokeWidth: 1.5, curve: 'linear' }),
        ),
        Plot.link(
          dots.filter(({ low, high }) => low > 0 && Number.isFinite(high)),
          { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: 'color', strokeWidth: 2 },
        ),
        Plot.dot(dots, { x: 'x', y: 'value', r: 3.5, fill: 'color', stroke: GROUND, strokeWidth: 1 }),
        Plot.axisY(
          panel.ticks.map(({ value }) => value),
          {
            text: (value: number) => panel.ticks.find((tick) => tick.value === value)?.name ?? '',
            tickSize: 0,
            fill: FAINT,
            fontSize: 11,
            label: null,
          },
        ),
        Plot.axisX(
          named.map(({ x }) => x),
          { text: (x: number) => names.get(x) ?? '', tickSize: 0, fill: FAINT, fontSize: 11, label: null },
        ),
      ],
      color: { type: 'identity' },
    },
    { id, title: panel.title, description: panel.lines.map(({ said }) => said).join('; ') },
  );
}

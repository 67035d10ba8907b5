/**
 * The shift function of one comparison: how far each quantile of single operations moved, quick ones at the left, slow ones at
 * the right. The band holds for all quantiles at once. A level line says that everything got slower alike, a rising one that the
 * tail did.
 */
import * as Plot from '@observablehq/plot';
import type { QuantileShift } from '../../model/result.ts';
import { type ChangeUnit, formatChange } from '../change.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot } from './canvas.ts';
import { BAND, ENTRY, FAINT, GROUND, INK, LINE } from './palette.ts';
import { makeRatioAxis } from './ratio-axis.ts';

export interface ShiftPicture {
  readonly title: string;
  readonly quantiles: readonly QuantileShift[];
  readonly margin: number;
  readonly changeUnit: ChangeUnit;
}

const HEIGHT = 220;

export function drawShift({ title, quantiles, margin, changeUnit }: ShiftPicture, width: number, id: string): Markup {
  const points = quantiles.map((each) => ({ ...each, name: `p${Number((100 * each.quantile).toPrecision(4))}` }));
  const finite = points.flatMap(({ ratio, low, high }) => [ratio, low, high]);
  const axis = makeRatioAxis([...finite, 1 - margin, 1 + margin], changeUnit, 5);
  const inside = (ratio: number, open: number) =>
    Number.isFinite(ratio) && ratio > 0 ? Math.min(axis.domain[1], Math.max(axis.domain[0], ratio)) : open;
  const low = (each: QuantileShift) => inside(each.low, axis.domain[0]);
  const high = (each: QuantileShift) => inside(each.high, axis.domain[1]);
  return drawPlot(
    {
      width,
      height: HEIGHT,
      marginTop: 8,
      marginBottom: 24,
      marginLeft: 60,
      marginRight: 12,
      x: { type: 'point', domain: points.map(({ name }) => name), label: null, padding: 0.4 },
      y: { type: 'log', domain: [...axis.domain], label: null },
      marks: [
        Plot.rect([0], { y1: inside(1 - margin, 1), y2: inside(1 + margin, 1), fill: BAND }),
        Plot.gridY([...axis.ticks], { stroke: LINE, strokeOpacity: 1 }),
        Plot.ruleY([1], { stroke: FAINT }),
        Plot.areaY(points, { x: 'name', y1: low, y2: high, fill: ENTRY, fillOpacity: 0.22, curve: 'linear' }),
        Plot.line(points, { x: 'name', y: 'ratio', stroke: INK, strokeWidth: 1.5, curve: 'linear' }),
        Plot.dot(points, { x: 'name', y: 'ratio', r: 3.5, fill: INK, stroke: GROUND, strokeWidth: 1 }),
        Plot.axisY([...axis.ticks], {
          text: (tick: number) => axis.format(tick),
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
        }),
        Plot.axisX({ tickSize: 0, fill: FAINT, fontSize: 11, label: null }),
      ],
    },
    {
      id,
      title: `Single operations, quick to slow: ${title}`,
      description: points
        .map(({ name, ratio, low: from, high: to }) => {
          const said = formatChange(ratio, from, to, changeUnit, margin);
          return `${name} ${said.change} ${said.interval}`;
        })
        .join('; '),
    },
  );
}

/**
 * Block by block in run order: each block's ratio as a dot (judged filled, fresh larger), A/A as a thin ring, the estimate's
 * interval as a band through the blocks it rests on. No smoothing: a drift should look like one.
 */
import * as Plot from '@observablehq/plot';
import type { ChangeUnit } from '../change.ts';
import type { Markup } from '../page/markup.ts';
import { blockAxis } from './block-axis.ts';
import { drawPlot } from './canvas.ts';
import { BAND, ENTRY, FAINT, INK, LINE } from './palette.ts';
import { makeCloseAxis } from './ratio-axis.ts';

export interface Series {
  readonly title: string;
  readonly figure: string;
  readonly points: readonly {
    readonly block: number;
    readonly ratio: number;
    readonly stage: 'judged' | 'fresh' | 'aa';
  }[];
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly margin: number;
  readonly changeUnit: ChangeUnit;
}

export function drawSeries(series: Series, width: number, height: number, id: string): Markup {
  const points = series.points.filter((point) => Number.isFinite(point.ratio) && point.ratio > 0);
  const blocks = points.map((point) => point.block);
  const ends = [series.low, series.high].filter((end) => Number.isFinite(end) && end > 0);
  const near = Math.abs(Math.log(series.ratio)) < 0.12;
  const band = near ? [1 - series.margin, 1 + series.margin] : [];
  const axis = makeCloseAxis([...points.map((point) => point.ratio), ...ends, ...band], series.changeUnit, 4);
  const inside = (ratio: number) => Math.min(axis.domain[1], Math.max(axis.domain[0], ratio));
  const first = Math.min(...blocks, 1);
  const last = Math.max(...blocks, first + 1);
  const by = (stage: Series['points'][number]['stage']) => points.filter((point) => point.stage === stage);
  const showMargin = axis.domain[0] < 1 + series.margin && axis.domain[1] > 1 - series.margin;
  return drawPlot(
    {
      width,
      height,
      marginTop: 8,
      marginBottom: 24,
      marginLeft: 56,
      marginRight: 10,
      x: { domain: [first - 0.5, last + 0.5], label: null },
      y: { type: 'log', domain: [...axis.domain], label: null },
      marks: [
        ...(showMargin
          ? [Plot.rect([0], { y1: inside(1 - series.margin), y2: inside(1 + series.margin), fill: BAND })]
          : []),
        Plot.gridY(axis.ticks, { stroke: LINE, strokeOpacity: 1 }),
        ...(axis.domain[0] <= 1 && axis.domain[1] >= 1 ? [Plot.ruleY([1], { stroke: FAINT })] : []),
        ...(ends.length === 2
          ? [
              Plot.rect([0], { y1: inside(series.low), y2: inside(series.high), fill: ENTRY, fillOpacity: 0.22 }),
              Plot.ruleY([series.ratio], { stroke: INK, strokeWidth: 1.25 }),
            ]
          : []),
        Plot.dot(by('judged'), { x: 'block', y: 'ratio', r: 2, fill: INK, fillOpacity: 0.75, stroke: 'none' }),
        Plot.dot(by('fresh'), { x: 'block', y: 'ratio', r: 3.2, fill: INK, stroke: 'none' }),
        Plot.dot(by('aa'), { x: 'block', y: 'ratio', r: 4, fill: 'none', stroke: FAINT, strokeWidth: 1.25 }),
        Plot.axisY([...axis.ticks], {
          text: (tick: number) => axis.format(tick),
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
        }),
        blockAxis(),
      ],
    },
    {
      id,
      title: `Blocks in run order, ${series.title}`,
      description: `${points.length} blocks; estimate ${series.figure}`,
    },
  );
}

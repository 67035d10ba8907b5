/** Paths side by side at one set of levels: bars from zero in the language's colour, the interval on each end, one unit. */
import * as Plot from '@observablehq/plot';
import type { Markup } from '../page/markup.ts';
import type { PathBar, PathGroup } from '../path-view.ts';
import { drawPlot, fitText, textWidth } from './canvas.ts';
import { FAINT, GROUND, INK, LINE, pathColor } from './palette.ts';

export interface BarsOptions {
  readonly width: number;
  readonly id: string;
  readonly metric: string;
  /** Arms drawn hollow: the baselines of builds. */
  readonly hollow: ReadonlySet<string>;
}

export function drawBars(group: PathGroup, { width, id, metric, hollow }: BarsOptions): Markup {
  const bars = group.bars.map((bar, at) => ({ bar, at: String(at) }));
  const name = (bar: PathBar) => [bar.title, bar.label].filter((part) => part !== '').join(' · ');
  const label = Math.min(width * 0.38, Math.max(...group.bars.map((bar) => textWidth(name(bar)))));
  const values = Math.max(...group.bars.map((bar) => textWidth(`${bar.value} ${bar.interval}`)));
  const scale = (value: number) => value / group.unit.factor;
  const finite = group.bars.flatMap((bar) => [bar.of.value, bar.of.high]).filter(Number.isFinite);
  const longest = scale(Math.max(...finite, 0)) || 1;
  const y = (each: (typeof bars)[number]) => each.at;
  const known = bars.filter(({ bar }) => Number.isFinite(bar.of.value));
  const ranged = known.filter(({ bar }) => Number.isFinite(bar.of.low) && Number.isFinite(bar.of.high));
  const isHollow = ({ bar }: (typeof bars)[number]) => hollow.has(bar.of.arm) || hollow.has(bar.of.treatment);
  return drawPlot(
    {
      width,
      height: bars.length * 30 + 30,
      marginTop: 4,
      marginBottom: 24,
      marginLeft: label + 14,
      marginRight: values + 14,
      x: { domain: [0, longest], label: null },
      y: { type: 'band', domain: bars.map(y), axis: null, padding: 0.3 },
      marks: [
        Plot.gridX({ ticks: 3, stroke: LINE, strokeOpacity: 1 }),
        Plot.axisX({
          ticks: 3,
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
          tickFormat: (tick: number) =>
            `${tick.toLocaleString('en-US')}${tick === 0 && group.unit.name !== '' ? ` ${group.unit.name}` : ''}`,
        }),
        Plot.barX(
          known.filter((each) => !isHollow(each)),
          { x1: 0, x2: ({ bar }) => scale(bar.of.value), y, fill: ({ bar }) => pathColor(bar.path), rx: 1 },
        ),
        Plot.barX(known.filter(isHollow), {
          x1: 0,
          x2: ({ bar }) => scale(bar.of.value),
          y,
          fill: GROUND,
          stroke: ({ bar }) => pathColor(bar.path),
          strokeWidth: 2,
          inset: 1,
        }),
        Plot.link(ranged, {
          x1: ({ bar }) => scale(Math.max(0, bar.of.low)),
          x2: ({ bar }) => scale(bar.of.high),
          y1: y,
          y2: y,
          stroke: INK,
          strokeWidth: 1.5,
        }),
        Plot.ruleX([0], { stroke: FAINT }),
        Plot.text(bars, {
          y,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          text: ({ bar }) => fitText(name(bar), label),
          fill: INK,
          fontSize: 12,
        }),
        Plot.text(bars, {
          y,
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: values + 10,
          text: ({ bar }) => `${bar.value} ${bar.interval}`,
          fill: INK,
          fontSize: 12,
        }),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title: `${metric}${group.label === '' ? '' : ` at ${group.label}`}`,
      description: group.bars.map((bar) => `${name(bar)}: ${bar.value} ${bar.interval} ${group.unit.name}`).join('; '),
    },
  );
}

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

/** Pixels of a bar and the words above it. */
const ROW = 40;

export function drawBars(group: PathGroup, { width, id, metric, hollow }: BarsOptions): Markup {
  const bars = group.bars.map((bar, at) => ({ bar, at: String(at) }));
  const name = (bar: PathBar) => [bar.title, bar.label].filter((part) => part !== '').join(' · ');
  const scale = (value: number) => value / group.unit.factor;
  const finite = group.bars.flatMap((bar) => [bar.of.value, bar.of.high]).filter(Number.isFinite);
  const longest = scale(Math.max(...finite, 0)) || 1;
  const y = (each: (typeof bars)[number]) => each.at;
  const known = bars.filter(({ bar }) => Number.isFinite(bar.of.value));
  const ranged = known.filter(({ bar }) => Number.isFinite(bar.of.low) && Number.isFinite(bar.of.high));
  const isHollow = ({ bar }: (typeof bars)[number]) => hollow.has(bar.of.arm) || hollow.has(bar.of.treatment);
  const figure = (bar: PathBar) => [bar.value, group.unit.name, bar.interval].filter((part) => part !== '').join(' ');
  // The words stand above the bar, so that bars have the whole width to differ in.
  const bar = {
    x1: 0,
    x2: ({ bar: each }: (typeof bars)[number]) => scale(each.of.value),
    y,
    insetTop: 20,
    insetBottom: 8,
  };
  return drawPlot(
    {
      width,
      height: bars.length * ROW + 26,
      marginTop: 0,
      marginBottom: 26,
      marginLeft: 2,
      marginRight: 8,
      x: { domain: [0, longest], label: null },
      y: { type: 'band', domain: bars.map(y), axis: null, padding: 0 },
      marks: [
        Plot.gridX({ ticks: 4, stroke: LINE, strokeOpacity: 1 }),
        Plot.axisX({
          ticks: 4,
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
          textAnchor: 'middle',
          tickFormat: (tick: number) => (tick === 0 ? '' : tick.toLocaleString('en-US')),
        }),
        Plot.barX(
          known.filter((each) => !isHollow(each)),
          { ...bar, fill: ({ bar: each }) => pathColor(each.path) },
        ),
        Plot.barX(known.filter(isHollow), {
          ...bar,
          fill: GROUND,
          stroke: ({ bar: each }) => pathColor(each.path),
          strokeWidth: 1.5,
        }),
        Plot.link(ranged, {
          x1: ({ bar: each }) => scale(Math.max(0, each.of.low)),
          x2: ({ bar: each }) => scale(each.of.high),
          y1: y,
          y2: y,
          dy: 7.5,
          stroke: INK,
          strokeWidth: 2,
        }),
        Plot.ruleX([0], { stroke: FAINT }),
        Plot.text(bars, {
          y,
          frameAnchor: 'left',
          dy: -9,
          dx: 1,
          text: ({ bar: each }) => fitText(name(each), width - 16 - textWidth(figure(each))),
          fill: INK,
          stroke: GROUND,
          strokeWidth: 4,
          fontSize: 12,
        }),
        Plot.text(bars, {
          y,
          frameAnchor: 'right',
          dy: -9,
          text: ({ bar: each }) => figure(each),
          fill: INK,
          stroke: GROUND,
          strokeWidth: 4,
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

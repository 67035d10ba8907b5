/**
 * A half-normal plot of effects (Daniel, Technometrics 1, 1959): sizes against what the sizes of mere chance would be. Those
 * lie on a line through the origin, whose slope is Lenth's pseudo standard error; what stands far right of it is more than
 * chance. The dashed lines are sizes that one effect of nothing, and the largest of all of them, pass in 5 of 100 studies.
 */
import * as Plot from '@observablehq/plot';
import type { EffectNoise } from '../../model/result.ts';
import type { EffectRow } from '../effect-view.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot, fitText } from './canvas.ts';
import { ENTRY, FAINT, GROUND, INK, LINE } from './palette.ts';
import { makeRatioAxis } from './ratio-axis.ts';

const HEIGHT = 260;
/** Names of more would run into each other. */
const MOST_NAMED = 5;

export function drawHalfNormal(rows: readonly EffectRow[], noise: EffectNoise, width: number, id: string): Markup {
  const points = rows
    .map(({ label, of }) => ({ label, size: Math.abs(Math.log(of.ratio)), score: of.score }))
    .filter(({ size }) => Number.isFinite(size))
    .sort((a, b) => b.size - a.size);
  const most = Math.max(...points.map(({ size }) => size), noise.largest) * 1.08;
  const top = Math.max(...points.map(({ score }) => score), 1) * 1.1;
  const slope = Math.min(top, most / noise.pse);
  const percent = (size: number) => `${Number(((Math.exp(size) - 1) * 100).toPrecision(2))} %`;
  const ticks = makeRatioAxis([1, Math.exp(most)], '%', 6)
    .ticks.map(Math.log)
    .filter((size) => size >= 0 && size <= most);
  const lines = [
    { size: noise.one, name: 'one of nothing' },
    { size: noise.largest, name: 'the largest of nothing' },
  ];
  const named = points.slice(0, MOST_NAMED).filter(({ size }) => size > noise.one);
  const left = ({ size }: { readonly size: number }) => size > most / 2;
  return drawPlot(
    {
      width,
      height: HEIGHT,
      marginTop: 22,
      marginBottom: 36,
      marginLeft: 36,
      marginRight: 16,
      x: { domain: [0, most], label: null },
      y: { domain: [0, top], label: null },
      marks: [
        Plot.gridX(ticks, { stroke: LINE, strokeOpacity: 1 }),
        Plot.link([0], { x1: 0, y1: 0, x2: slope * noise.pse, y2: slope, stroke: ENTRY, strokeWidth: 1.5 }),
        Plot.ruleX(lines, { x: 'size', stroke: FAINT, strokeDasharray: '4 3' }),
        ...lines.map((line, at) =>
          Plot.text([line], {
            ...{ x: 'size', frameAnchor: 'top', dx: at === 0 ? 4 : -4, dy: -14, fill: FAINT, fontSize: 11 },
            text: ({ name }) => (width < 500 ? name.replace(' of nothing', '') : name),
            textAnchor: at === 0 ? 'end' : 'start',
          }),
        ),
        Plot.dot(points, { x: 'size', y: 'score', r: 4, fill: INK, stroke: GROUND, strokeWidth: 1 }),
        ...[true, false].map((before) =>
          Plot.text(
            named.filter((each) => left(each) === before),
            {
              ...{ x: 'size', y: 'score', dx: before ? -8 : 8, textAnchor: before ? 'end' : 'start' },
              text: ({ label }) => fitText(label, width / 2 - 30),
              ...{ fill: INK, stroke: GROUND, strokeWidth: 4, fontSize: 12 },
            },
          ),
        ),
        Plot.axisX(ticks, { text: percent, tickSize: 0, fill: FAINT, fontSize: 11, label: null }),
        Plot.axisY({ ticks: 4, tickSize: 0, fill: FAINT, fontSize: 11, label: null }),
      ],
    },
    {
      id,
      title: 'Sizes of effects beside what chance would make of them',
      description: `${points.length} effects; one of nothing passes ${percent(noise.one)} in 5 of 100 studies, the largest of all ${percent(noise.largest)}; ${
        points
          .filter(({ size }) => size > noise.largest)
          .map(({ label, size }) => `${label} ${percent(size)}`)
          .join(', ') || 'none is beyond that'
      }`,
    },
  );
}

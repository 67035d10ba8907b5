/**
 * One process over time: panels below each other over the same seconds, each from zero to its own most, which stands beside
 * its name. The ground is darker where the timed batches lie.
 */
import * as Plot from '@observablehq/plot';
import { unitFor } from '../../model/unit.ts';
import type { Markup } from '../page/markup.ts';
import type { TimelinePanels } from '../runtimes-view.ts';
import { drawPlot } from './canvas.ts';
import { BAND, FAINT, GO, INK, LINE, RUST } from './palette.ts';

const PANEL_HEIGHT = 46;
const COLORS = { go: GO, foreign: RUST, process: INK } as const;

export function drawTimeline({ label, panels, endS, windowS }: TimelinePanels, width: number, id: string): Markup {
  const unit = unitFor('seconds', endS);
  const names = panels.map(({ name }) => name);
  const points = panels.flatMap(({ name, side, points: own }) =>
    own.map(({ x, y }) => ({ name, color: COLORS[side], x: x / unit.factor, y })),
  );
  const heads = panels.map(({ name, most }) => ({ name, text: `${name}, to ${most}` }));
  const timed = windowS
    ? names.map((name) => ({ name, x1: windowS[0] / unit.factor, x2: Math.min(windowS[1], endS) / unit.factor }))
    : [];
  return drawPlot(
    {
      width,
      height: panels.length * PANEL_HEIGHT + 26,
      marginTop: 4,
      marginBottom: 22,
      marginLeft: 18,
      marginRight: 12,
      x: { domain: [0, endS / unit.factor], label: null },
      y: { domain: [0, 1.6], axis: null },
      fy: { domain: names, axis: null, padding: 0.08 },
      marks: [
        Plot.rect(timed, { fy: 'name', x1: 'x1', x2: 'x2', y1: 0, y2: 1.6, fill: BAND }),
        Plot.ruleY([0], { stroke: LINE }),
        Plot.line(points, { fy: 'name', x: 'x', y: 'y', z: 'name', stroke: 'color', strokeWidth: 1.5 }),
        Plot.text(heads, { fy: 'name', text: 'text', frameAnchor: 'top-left', dy: 2, fill: FAINT, fontSize: 11 }),
        Plot.axisX({
          ticks: 4,
          tickSize: 0,
          tickFormat: (x: number) => `${x} ${unit.name}`,
          fill: FAINT,
          fontSize: 11,
          label: null,
        }),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title: `Over time: ${label}`,
      description: panels.map(({ name, most }) => `${name} up to ${most}`).join('; '),
    },
  );
}

/**
 * A search as it narrowed: probes from left to right, versions from the oldest at the top, the darker the likelier to be the
 * first slower one. A dot is the version that was probed: filled where the block was slower than half of what is sought.
 */
import * as Plot from '@observablehq/plot';
import type { Bisection } from '../../model/bisection.ts';
import type { Markup } from '../page/markup.ts';
import { blockAxis } from './block-axis.ts';
import { drawPlot } from './canvas.ts';
import { ENTRY, FAINT, GROUND, INK, LINE } from './palette.ts';

/** Below this a cell could not be seen. */
const LEAST = 0.01;
/** Columns at most: of more probes every second, third … is shown, and the last. */
const MOST_COLUMNS = 120;

/** Undefined where this line was never probed. */
export function drawPosterior(found: Bisection, at: number, width: number, id: string): Markup | undefined {
  const line = found.lines[at];
  const probes = found.probes.filter((probe) => probe.line === at);
  if (!line || !found.sought || probes.length === 0) return undefined;
  const half = found.sought.effect.centre / 2;
  const every = Math.ceil(probes.length / MOST_COLUMNS);
  const shown = probes
    .map((probe, number) => ({ ...probe, number: number + 1 }))
    .filter(({ number }) => number % every === 0 || number === probes.length);
  const cells = shown.flatMap(({ number, posterior }) =>
    posterior.flatMap((share, version) => (share >= LEAST ? [{ number, version, share }] : [])),
  );
  const dots = shown.map(({ number, version, ratio }) => ({ number, version, slow: Math.log(ratio) > half }));
  const count = line.versions.length;
  const likeliest = line.versions.reduce(
    (best, each, index) => (each.probability > line.versions[best]!.probability ? index : best),
    0,
  );
  const labels = [...new Set([0, likeliest, count - 1])];
  return drawPlot(
    {
      width,
      height: Math.min(420, Math.max(120, count * 7 + 40)),
      marginTop: 6,
      marginBottom: 24,
      marginLeft: 84,
      marginRight: 10,
      x: { domain: [0.5, probes.length + 0.5], label: null },
      y: { domain: [count - 0.5, -0.5], label: null },
      marks: [
        Plot.ruleY([-0.5, count - 0.5], { stroke: LINE }),
        Plot.rect(cells, {
          x1: ({ number }) => number - every / 2,
          x2: ({ number }) => number + every / 2,
          y1: ({ version }) => version - 0.5,
          y2: ({ version }) => version + 0.5,
          fill: ENTRY,
          fillOpacity: ({ share }) => Math.sqrt(share),
        }),
        Plot.dot(dots, {
          x: 'number',
          y: 'version',
          r: 2.6,
          fill: ({ slow }) => (slow ? INK : GROUND),
          stroke: INK,
        }),
        Plot.axisY(labels, {
          text: (version: number) => line.versions[version]?.name ?? '',
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
        }),
        blockAxis(),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title: `How the search narrowed: ${count} ${line.what}`,
      description: `After ${probes.length} blocks ${line.versions[likeliest]?.name} is likeliest, ${line.versions[likeliest]?.probability.toFixed(3)}`,
    },
  );
}

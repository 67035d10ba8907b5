/** Where an operation's time goes: one bar a treatment, as long as the operation, cut into Go self and each site's entry, callee and return. */
import * as Plot from '@observablehq/plot';
import type { TreatmentCrossings } from '../crossing-view.ts';
import { type ChosenUnit, formatFigure } from '../figure.ts';
import type { Markup } from '../page/markup.ts';
import { drawPlot, fitText, textWidth } from './canvas.ts';
import { ENTRY, FAINT, GO, HELPER, INK, LINE, RETURN, RUST } from './palette.ts';

export interface LayersOptions {
  readonly width: number;
  readonly id: string;
  readonly unit: ChosenUnit;
  readonly title: string;
  readonly nameOf: (treatment: TreatmentCrossings) => string;
}

interface Segment {
  readonly at: string;
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

export function drawLayers(
  treatments: readonly TreatmentCrossings[],
  { width, id, unit, title, nameOf }: LayersOptions,
): Markup {
  const narrow = width < 600;
  const rows = treatments.map((treatment, at) => ({
    treatment,
    at: String(at),
    whole: wholeOf(treatment) / unit.factor,
  }));
  const segments = rows.flatMap(({ treatment, at }) => cut(treatment, at, unit.factor));
  const longest = Math.max(...rows.map((row) => row.whole), 0) || 1;
  const label = Math.min(narrow ? 110 : 200, Math.max(...treatments.map((each) => textWidth(nameOf(each)))));
  // A seam between parts, but only where a part is wide enough to keep its colour.
  const plot = width - label - 120;
  const thick = (segment: Segment) => ((segment.to - segment.from) / longest) * plot > 4;
  const seams = [true, false].map((is) => [is, segments.filter((segment) => thick(segment) === is)] as const);
  const total = (row: (typeof rows)[number]) => `${formatFigure(row.whole)} ${unit.name}`;
  const right = Math.max(...rows.map((row) => textWidth(total(row))));
  return drawPlot(
    {
      width,
      height: rows.length * 34 + 30,
      marginTop: 4,
      marginBottom: 24,
      marginLeft: label + 14,
      marginRight: right + 14,
      x: { domain: [0, longest], label: null },
      y: { type: 'band', domain: rows.map((row) => row.at), axis: null, padding: 0.28 },
      marks: [
        Plot.gridX({ ticks: narrow ? 3 : 6, stroke: LINE, strokeOpacity: 1 }),
        Plot.axisX({
          ticks: narrow ? 3 : 6,
          tickSize: 0,
          fill: FAINT,
          fontSize: 11,
          label: null,
          tickFormat: (tick: number) => `${tick.toLocaleString('en-US')}${tick === 0 ? ` ${unit.name}` : ''}`,
        }),
        ...seams.map(([wide, some]) =>
          Plot.barX(some, {
            x1: 'from',
            x2: 'to',
            y: 'at',
            fill: 'color',
            // The return's slate is pale by itself: its edge is the entry's.
            ...(wide
              ? {
                  insetRight: 1,
                  stroke: (part: Segment) => (part.color === RETURN ? ENTRY : part.color),
                  strokeWidth: 1,
                  insetLeft: 0.5,
                  insetTop: 0.5,
                  insetBottom: 0.5,
                }
              : {}),
          }),
        ),
        Plot.ruleX([0], { stroke: FAINT }),
        Plot.text(rows, {
          y: 'at',
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          text: ({ treatment }) => fitText(nameOf(treatment), label),
          fill: INK,
          fontSize: 12,
        }),
        Plot.text(rows, {
          y: 'at',
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: right + 10,
          text: total,
          fill: INK,
          fontSize: 12,
        }),
      ],
      color: { type: 'identity' },
    },
    {
      id,
      title,
      description: rows
        .map((row) => `${nameOf(row.treatment)}: ${total(row)} an operation, ${describe(row.treatment, unit)}`)
        .join('; '),
    },
  );
}

/** Seconds of an operation, or of its calls where only these are known. */
export function wholeOf(treatment: TreatmentCrossings): number {
  return (
    treatment.operationS ??
    treatment.map.rows.reduce((sum, row) => (row.kind === 'callback' ? sum : sum + row.totalS), 0)
  );
}

/** Callbacks lie inside their call's callee and are not laid beside it. */
function cut(treatment: TreatmentCrossings, at: string, factor: number): readonly Segment[] {
  const parts = [
    { seconds: treatment.goSelfS ?? 0, color: GO },
    ...treatment.map.rows
      .filter((row) => row.kind !== 'callback')
      .flatMap((row) =>
        // A copy crosses nothing, or no further than malloc: it has a place for entry and return, but not their meaning.
        row.kind === 'copy'
          ? [{ seconds: row.totalS, color: HELPER }]
          : [
              { seconds: row.entryS, color: ENTRY },
              { seconds: row.calleeS, color: row.helper ? HELPER : RUST },
              { seconds: row.returnS, color: RETURN },
            ],
      ),
  ];
  let from = 0;
  return parts
    .filter((part) => part.seconds > 0)
    .map((part) => {
      const segment = { at, from, to: from + part.seconds / factor, color: part.color };
      from = segment.to;
      return segment;
    });
}

function describe(treatment: TreatmentCrossings, unit: ChosenUnit): string {
  const go = treatment.goSelf === undefined ? [] : [`Go self ${treatment.goSelf}`];
  return [
    ...go,
    ...treatment.map.rows.map((row) => `${row.site} entry ${row.entry}, callee ${row.callee}, return ${row.return}`),
  ]
    .join(', ')
    .concat(` ${unit.name}`);
}

/**
 * Every kind of picture by its name, for use alone: a file of its own that shows by day and by night, or the numbers behind it. A
 * kind whose data a study lacks has no pictures. A new kind is one file in pictures/ and one line here.
 */
import type { Result } from '../model/result.ts';
import type { Timeline } from '../model/timeline.ts';
import { unitFor } from '../model/unit.ts';
import { displayTreatment, PATH_TITLES } from './names.ts';
import type { Markup } from './page/markup.ts';
import { frame, type LegendEntry } from './pictures/alone.ts';
import { drawBars } from './pictures/bars.ts';
import { drawEffects } from './pictures/effects.ts';
import { drawForest } from './pictures/forest.ts';
import { drawGrowth } from './pictures/growth.ts';
import { drawHalfNormal } from './pictures/half-normal.ts';
import { drawLayerChanges } from './pictures/layer-changes.ts';
import { drawLayers, wholeOf } from './pictures/layers.ts';
import { BAND, ENTRY, GO, HELPER, INK, pathColor, RETURN, RUST } from './pictures/palette.ts';
import { drawSeries, type Series } from './pictures/series.ts';
import { drawShift } from './pictures/shift.ts';
import { drawTimeline } from './pictures/timeline.ts';
import { viewSelfSeries, viewSeries } from './series-view.ts';
import { type View, viewResult } from './view.ts';

/** A row of the numbers behind a picture. */
export type DataRow = Readonly<Record<string, string | number>>;

interface Picture {
  readonly title: string;
  readonly draw: (width: number, id: string) => Markup;
  readonly data: readonly DataRow[];
  readonly legend?: readonly LegendEntry[];
}

interface Kind {
  readonly shows: string;
  readonly list: (view: View, result: Result) => readonly Picture[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  forest: { shows: 'what was compared, with intervals and the margin', list: listForests },
  blocks: { shows: 'each block in run order', list: (view, result) => viewSeries(view, result).map(ofSeries) },
  self: { shows: 'a treatment against itself', list: (view, result) => viewSelfSeries(view, result).map(ofSeries) },
  shift: { shows: 'how far each quantile of single operations moved', list: listShifts },
  layers: { shows: 'where a change between builds comes from', list: listLayers },
  paths: { shows: 'paths or treatments side by side', list: listBars },
  map: { shows: "where an operation's time goes", list: listMaps },
  effects: { shows: 'effects and interactions', list: listEffects },
  'half-normal': { shows: 'effects beside what chance would make of them', list: listHalfNormal },
  growth: { shows: 'how time grows with a factor', list: listGrowth },
  runtimes: { shows: 'both runtimes over time', list: listRuntimes },
};

export const PICTURE_NAMES: readonly string[] = Object.keys(KINDS);

/** What there is in a study: `forest` with its number of pictures. */
export function listPictures(result: Result): readonly { name: string; shows: string; titles: readonly string[] }[] {
  const view = viewResult(result);
  return Object.entries(KINDS).map(([name, { shows, list }]) => ({
    ...{ name, shows },
    titles: list(view, result).map(({ title }) => title),
  }));
}

/** SVG of its own, whose colours follow the reader's; undefined where there is no such picture. `at` counts from 0. */
export function drawPicture(result: Result, name: string, at: number, width: number): string | undefined {
  const found = KINDS[name]?.list(viewResult(result), result)[at];
  if (!found) return undefined;
  return frame(found.draw(width, name), found.title, found.legend ?? []);
}

/** The numbers behind a picture; undefined where there is no such picture. */
export function readPicture(result: Result, name: string, at: number): readonly DataRow[] | undefined {
  return KINDS[name]?.list(viewResult(result), result)[at]?.data;
}

function listForests({ blocks }: View): readonly Picture[] {
  return blocks
    .filter(({ exact, rows }) => !exact && rows.length > 0)
    .map((block) => ({
      title: `${block.metric}: ${block.candidate} beside ${block.baseline}`,
      draw: (width, id) => drawForest(block, width, id),
      data: block.rows.map(({ of }) => ({
        ...{ metric: of.metric, treatment: of.treatment, baseline: of.baseline, candidate: of.candidate },
        ...{ ratio: of.ratio, low: of.low, high: of.high, confidence: of.confidence, margin: of.margin },
        ...{ blocks: of.blocks, verdict: of.verdict },
      })),
    }));
}

function ofSeries(series: Series): Picture {
  return {
    title: series.title,
    draw: (width, id) => drawSeries(series, width, Math.round(width / 4), id),
    data: series.points.map(({ block, stage, ratio }) => ({ block, stage, ratio })),
    legend: [
      { color: INK, text: 'a block, larger where it is a fresh one; a ring is the same treatment twice' },
      { color: ENTRY, text: 'estimate and interval' },
      { color: BAND, text: 'margin' },
    ],
  };
}

function listShifts({ blocks }: View): readonly Picture[] {
  return blocks.flatMap((block) =>
    block.rows.flatMap(({ of, label }) => {
      const { shift, margin } = of;
      if (!shift) return [];
      const title = [`${block.candidate} beside ${block.baseline}`, label].filter((part) => part !== '').join(', ');
      const picture = { title, quantiles: shift, margin, changeUnit: block.changeUnit };
      return [
        {
          title,
          draw: (width: number, id: string) => drawShift(picture, width, id),
          data: shift.map(({ quantile, ratio, low, high }) => ({ quantile, ratio, low, high })),
          legend: [
            { color: ENTRY, text: 'interval, for all quantiles at once' },
            { color: BAND, text: 'margin' },
          ],
        },
      ];
    }),
  );
}

function listBars({ paths }: View, { comparisons }: Result): readonly Picture[] {
  const hollow = new Set(comparisons.filter(({ kind }) => kind === 'build').map(({ baselineArm }) => baselineArm));
  return (paths?.groups ?? []).map((group) => ({
    title: group.label === '' ? paths!.metric : `${paths!.metric} at ${group.label}`,
    draw: (width, id) => drawBars(group, { width, id, metric: paths!.metric, hollow }),
    data: group.bars.map(({ of }) => ({
      ...{ metric: of.metric, treatment: of.treatment, value: of.value, low: of.low, high: of.high },
      ...{ confidence: of.confidence, blocks: of.blocks },
    })),
    legend: PATHS.filter(({ path }) => group.bars.some((bar) => bar.path === path)),
  }));
}

const PATHS = (['go', 'rust', 'go->rust'] as const).map((path) => ({
  ...{ path, color: pathColor(path), text: PATH_TITLES[path] ?? path },
}));

function listMaps({ crossings }: View, { boundary }: Result): readonly Picture[] {
  if (!crossings) return [];
  return [...new Set(crossings.treatments.map(({ group }) => group))].map((group) => {
    const treatments = crossings.treatments.filter((each) => each.group === group);
    const unit = unitFor('seconds', Math.max(...treatments.map(wholeOf), 0));
    const title = group === '' ? 'Boundary map' : `Boundary map ${group}`;
    const maps = boundary.filter(({ of }) => treatments.some(({ id }) => id === of));
    return {
      title,
      draw: (width, id) => drawLayers(treatments, { width, id, unit, title, nameOf: ({ short }) => short }),
      data: maps.flatMap(({ of, sites }) =>
        sites.map((site) => ({
          ...{ treatment: of, site: site.site, kind: site.kind, crossings: site.crossings },
          ...{ entry_s: site.entry.mean, callee_s: site.callee.mean, return_s: site.return.mean },
        })),
      ),
      legend: [
        ...(treatments.some(({ goSelf }) => goSelf !== undefined) ? [{ color: GO, text: 'Go self' }] : []),
        { color: ENTRY, text: 'entry' },
        { color: RUST, text: crossings.callee },
        ...(treatments.some(({ map }) => map.rows.some(({ helper }) => helper))
          ? [{ color: HELPER, text: 'C helpers' }]
          : []),
        { color: RETURN, text: 'return' },
      ],
    };
  });
}

function listLayers({ layers }: View): readonly Picture[] {
  return layers.map((view) => ({
    title: `Where it changed: ${view.title}`,
    draw: (width, id) => drawLayerChanges(view, width, id),
    data: view.rows.flatMap(({ of }) =>
      of === undefined
        ? []
        : [
            {
              ...{ layer: of.layer, site: of.site ?? '', baseline_s: of.baselineS, candidate_s: of.candidateS },
              ...{ delta_s: of.delta, low_s: of.low, high_s: of.high, confidence: of.confidence },
              ...{ blocks: of.blocks, verdict: of.verdict },
            },
          ],
    ),
    legend: [{ color: BAND, text: 'margin of the whole' }],
  }));
}

function listEffects({ effects }: View, { margin }: Result): readonly Picture[] {
  if (!effects || effects.rows.length === 0) return [];
  return [
    {
      title: effects.title,
      draw: (width, id) => drawEffects(effects, margin, width, id),
      data: effects.rows.map(({ label, of }) => ({
        ...{ effect: label, ratio: of.ratio, low: of.low, high: of.high, confidence: of.confidence, size: of.size },
      })),
    },
  ];
}

function listHalfNormal({ effects }: View, { effectNoise }: Result): readonly Picture[] {
  if (!effects || !effectNoise || effects.rows.length === 0) return [];
  return [
    {
      title: 'Sizes of effects beside what chance would make of them',
      draw: (width, id) => drawHalfNormal(effects.rows, effectNoise, width, id),
      data: effects.rows.map(({ label, of }) => ({ effect: label, ratio: of.ratio, score: of.score })),
    },
  ];
}

function listGrowth({ growth }: View): readonly Picture[] {
  return growth.flatMap(({ panels }) =>
    panels.map((panel) => ({
      title: panel.title,
      draw: (width: number, id: string) => drawGrowth(panel, width, id),
      data: panel.lines.flatMap(({ path = '', dots }) =>
        dots.map(({ x, value, low, high }) => ({ path, x, value, low, high })),
      ),
    })),
  );
}

function listRuntimes({ runtimes }: View, result: Result): readonly Picture[] {
  return (runtimes?.drawn ?? []).map((panels) => {
    const of = result.runtimes?.find(({ treatment }) => displayTreatment(treatment) === panels.label);
    return {
      title: panels.label === '' ? 'Both runtimes' : `Both runtimes, ${panels.label}`,
      draw: (width, id) => drawTimeline(panels, width, id),
      data: of?.timeline === undefined ? [] : rowsOf(of.timeline),
    };
  });
}

/** A row a sample; what was not known then is left empty. */
function rowsOf({ seconds, series }: Timeline): readonly DataRow[] {
  return seconds.map((second, at) => ({
    seconds: second,
    ...Object.fromEntries(series.map(({ gauge, values }) => [gauge, values[at] ?? ''])),
  }));
}

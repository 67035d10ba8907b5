/**
 * Where a change between builds comes from, as one table a comparison: the whole, its layers, the sites that moved within them, and
 * exact counts that differ. Before it a sentence that says the most.
 */

import { hasMoved, type Layer, type LayerChange } from '../model/layer.ts';
import { findMetric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';
import type { SiteChange } from '../model/site-change.ts';
import { formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, countOf, formatAlone, formatCount, formatFigure } from './figure.ts';
import { displayTreatment } from './names.ts';
import { type Judgement, judgementOf } from './verdict.ts';

export interface LayerRow {
  /** `Go`, `foreign code`, `decode`, `allocations of decode`. */
  readonly label: string;
  /** A site stands below its layer, a count below all. */
  readonly kind: 'whole' | 'layer' | 'site' | 'count';
  readonly baseline: string;
  readonly candidate: string;
  /** With its sign; '' where both are the same. */
  readonly delta: string;
  readonly interval: string;
  readonly judgement: Judgement | undefined;
  /** Absent of the whole and of counts. */
  readonly of?: LayerChange;
}

export interface LayersView {
  /** `HEAD beside v1.4.0, go→rust · payload=64 B` */
  readonly title: string;
  readonly sentence: string;
  /** `ns an operation, probed; 20 blocks, intervals hold together at 95 %` */
  readonly ground: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly unit: ChosenUnit;
  readonly rows: readonly LayerRow[];
  /** Seconds: how far from zero the margin of the whole reaches. */
  readonly reachS: number;
}

export const LAYER_NAMES: Readonly<Record<Layer, string>> = {
  go: 'Go',
  collector: "Go's collector",
  'go-lock': 'Go locks',
  entry: 'entry',
  callee: 'foreign code',
  allocator: 'foreign allocator',
  lock: 'foreign waiting',
  return: 'return',
  callback: 'callbacks',
  copy: 'copies',
  'run-queue': 'run queue',
  unaccounted: 'unaccounted',
};

const IN_A_SENTENCE: Readonly<Record<Layer, string>> = {
  go: "Go's own code",
  collector: "Go's collector",
  'go-lock': 'waiting for locks of Go',
  entry: 'the way into calls',
  callee: 'foreign code',
  allocator: 'the foreign allocator',
  lock: 'waiting on the foreign side',
  return: 'the way back from calls',
  callback: 'callbacks',
  copy: 'copies at the boundary',
  'run-queue': 'waiting for a processor',
  unaccounted: 'no layer that is known',
};

/** A layer that holds less of an operation, and did not move, is left out of the table. */
const LEAST_SHARE = 0.001;

export function viewLayers(result: Result): readonly LayersView[] {
  const pairs = new Map<string, LayerChange[]>();
  for (const layer of result.layers ?? []) {
    const key = JSON.stringify([layer.treatment, layer.baseline, layer.candidate]);
    pairs.set(key, [...(pairs.get(key) ?? []), layer]);
  }
  return [...pairs.values()].map((layers) => viewPair(layers, result));
}

function viewPair(layers: readonly LayerChange[], result: Result): LayersView {
  const { treatment, baseline, candidate, blocks, confidence } = layers[0]!;
  const whole = layers.filter(({ site }) => site === undefined);
  const [fromS, toS] = [sumOf(whole, 'baselineS'), sumOf(whole, 'candidateS')];
  const shown = whole.filter(
    (layer) => hasMoved(layer) || Math.max(layer.baselineS, layer.candidateS) > LEAST_SHARE * fromS,
  );
  const moved = shown.filter(hasMoved);
  const sites = layers.filter((layer) => layer.site !== undefined && hasMoved(layer));
  const unit = chooseUnit('seconds', [
    fromS,
    ...shown.map(({ baselineS }) => baselineS),
    ...moved.map(({ delta }) => delta),
  ]);
  const row = (of: LayerChange, kind: 'layer' | 'site'): LayerRow => ({
    label: kind === 'site' && whole.length > 0 ? of.site! : nameOf(of),
    kind,
    baseline: formatFigure(of.baselineS / unit.factor),
    candidate: formatFigure(of.candidateS / unit.factor),
    delta: signed(of.delta / unit.factor),
    interval: `[${formatFigure(of.low / unit.factor)}, ${formatFigure(of.high / unit.factor)}]`,
    judgement: judgementOf(of.verdict),
    of,
  });
  const rows = [
    ...shown.flatMap((layer) => [
      row(layer, 'layer'),
      ...sites.filter((site) => site.layer === layer.layer).map((site) => row(site, 'site')),
    ]),
    ...sites.filter((site) => !shown.some(({ layer }) => layer === site.layer)).map((site) => row(site, 'site')),
  ];
  const total: LayerRow = {
    ...{ label: 'whole', kind: 'whole', interval: '', judgement: undefined },
    ...{ baseline: formatFigure(fromS / unit.factor), candidate: formatFigure(toS / unit.factor) },
    delta: signed((toS - fromS) / unit.factor),
  };
  const counts = (result.siteChanges ?? []).filter(
    (one) => one.treatment === treatment && one.baseline === baseline && one.candidate === candidate,
  );
  const where = treatment === '' ? [] : [displayTreatment(treatment)];
  return {
    title: [`${displayTreatment(candidate)} beside ${displayTreatment(baseline)}`, ...where].join(', '),
    sentence: sayMost(layers, toS - fromS, whole.length > 0),
    ground: `${unit.name} an operation, probed; ${countOf(blocks, 'block')}, intervals that hold together at ${formatShare(confidence)}`,
    ...{ baseline: displayTreatment(baseline), candidate: displayTreatment(candidate), unit },
    rows: [...(whole.length > 0 ? [total] : []), ...rows, ...counts.map(countRow)],
    reachS: fromS * result.margin,
  };
}

/** Of a site in words of its own: `entry of decode`. */
function nameOf({ layer, site }: LayerChange): string {
  return site === undefined ? LAYER_NAMES[layer] : `${LAYER_NAMES[layer]} of ${site}`;
}

function sayMost(layers: readonly LayerChange[], differenceS: number, adds: boolean): string {
  const first = layers.find(hasMoved);
  if (!first) return 'No layer moved by more than chance does.';
  const site = layers.find((one) => hasMoved(one) && one.site !== undefined && one.layer === first.layer);
  const place = `${IN_A_SENTENCE[first.layer]}${site === undefined ? '' : ` of ${site.site}`}`;
  const amount = (seconds: number) => `${seconds > 0 ? '+' : '−'}${formatAlone('seconds', Math.abs(seconds))}`;
  const same = adds && first.delta > 0 === differenceS > 0 && Math.abs(first.delta) <= 1.2 * Math.abs(differenceS);
  const others = layers.filter((one) => hasMoved(one) && one.site === undefined && one.layer !== first.layer);
  const also =
    others.length === 0
      ? ''
      : `; ${others.map(({ layer, delta }) => `${amount(delta)} in ${IN_A_SENTENCE[layer]}`).join(', ')}`;
  return `${same ? `Of ${amount(differenceS)} an operation, ` : ''}${amount(first.delta)} ${same ? 'are' : 'an operation are'} in ${place}${also}.`;
}

function signed(value: number): string {
  const text = formatFigure(value);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

const COUNTS: Readonly<Record<string, string>> = {
  crossings: 'crossings',
  'callee.allocs': 'allocations',
  'callee.bytes': 'bytes allocated',
  'callee.held': 'bytes that stay',
  'boundary.copies': 'copies',
  'boundary.in': 'bytes handed in',
  'boundary.out': 'bytes handed out',
  'boundary.pins': 'pins',
};

function countRow({ site, quantity, baselineValue, candidateValue }: SiteChange): LayerRow {
  const bytes = findMetric(quantity)?.dimension === 'bytes' ? ' B' : '';
  const difference = candidateValue - baselineValue;
  return {
    label: `${COUNTS[quantity] ?? quantity} of ${site}`,
    kind: 'count',
    baseline: `${formatCount(baselineValue)}${bytes}`,
    candidate: `${formatCount(candidateValue)}${bytes}`,
    delta: `${difference > 0 ? '+' : ''}${formatCount(difference)}${bytes}`,
    interval: 'exact',
    judgement: judgementOf('different'),
  };
}

function sumOf(layers: readonly LayerChange[], name: 'baselineS' | 'candidateS'): number {
  return layers.reduce((sum, layer) => sum + layer[name], 0);
}

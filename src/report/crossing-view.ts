/**
 * The boundary maps of a study, one a treatment, in one unit: where an operation's time goes. Go self is what is left of
 * the probed operation when its calls are taken away, so the parts add up to the operation as it was probed.
 */
import type { Result } from '../model/result.ts';
import type { BoundaryMap, SiteSummary } from '../model/site.ts';
import { type BoundaryView, noteRecords, viewBoundary } from './boundary-view.ts';
import { formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, formatAlone, formatFigure } from './figure.ts';
import { displayLevel, displayTreatment, labelRows, levelsOf } from './names.ts';

export interface TreatmentCrossings {
  readonly id: string;
  readonly title: string;
  /** Factors and levels apart from the path. */
  readonly levels: Readonly<Record<string, string>>;
  readonly map: BoundaryView;
  /** Seconds an operation took beside its calls; undefined where its time is not known. */
  readonly goSelfS?: number;
  readonly goSelf?: string;
  /** Seconds an operation took, probed. */
  readonly operationS?: number;
}

export interface ProbeCostLine {
  readonly treatment: string;
  readonly figure: string;
  readonly interval: string;
  readonly share: string;
  readonly blocks: number;
}

export interface CrossingsView {
  readonly unit: ChosenUnit;
  /** `Rust` where the paths say so. */
  readonly callee: string;
  readonly treatments: readonly TreatmentCrossings[];
  readonly notes: readonly string[];
  readonly clock: string;
}

export function viewCrossings(result: Result): CrossingsView | undefined {
  const maps = result.boundary;
  if (maps.length === 0) return undefined;
  const unit = chooseUnit(
    'seconds',
    maps.flatMap((map) => map.sites.flatMap(partsOf)),
  );
  const treatments = maps.map((map) => viewTreatment(result, map, unit));
  const clock = maps[0]!.clock;
  return {
    unit,
    callee: result.arms.some((arm) => arm.treatment.path === 'go->rust') ? 'Rust' : 'callee',
    treatments,
    notes: [
      ...new Set(
        treatments.flatMap((each) => each.map.notes.map((note) => (maps.length > 1 ? `${each.title}: ${note}` : note))),
      ),
      ...noteRest(treatments),
      ...noteRecords(treatments.map((each) => each.map)),
    ],
    clock: `${clock.kind === 'tsc' ? 'TSC' : 'OS clock'}, quantum ${formatAlone('seconds', clock.quantumS)}`,
  };
}

export function viewProbeCosts(result: Result): {
  readonly unit: ChosenUnit;
  readonly lines: readonly ProbeCostLine[];
} {
  const costs = result.probeCosts;
  const { labels } = labelRows(
    costs.map((cost) => levelsOf(result, cost.treatment)),
    [],
  );
  const unit = chooseUnit(
    'seconds',
    costs.map((cost) => cost.seconds),
  );
  const figure = (seconds: number) => formatFigure(seconds / unit.factor);
  return {
    unit,
    lines: costs.map((cost, at) => ({
      treatment: labels[at] || displayTreatment(cost.treatment),
      figure: figure(cost.seconds),
      interval: `[${figure(cost.low)}, ${figure(cost.high)}]`,
      share: `${cost.ratio < 1 ? '−' : '+'}${formatShare(cost.ratio - 1)}`,
      blocks: cost.blocks,
    })),
  };
}

function viewTreatment(result: Result, map: BoundaryMap, unit: ChosenUnit): TreatmentCrossings {
  const levels = levelsOf(result, map.of);
  const operationS = probedSeconds(result, map.of);
  const callsS = map.sites.reduce(
    (sum, site) => (site.kind === 'call' ? sum + site.total.mean * (site.perOperation ?? 0) : sum),
    0,
  );
  // A median operation can be shorter than the mean of its calls: then nothing true can be said of the rest.
  const restS = operationS === undefined ? 0 : operationS - callsS;
  const goSelfS = restS > 0 ? restS : undefined;
  return {
    id: map.of,
    title: titleOf(levels, map.of),
    levels,
    map: viewBoundary(map, unit),
    ...(operationS === undefined || goSelfS === undefined
      ? {}
      : { operationS, goSelfS, goSelf: formatFigure(goSelfS / unit.factor) }),
  };
}

function noteRest(treatments: readonly TreatmentCrossings[]): readonly string[] {
  const without = treatments.filter((each) => each.goSelfS === undefined).map((each) => each.title);
  if (without.length === 0) return [];
  const where = without.length === treatments.length ? '' : ` for ${without.join(', ')}`;
  return [
    `what Go did itself is not shown${where}: an operation's time is not known, or its middle is below the mean of its calls`,
  ];
}

/** The bare operation and what the probe added to it; only the bare one where the cost was not measured. */
function probedSeconds(result: Result, treatment: string): number | undefined {
  const metric = ['time.mean', 'time.p50'].find((name) =>
    result.estimates.some((each) => each.metric === name && each.treatment === treatment),
  );
  const bare = result.estimates.find((each) => each.metric === metric && each.treatment === treatment);
  if (bare === undefined || !Number.isFinite(bare.value)) return undefined;
  const cost = result.probeCosts.find((each) => each.treatment === treatment);
  return bare.value + (cost && Number.isFinite(cost.seconds) ? Math.max(0, cost.seconds) : 0);
}

function titleOf(levels: Readonly<Record<string, string>>, id: string): string {
  const parts = Object.entries(levels).filter(([factor]) => factor !== 'path');
  return parts.length === 0 ? displayTreatment(id) : parts.map(([, level]) => displayLevel(level)).join(' · ');
}

const partsOf = (site: SiteSummary): readonly number[] => {
  const times = site.perOperation ?? 1;
  return [site.entry.mean * times, site.callee.mean * times, site.return.mean * times];
};

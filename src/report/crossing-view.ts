/**
 * The boundary maps of a study, one a treatment, in one unit: where an operation's time goes. Go self is what is left of
 * the probed operation when its calls are taken away; both were summed over the same window, so the parts add up.
 */
import type { Result } from '../model/result.ts';
import type { BoundaryMap, SiteSummary } from '../model/site.ts';
import { type BoundaryView, noteRecords, viewBoundary } from './boundary-view.ts';
import { type CarriedTable, viewCarried } from './carried-view.ts';
import { formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, formatAlone, formatCount, formatFigure } from './figure.ts';
import { displayLevel, displayTreatment, groupRows, labelRows, levelsOf } from './names.ts';

export interface TreatmentCrossings {
  readonly id: string;
  readonly title: string;
  /** Its levels with the path, as the result has them. */
  readonly levels: Readonly<Record<string, string>>;
  /** The level it is listed under, `payload=64 B`, and what tells it from the others there: `borrow`. */
  readonly group: string;
  readonly short: string;
  readonly map: BoundaryView;
  /** Seconds an operation took beside its calls, never below zero; undefined where it can't be told. */
  readonly goSelfS?: number;
  /** `16.0`; `~0` where the calls came out longer than the operation by no more than a hundredth. */
  readonly goSelf?: string;
  /** Seconds an operation took in the very window in which its calls were summed, probed. */
  readonly operationS?: number;
}

export interface CrossingsView {
  readonly unit: ChosenUnit;
  /** `Rust` where the paths say so. */
  readonly callee: string;
  readonly treatments: readonly TreatmentCrossings[];
  /** Levels that all treatments share: `go→rust`; '' when none. */
  readonly common: string;
  /** What weakens the map. */
  readonly notes: readonly string[];
  /** What is to be known of percentiles, where they are shown. */
  readonly percentiles: readonly string[];
  readonly clock: string;
  /** Rows of each treatment in the order of the treatments; absent where nothing was carried. */
  readonly carried?: CarriedTable;
}

export function viewCrossings(result: Result): CrossingsView | undefined {
  const maps = result.boundary;
  if (maps.length === 0) return undefined;
  const unit = chooseUnit(
    'seconds',
    maps.flatMap((map) => map.sites.flatMap(partsOf)),
  );
  const levels = maps.map((map) => levelsOf(result, map.of));
  const shown = groupRows(levels, []).flatMap((group) => group.rows.map((row) => ({ ...row, group: group.label })));
  const treatments = shown.map(({ at, label, group }) =>
    viewTreatment(maps[at]!, unit, { levels: levels[at]!, group, short: label }),
  );
  const carried = viewCarried(shown.map(({ at }) => maps[at]!));
  const clock = maps[0]!.clock;
  return {
    unit,
    callee: result.arms.some((arm) => arm.treatment.path === 'go->rust') ? 'Rust' : 'callee',
    treatments,
    ...(carried && { carried }),
    common: labelRows(levels, []).common,
    notes: [
      ...shareNotes(treatments),
      ...new Set(treatments.flatMap((each) => each.map.marks)),
      ...noteGoSelf(treatments),
    ],
    percentiles: [
      ...noteRecords(treatments.map((each) => each.map)),
      ...(result.sites.some((site) => site.total.quantiles === undefined)
        ? [
            `percentiles of a crossing are left out where they would lie below ten clock quanta (${formatAlone('seconds', 10 * Math.max(...maps.map((map) => map.clock.quantumS)))}) or rest on too few records`,
          ]
        : []),
    ],
    clock: `${clock.kind === 'tsc' ? 'TSC' : 'OS clock'}, quantum ${formatAlone('seconds', clock.quantumS)}`,
  };
}

/** What is true of every treatment is said once, of some with their names. */
function shareNotes(treatments: readonly TreatmentCrossings[]): readonly string[] {
  const notes = [...new Set(treatments.flatMap((each) => each.map.notes))];
  return notes.map((note) => {
    const of = treatments.filter((each) => each.map.notes.includes(note));
    return of.length === treatments.length ? note : `${of.map(({ title }) => title).join(', ')}: ${note}`;
  });
}

function viewTreatment(
  map: BoundaryMap,
  unit: ChosenUnit,
  place: Pick<TreatmentCrossings, 'levels' | 'group' | 'short'>,
): TreatmentCrossings {
  const title = titleOf(place.levels, map.of);
  const known = { id: map.of, title, ...place, short: place.short || title, map: viewBoundary(map, unit) };
  const operationS = map.countsOnly ? undefined : map.operationS;
  if (operationS === undefined || !(operationS > 0)) return known;
  const restS = operationS - callSeconds(map);
  // Two means of a great many clock readings: a hundredth apart is as good as equal.
  if (restS < -operationS / 100) return { ...known, operationS };
  const goSelf = restS < 0 ? '~0' : formatFigure(restS / unit.factor);
  return { ...known, operationS, goSelfS: Math.max(0, restS), goSelf };
}

/** Of one operation; callbacks lie inside their call. */
function callSeconds(map: BoundaryMap): number {
  return map.sites.reduce(
    (sum, site) => (site.kind === 'callback' ? sum : sum + site.total.mean * (site.perOperation ?? 0)),
    0,
  );
}

function noteGoSelf(treatments: readonly TreatmentCrossings[]): readonly string[] {
  const timed = treatments.filter((each) => each.map.rows.some((row) => row.total !== ''));
  const without = timed.filter((each) => each.goSelf === undefined);
  const unknown = without.filter((each) => each.operationS === undefined);
  const where = (some: readonly TreatmentCrossings[]) =>
    some.length === timed.length ? '' : ` for ${some.map((each) => each.title).join(', ')}`;
  const exceeded = without.flatMap((each) => {
    if (each.operationS === undefined) return [];
    const callsS = each.map.rows.reduce((sum, row) => (row.kind === 'callback' ? sum : sum + row.totalS), 0);
    const { every } = each.map;
    const longer = `${formatShare(callsS / each.operationS - 1)} longer than the operation`;
    return [
      every === undefined
        ? `${each.title}: its calls together lasted ${longer}, as calls that run side by side do: what Go did itself can't be told`
        : `${each.title}: its calls together came out ${longer}, as only 1 in ${formatCount(every)} was timed, bears the probe's whole cost, and where it was disturbed stands for ${formatCount(every)}: what Go did itself can't be told`,
    ];
  });
  return [
    ...(unknown.length > 0
      ? [
          `what Go did itself is not shown${where(unknown)}: how long an operation took while its calls were summed was not recorded`,
        ]
      : []),
    ...exceeded,
  ];
}

function titleOf(levels: Readonly<Record<string, string>>, id: string): string {
  const parts = Object.entries(levels).filter(([factor]) => factor !== 'path');
  return parts.length === 0 ? displayTreatment(id) : parts.map(([, level]) => displayLevel(level)).join(' · ');
}

const partsOf = (site: SiteSummary): readonly number[] => {
  const times = site.perOperation ?? 1;
  return [site.entry.mean * times, site.callee.mean * times, site.return.mean * times];
};

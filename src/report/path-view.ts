/** Paths side by side: for each combination of the levels that all paths share, pure Go, pure Rust and Go→Rust in every hand-over. */

import type { Path } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Levels } from '../model/plan.ts';
import type { Estimate, Result } from '../model/result.ts';
import { type ChosenUnit, chooseUnit, formatFigure } from './figure.ts';
import { displayLevel, levelsOf, PATH_TITLES, sayRole } from './names.ts';

export interface PathBar {
  readonly path: Path | undefined;
  readonly title: string;
  /** Levels only this path has, `borrow`; '' when none. */
  readonly label: string;
  readonly value: string;
  readonly interval: string;
  readonly of: Estimate;
}

export interface PathGroup {
  /** Levels all paths share: `payload=4 KiB`; '' when none. */
  readonly label: string;
  readonly unit: ChosenUnit;
  readonly bars: readonly PathBar[];
}

export interface PathView {
  readonly metric: string;
  readonly means: string;
  readonly confidence: number;
  readonly groups: readonly PathGroup[];
}

/** The primary metric over all treatments; undefined when nothing was estimated. Each group has its own unit: it is a block. */
export function viewPaths(result: Result): PathView | undefined {
  const estimates = result.estimates.filter((each) => each.metric === result.primary);
  if (estimates.length === 0) return undefined;
  const metric = findMetric(result.primary);
  const levels = estimates.map((each) => levelsOf(result, each.treatment));
  const paths = new Set(levels.map(({ path }) => path));
  const parting = sharedFactors(levels);
  // A panel of one bar compares nothing: then all stand in one, on one scale, under what they share.
  const shared = isApart(levels, parting) ? constantFactors(levels, parting) : parting;
  const merged = shared !== parting;
  const groups = new Map<string, { estimate: Estimate; levels: Levels }[]>();
  estimates.forEach((estimate, at) => {
    const key = shared.map((factor) => `${factor}=${displayLevel(levels[at]![factor]!)}`).join(' · ');
    const entry = { estimate, levels: levels[at]! };
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  });
  return {
    metric: result.primary,
    means: metric?.means ?? '',
    confidence: estimates[0]!.confidence,
    groups: [...groups].map(([label, entries]) => {
      const unit = chooseUnit(
        metric?.dimension ?? 'count',
        entries.map(({ estimate }) => estimate.value),
      );
      const bars = entries.map(({ estimate, levels: own }) => viewBar(estimate, own, shared, unit));
      if (!merged || paths.size > 1) return { label, unit, bars };
      // The path that all run is said once, above.
      const said = [bars[0]!.title, label].filter((part) => part !== '').join(' · ');
      return { label: said, unit, bars: bars.map((bar) => ({ ...bar, title: '' })) };
    }),
  };
}

function viewBar(estimate: Estimate, levels: Levels, shared: readonly string[], unit: ChosenUnit): PathBar {
  const figure = (value: number) => formatFigure(value / unit.factor);
  const open = !(estimate.low > 0) && !Number.isFinite(estimate.high);
  return {
    path: levels.path as Path | undefined,
    title: levels.path === undefined ? '' : (PATH_TITLES[levels.path] ?? levels.path),
    label: Object.entries(levels)
      .filter(([factor]) => factor !== 'path' && !shared.includes(factor))
      .map(([factor, level]) => sayRole(factor, level))
      .join(' · '),
    value: figure(estimate.value),
    interval: open ? '[−∞, ∞]' : `[${figure(estimate.low)}, ${figure(estimate.high)}]`,
    of: estimate,
  };
}

/** Several treatments, no two of which would share a panel. */
function isApart(rows: readonly Levels[], shared: readonly string[]): boolean {
  const keys = rows.map((levels) => JSON.stringify(shared.map((factor) => levels[factor])));
  return rows.length > 1 && new Set(keys).size === rows.length;
}

const constantFactors = (rows: readonly Levels[], among: readonly string[]): readonly string[] =>
  among.filter((factor) => rows.every((levels) => levels[factor] === rows[0]![factor]));

/** Factors every treatment has, but for the path; where there are no paths, and so nothing side by side, none but the first. */
function sharedFactors(rows: readonly Levels[]): readonly string[] {
  const first = rows[0] ?? {};
  const common = Object.keys(first).filter((factor) => factor !== 'path' && rows.every((levels) => factor in levels));
  const byPath = rows.some((levels) => levels.path !== undefined);
  return byPath ? common.filter((factor) => factor !== 'build') : common.slice(0, -1);
}

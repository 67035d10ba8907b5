/** Exact counts of one operation: treatments that differ only in a level which decides no count, or one by itself, share a row. */

import { findMetric } from '../model/metric.ts';
import type { Levels } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { formatCount } from './figure.ts';
import { displayLevel, displayTreatment, levelsOf } from './names.ts';

export interface CountRow {
  readonly label: string;
  readonly path: string | undefined;
  readonly figures: readonly string[];
}

export interface CountTable {
  /** Those that belong together in one column: `allocs go/rust`. The last ones may be left out where room is short. */
  readonly heads: readonly string[];
  readonly rows: readonly CountRow[];
  /** What a level that was folded away decides, said once: `bytes in/out: 64/82.4 at 64 B · 4,096/4,350 at 4 KiB`. */
  readonly apart: readonly string[];
}

const COLUMNS: readonly (readonly [string, readonly string[]])[] = [
  ['crossings', ['crossings']],
  ['copies', ['copies']],
  ['bytes in/out', ['bytes.in', 'bytes.out']],
  ['allocs go/rust', ['go.allocs', 'rust.allocs']],
  ['allocated bytes go/rust', ['go.bytes', 'rust.bytes']],
  // What the probe saw, where it was asked for: beside what a harness says of itself.
  ['allocs in calls', ['callee.allocs']],
  ['bytes in calls', ['callee.bytes']],
  ['bytes that stay', ['callee.held']],
  ['copies seen', ['boundary.copies']],
  ['bytes in/out seen', ['boundary.in', 'boundary.out']],
  ['pins', ['boundary.pins']],
];

interface Treatment extends CountRow {
  readonly levels: Levels;
}

/** Columns that are zero or unknown everywhere are left out. */
export function viewCounts(result: Result): CountTable | undefined {
  const exact = result.estimates.filter((each) => findMetric(each.metric)?.exact);
  const counted = new Set(exact.filter((each) => each.value !== 0).map((each) => each.metric));
  const columns = COLUMNS.filter(([, metrics]) => metrics.some((metric) => counted.has(metric)));
  if (columns.length === 0) return undefined;
  const values = new Map(exact.map((each) => [`${each.metric}\n${each.treatment}`, each.value]));
  const heads = columns.map(([head]) => head);
  const rows = [...new Set(exact.map((each) => each.treatment))].map((treatment): Treatment => {
    const levels = levelsOf(result, treatment);
    return {
      levels,
      label: Object.values(levels).map(displayLevel).join(' · ') || displayTreatment(treatment),
      path: levels.path,
      figures: columns.map(([, metrics]) => {
        const found = metrics.map((metric) => values.get(`${metric}\n${treatment}`));
        return found.every((value) => value === undefined)
          ? ''
          : found.map((value) => (value === undefined ? '–' : formatCount(value))).join('/');
      }),
    };
  });
  return fold(heads, rows);
}

/**
 * Over one factor of all treatments. A column stays when no row differs in it over the folded level; it is told apart when
 * the folded level alone decides it wherever it is not zero. Where a column does neither, nothing is folded.
 */
function fold(heads: readonly string[], rows: readonly Treatment[]): CountTable {
  const factors = Object.keys(rows[0]?.levels ?? {}).filter(
    (factor) => factor !== 'path' && factor !== 'build' && rows.every((row) => factor in row.levels),
  );
  for (const factor of factors) {
    const folded = foldOver(factor, heads, rows);
    if (folded) return folded;
  }
  return { heads, rows, apart: [] };
}

function foldOver(factor: string, heads: readonly string[], rows: readonly Treatment[]): CountTable | undefined {
  const without = (row: Treatment) => Object.entries(row.levels).filter(([name]) => name !== factor);
  const groups = new Map<string, Treatment[]>();
  for (const row of rows) {
    const key = JSON.stringify(without(row));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  if (groups.size === rows.length) return undefined;
  const same = heads.map((_, at) =>
    [...groups.values()].every((group) => group.every((row) => row.figures[at] === group[0]!.figures[at])),
  );
  const apart = heads.map((_, at) => (same[at] ? undefined : byLevel(factor, at, rows)));
  if (same.some((each, at) => !each && apart[at] === undefined)) return undefined;
  return {
    heads: heads.filter((_, at) => same[at]),
    rows: [...groups.values()].map(([first]) => ({
      label: without(first!)
        .map(([, level]) => displayLevel(level))
        .join(' · '),
      path: first!.path,
      figures: first!.figures.filter((_, at) => same[at]),
    })),
    apart: heads.flatMap((head, at) => (apart[at] === undefined ? [] : [`${head}: ${apart[at]}`])),
  };
}

/** `64/82.4 at 64 B · …`, or undefined where treatments of one level differ. */
function byLevel(factor: string, at: number, rows: readonly Treatment[]): string | undefined {
  const figures = new Map<string, string>();
  for (const row of rows) {
    const figure = row.figures[at]!;
    if (!/[1-9]/.test(figure)) continue;
    const level = row.levels[factor]!;
    if ((figures.get(level) ?? figure) !== figure) return undefined;
    figures.set(level, figure);
  }
  return [...figures].map(([level, figure]) => `${figure} at ${displayLevel(level)}`).join(' · ');
}

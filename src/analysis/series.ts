/**
 * A metric over versions: where its level changed, and whether the newest values differ from those before. Versions measured
 * one after the other share whatever the machine did in between, so this nominates a range to look at and convicts nobody:
 * two versions are judged by a study (docs/method.md, "Series").
 */
import type { Warning } from '../model/problem.ts';
import type { Dimension } from '../model/unit.ts';
import { findChangePoints, listStretches, locateChange } from '../stats/change-points.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { signedRankTest } from '../stats/signed-rank.ts';

export const SERIES_SCHEMA = 'seamark/series@1';

/** One version and its value, above zero, in the base unit. */
export interface SeriesPoint {
  readonly version: string;
  readonly value: number;
}

export interface SeriesStretch {
  /** Its first and last version. */
  readonly from: string;
  readonly to: string;
  readonly values: number;
  readonly median: number;
}

export interface NominatedChange {
  /** Of the first value of the new level, from 0. */
  readonly index: number;
  /** Last version of the old level and first of the new one, by the best division. */
  readonly before: string;
  readonly after: string;
  /** New median over old. */
  readonly ratio: number;
  /** The change came after `good` and was there by `bad`, with the confidence. */
  readonly range: { readonly good: string; readonly bad: string; readonly confidence: number };
}

export interface NewestTest {
  readonly window: number;
  /** Newest over those before: Hodges-Lehmann over pairs, oldest of one window with oldest of the other. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly pValue: number;
  readonly says: 'higher' | 'lower' | 'nothing seen';
}

export interface SeriesReading {
  readonly schema: typeof SERIES_SCHEMA;
  readonly values: number;
  readonly dimension: Dimension;
  readonly magnitude: number;
  readonly stretches: readonly SeriesStretch[];
  readonly changes: readonly NominatedChange[];
  /** Absent where the series is shorter than two windows. */
  readonly newest?: NewestTest;
  readonly warnings: readonly Warning[];
}

export interface SeriesOptions {
  readonly dimension?: Dimension;
  /** Steps smaller than this fraction are left out: 0.01. */
  readonly magnitude?: number;
  /** Newest values that are tested against as many before them: 10. */
  readonly window?: number;
}

const LEAST_STRETCH = 8;
const CONFIDENCE = 0.95;
/** Two-sided, exact: the test is asked again with every new version. */
const NEWEST_LEVEL = 0.01;

/** Throws RangeError for a value that is not finite and above zero. */
export function readSeries(
  points: readonly SeriesPoint[],
  { dimension = 'count', magnitude = 0.01, window = 10 }: SeriesOptions = {},
): SeriesReading {
  const values = points.map((point) => point.value);
  const found = findChangePoints(values, { magnitude });
  const newest = testNewest(values, window);
  return {
    schema: SERIES_SCHEMA,
    values: values.length,
    dimension,
    magnitude,
    stretches: listStretches(values, found).map(({ from, to, median }) => ({
      from: points[from]!.version,
      to: points[to - 1]!.version,
      values: to - from,
      median,
    })),
    changes: found.map((index, which) => nominate(points, found, index, which)),
    ...(newest && { newest }),
    warnings: warn(values, found, window),
  };
}

function nominate(
  points: readonly SeriesPoint[],
  found: readonly number[],
  index: number,
  which: number,
): NominatedChange {
  const values = points.map((point) => point.value);
  const [before, after] = listStretches(values, found).slice(which, which + 2);
  const { first, last } = locateChange(values, found, which, CONFIDENCE);
  return {
    index,
    before: points[index - 1]!.version,
    after: points[index]!.version,
    ratio: after!.median / before!.median,
    range: { good: points[first - 1]!.version, bad: points[last]!.version, confidence: CONFIDENCE },
  };
}

function testNewest(values: readonly number[], window: number): NewestTest | undefined {
  const n = values.length;
  if (n < 2 * window) return undefined;
  const ratios = Array.from({ length: window }, (_, i) =>
    Math.log(values[n - window + i]! / values[n - 2 * window + i]!),
  );
  const { centre, low, high, confidence } = hodgesLehmann(ratios, NEWEST_LEVEL);
  return {
    window,
    ratio: Math.exp(centre),
    low: Math.exp(low),
    high: Math.exp(high),
    confidence,
    pValue: signedRankTest(ratios).pValue,
    says: low > 0 ? 'higher' : high < 0 ? 'lower' : 'nothing seen',
  };
}

function warn(values: readonly number[], found: readonly number[], window: number): Warning[] {
  const warnings: Warning[] = [];
  if (values.length < 2 * LEAST_STRETCH) {
    warnings.push({
      code: 'short-series',
      message: `${values.length} ${values.length === 1 ? 'value is' : 'values are'} too few to divide: a level takes ${LEAST_STRETCH} values`,
      cure: `go on until there are ${2 * LEAST_STRETCH}, or compare two versions with a study now`,
    });
  }
  if (values.length < 2 * window) {
    warnings.push({
      code: 'short-window',
      message: `the newest ${window} values have no ${window} before them to be tested against`,
      cure: 'give a smaller --window, or wait',
    });
  }
  if (values.length > 1 && values.every((value) => value === values[0])) {
    warnings.push({
      code: 'constant-series',
      message: 'all values are the same: either nothing is measured, or only counted',
      cure: 'look at where the values come from',
    });
  }
  const last = found[found.length - 1];
  if (last !== undefined && last > values.length - 2 * window && values.length >= 2 * window) {
    warnings.push({
      code: 'change-in-window',
      message: `the last change point is among the newest ${2 * window} values: the test of the newest speaks of that change too`,
      cure: 'read the two together',
    });
  }
  return warnings;
}

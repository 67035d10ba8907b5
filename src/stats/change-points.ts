/**
 * Where a noisy series changed its level: robust against single wild values, against drift of a per cent or two of noise,
 * and silent about steps too small to matter. It nominates; it does not judge (docs/method.md, "Series").
 */
import { segment } from './pelt.ts';
import { mean, median } from './quantile.ts';
import { robustSd } from './robust.ts';

export interface ChangePointOptions {
  /** Neighbouring stretches whose medians differ by less than this fraction are one: 0.01. */
  readonly magnitude?: number;
  /** Fewest values of a stretch. */
  readonly least?: number;
  /** A change point must save this many ln n: 20. */
  readonly strictness?: number;
}

export interface Stretch {
  /** Index of its first value, and of the value after its last. */
  readonly from: number;
  readonly to: number;
  readonly median: number;
}

const LEAST = 8;
const STRICTNESS = 20;
const MAGNITUDE = 0.01;
const REACH = 3;
const WINDOW = 11;

/**
 * Change points of positive values (times, sizes), each the index of the first value of the new level. Logarithms, in units
 * of the noise between neighbours, wild values pulled in to a running median, PELT, then steps below `magnitude` taken out
 * again, smallest first. Throws RangeError for a value that is not finite and positive.
 */
export function findChangePoints(values: readonly number[], options: ChangePointOptions = {}): number[] {
  const { magnitude = MAGNITUDE, least = LEAST, strictness = STRICTNESS } = options;
  if (!values.every((value) => Number.isFinite(value) && value > 0)) {
    throw new RangeError('a series must hold finite numbers above zero');
  }
  const logs = values.map(Math.log);
  const points = findLevels(logs, { least, strictness });
  return dropSmall(points, logs, Math.log1p(magnitude));
}

/** The same without logarithm and magnitude: change points of any finite values, in units of their own noise. */
export function findLevels(
  values: readonly number[],
  { least = LEAST, strictness = STRICTNESS }: Omit<ChangePointOptions, 'magnitude'> = {},
): number[] {
  if (values.length < 2 * least) return [];
  const scale = noiseOfNeighbours(values);
  const scaled = pullIn(values.map((value) => value / scale));
  return segment(scaled, { penalty: strictness * Math.log(values.length), least });
}

/** The stretches between change points. */
export function listStretches(values: readonly number[], points: readonly number[]): Stretch[] {
  const bounds = [0, ...points, values.length];
  return bounds.slice(1).map((to, i) => {
    const from = bounds[i]!;
    return { from, to, median: median(values.slice(from, to)) };
  });
}

/**
 * Where the true place of a change point may be, as first and last index of the new level's first value: all places whose
 * squares are within the allowance of the likelihood-ratio set at `confidence` (Hinkley, Inference about the change-point in
 * a sequence of random variables, Biometrika 1970). `points` as found in `values` by findChangePoints; `which` of them.
 */
export function locateChange(
  values: readonly number[],
  points: readonly number[],
  which: number,
  confidence = 0.95,
): { readonly first: number; readonly last: number } {
  const from = points[which - 1] ?? 0;
  const to = points[which + 1] ?? values.length;
  const logs = values.slice(from, to).map(Math.log);
  const scale = noiseOfNeighbours(values.map(Math.log));
  const scaled = pullIn(logs.map((log) => log / scale));
  const squares = scaled.map((_, at) =>
    at === 0 ? Infinity : squaresOf(scaled.slice(0, at)) + squaresOf(scaled.slice(at)),
  );
  const allowed = Math.min(...squares) - 2 * Math.log(1 - Math.sqrt(confidence));
  const inside = squares.flatMap((each, at) => (each <= allowed ? [from + at] : []));
  const found = points[which]!;
  return { first: Math.min(found, inside[0] ?? found), last: Math.max(found, inside[inside.length - 1] ?? found) };
}

function squaresOf(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Standard deviation of a value, from differences of neighbours: a step or a drift hardly moves it. Never zero. */
export function noiseOfNeighbours(values: readonly number[]): number {
  const differences = values.slice(1).map((value, i) => value - values[i]!);
  const robust = robustSd(differences) / Math.SQRT2;
  if (robust >= FLOOR) return robust;
  // More than half of the neighbours are equal: a coarse clock, or rounded values.
  const middle = mean(differences);
  const variance = mean(differences.map((difference) => (difference - middle) ** 2));
  return Math.max(FLOOR, Math.sqrt(variance / 2) || 0);
}

const FLOOR = 1e-6;

/** Values more than three away from the median of the eleven around them are put there. */
function pullIn(values: readonly number[]): number[] {
  const half = (WINDOW - 1) / 2;
  const last = values.length - 1;
  return values.map((value, i) => {
    const around = Array.from({ length: WINDOW }, (_, j) => values[Math.min(last, Math.max(0, i - half + j))]!);
    const middle = median(around);
    return Math.min(middle + REACH, Math.max(middle - REACH, value));
  });
}

function dropSmall(points: readonly number[], logs: readonly number[], leastStep: number): number[] {
  let kept = [...points];
  while (kept.length > 0) {
    const stretches = listStretches(logs, kept);
    const steps = kept.map((_, i) => Math.abs(stretches[i + 1]!.median - stretches[i]!.median));
    const smallest = steps.indexOf(Math.min(...steps));
    if (steps[smallest]! >= leastStep) break;
    kept = kept.filter((_, i) => i !== smallest);
  }
  return kept;
}

/**
 * Growth with a fixed cost: t = a + c·x^b, on logarithms. A plain slope of ln t on ln x is below b whenever there is a fixed
 * cost, and so never sees superlinear growth (docs/method.md, "Growth").
 * The exponent's interval is the profile of the sum of squares (Bates & Watts, Nonlinear Regression Analysis, 6.1).
 */
import { fUpper } from './fisher-f.ts';
import { findCrossing, findMinimum } from './minimum.ts';
import { studentQuantile } from './student.ts';

export interface PowerLaw {
  /** Fixed cost a and the factor c, in the unit of the times; c per unit of x to the power of b. */
  readonly fixed: number;
  readonly factor: number;
  readonly exponent: number;
  /** −Infinity, Infinity where the data do not bound it: constant times, say. */
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** yes: the lower bound is above 1 · no: the upper bound is below 1.05, so doubling x adds at most 4 % to doubling t. */
  readonly superlinear: 'yes' | 'no' | 'undecided';
  /** Chance of so bad a fit if the curve were right; small: the levels scatter about it more than their noise allows. */
  readonly fitP: number;
  /** Σ count·(mean log − ln curve)² over the levels. */
  readonly squares: number;
}

/** One level: where it lies, the mean of the logarithms of its times and how many there are. */
export interface CurvePoint {
  readonly x: number;
  readonly meanLog: number;
  readonly count: number;
}

/** Squares of the logarithms about the means of their levels (and blocks, where they were taken out), and their freedom. */
export interface Scatter {
  readonly squares: number;
  readonly freedom: number;
}

const LOWEST = 0.05;
const HIGHEST = 6;
const GRID = 24;
/** A larger exponent than this is excluded where growth is called not superlinear. */
const HARDLY = 1.05;
const LEAST_LEVELS = 4;

/** From single times `y` at `x`, independent of each other. Throws RangeError for bad numbers or fewer than 4 places. */
export function fitPowerLaw(x: readonly number[], y: readonly number[], confidence = 0.95): PowerLaw {
  const logs = new Map<number, number[]>();
  x.forEach((place, i) => {
    if (!(isAmount(place) && isAmount(y[i]!))) {
      throw new RangeError('sizes and times must be finite and above zero');
    }
    logs.set(place, [...(logs.get(place) ?? []), Math.log(y[i]!)]);
  });
  let squares = 0;
  const points = [...logs].map(([place, some]): CurvePoint => {
    const meanLog = some.reduce((sum, log) => sum + log, 0) / some.length;
    for (const log of some) squares += (log - meanLog) ** 2;
    return { x: place, meanLog, count: some.length };
  });
  return fitPowerLawTo(points, { squares, freedom: x.length - points.length }, confidence);
}

/** From levels already put together. Throws RangeError for bad numbers or fewer than 4 levels. */
export function fitPowerLawTo(points: readonly CurvePoint[], scatter: Scatter, confidence = 0.95): PowerLaw {
  const spare = points.length - 3;
  if (points.length < LEAST_LEVELS) {
    throw new RangeError(`a curve with a fixed cost needs ${LEAST_LEVELS} sizes or more, not ${points.length}`);
  }
  if (!points.every(({ x, meanLog, count }) => isAmount(x) && isAmount(count) && Number.isFinite(meanLog))) {
    throw new RangeError('sizes, times and counts must be finite and above zero');
  }
  const middle = points.reduce((sum, { x }) => sum + Math.log(x), 0) / points.length;
  const spread = points.map((point) => ({ ...point, x: Math.log(point.x) - middle }));
  const profile = (b: number) => fitFixed(spread, b).squares;
  const step = (HIGHEST - LOWEST) / GRID;
  const best = lowestOf(
    Array.from({ length: GRID + 1 }, (_, i) => LOWEST + i * step),
    profile,
  );
  const { at: exponent } = findMinimum(profile, Math.max(LOWEST, best - step), Math.min(HIGHEST, best + step), 1e-7);
  const { squares, logFactor, share } = fitFixed(spread, exponent);
  const { variance, freedom, fitP } = judgeFit(squares, spare, scatter);
  const allowed = squares + variance * studentQuantile((1 + confidence) / 2, freedom) ** 2;
  const outside = (b: number) => profile(b) - allowed;
  const bound = (limit: number, unknown: number) =>
    outside(limit) < 0 ? unknown : findCrossing(outside, exponent, limit, 1e-7);
  const low = bound(LOWEST, -Infinity);
  const high = bound(HIGHEST, Infinity);
  const factor = Math.exp(logFactor - exponent * middle);
  return {
    fixed: share * Math.exp(logFactor),
    factor,
    exponent,
    low,
    high,
    confidence,
    superlinear: low > 1 ? 'yes' : high < HARDLY ? 'no' : 'undecided',
    fitP,
    squares,
  };
}

const isAmount = (value: number): boolean => value > 0 && Number.isFinite(value);

/** The curve's value at x. */
export function powerLawAt({ fixed, factor, exponent }: PowerLaw, x: number): number {
  return fixed + factor * x ** exponent;
}

/**
 * Variance of one logarithm and its freedom. Where the levels lie off the curve by more than their own scatter explains, the
 * distance from the curve is the measure of what is not known.
 */
function judgeFit(squares: number, spare: number, scatter: Scatter) {
  const pooled = {
    variance: (squares + scatter.squares) / (spare + scatter.freedom),
    freedom: spare + scatter.freedom,
  };
  if (scatter.freedom === 0 || !(scatter.squares > 0)) return { ...pooled, fitP: 1 };
  const ratio = squares / spare / (scatter.squares / scatter.freedom);
  const fitP = fUpper(ratio, spare, scatter.freedom);
  return fitP < 0.05 ? { variance: squares / spare, freedom: spare, fitP } : { ...pooled, fitP };
}

/**
 * Best fixed cost and factor for an exponent b: ln t = ln c + ln(α + x^b), α = a/c >= 0. ln c is then a mean, and what is
 * left to search is α. x as logarithms about their middle.
 */
function fitFixed(points: readonly CurvePoint[], b: number) {
  const powers = points.map(({ x }) => Math.exp(b * x));
  const total = points.reduce((sum, { count }) => sum + count, 0);
  const at = (share: number) => {
    let sum = 0;
    let squares = 0;
    points.forEach(({ meanLog, count }, i) => {
      const left = meanLog - Math.log(share + powers[i]!);
      sum += count * left;
      squares += count * left * left;
    });
    return { share, logFactor: sum / total, squares: Math.max(0, squares - (sum * sum) / total) };
  };
  const low = Math.log(Math.min(...powers)) - FAR;
  const high = Math.log(Math.max(...powers)) + FAR;
  const step = (high - low) / GRID;
  const search = (log: number) => at(Math.exp(log)).squares;
  const best = lowestOf(
    Array.from({ length: GRID + 1 }, (_, i) => low + i * step),
    search,
  );
  const free = at(Math.exp(findMinimum(search, best - step, best + step, 1e-6).at));
  const none = at(0);
  return none.squares <= free.squares ? none : free;
}

/** Fixed costs from a thousandth of the least variable cost to a thousand times the largest. */
const FAR = 7;

function lowestOf(places: readonly number[], f: (place: number) => number): number {
  let best = places[0]!;
  let least = Infinity;
  for (const place of places) {
    const value = f(place);
    if (value < least) [best, least] = [place, value];
  }
  return best;
}

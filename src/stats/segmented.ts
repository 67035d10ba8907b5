/**
 * Two straight lines that meet at a knee: the exact least-squares fit (Hudson, Fitting segmented curves whose join points
 * have to be estimated, JASA 1966; the model of Muggeo's `segmented`), and a sup-F test of whether there is a knee at all.
 */
import type { Scatter } from './power-law.ts';
import { createRandom } from './random.ts';
import { dot } from './sums.ts';
import { invertSymmetric, multiply, normalEquations } from './symmetric.ts';

export interface Segmented {
  readonly knee: number;
  /** Standard error of the knee by the delta method; NaN without freedom left. */
  readonly kneeError: number;
  /** Value of the first line at 0, its slope, and the slope beyond the knee. */
  readonly intercept: number;
  readonly slopes: readonly [number, number];
  /** Sum of squares about the two lines, and about one straight line. */
  readonly squares: number;
  readonly straightSquares: number;
}

const LEAST_PLACES = 4;

/**
 * y on x, any order, optionally with weights (1 / variance). Throws RangeError for fewer than four different x or bad numbers.
 */
export function fitSegmented(x: readonly number[], y: readonly number[], weights?: readonly number[]): Segmented {
  const places = placesOf(x);
  if (places.length < LEAST_PLACES) {
    throw new RangeError(`a knee needs ${LEAST_PLACES} different places or more, not ${places.length}`);
  }
  if (![...x, ...y].every(Number.isFinite)) throw new RangeError('a knee is sought in finite numbers only');
  const w = weights ?? x.map(() => 1);
  const at = (knee: number) =>
    leastSquares(
      x.map((place) => [1, place, Math.max(0, place - knee)]),
      y,
      w,
    );
  let best: { knee: number; fit: Line } | undefined;
  const consider = (knee: number) => {
    const fit = at(knee);
    if (fit && (best === undefined || fit.squares < best.fit.squares)) best = { knee, fit };
  };
  for (const knee of places.slice(1, -1)) consider(knee);
  for (const knee of crossings(x, y, w, places)) consider(knee);
  const straight = leastSquares(
    x.map((place) => [1, place]),
    y,
    w,
  );
  if (!best || !straight) throw new RangeError('the places of this data do not tell two lines apart');
  const [intercept = 0, first = 0, bend = 0] = best.fit.solution;
  return {
    knee: best.knee,
    kneeError: kneeError(x, w, best.knee, bend, best.fit.squares),
    intercept,
    slopes: [first, first + bend],
    squares: best.fit.squares,
    straightSquares: straight.squares,
  };
}

export interface KneeTestOptions {
  readonly weights?: readonly number[];
  /** Squares in the units that the weights make, and their freedom, where y are means of many: they then judge the bend. */
  readonly scatter?: Scatter;
  readonly draws?: number;
  readonly seed?: number;
}

/**
 * Chance that one straight line with normal noise bends this much anywhere: the largest of the F statistics over possible
 * knees, against the same largest in `draws` seeded samples. Its null distribution depends on the places alone (Andrews
 * 1993), so the test is exact. Never below 1/(draws + 1).
 */
export function kneeP(
  x: readonly number[],
  y: readonly number[],
  { weights, scatter, draws = 999, seed = 1 }: KneeTestOptions = {},
): number {
  const places = placesOf(x);
  const roots = x.map((_, i) => Math.sqrt(weights?.[i] ?? 1));
  const [first, last] = [places[1]!, places[places.length - 2]!];
  const knees = Array.from({ length: KNEES }, (_, i) => first + ((last - first) * i) / (KNEES - 1));
  // What a bend at each knee adds to a straight line, as directions of length one.
  const line = orthonormal([roots, x.map((place, i) => place * roots[i]!)]);
  const bends = knees.flatMap((knee) =>
    orthonormal([...line, x.map((place, i) => Math.max(0, place - knee) * roots[i]!)]).slice(line.length),
  );
  const largest = (values: readonly number[]) => Math.max(0, ...bends.map((direction) => dot(direction, values) ** 2));
  const left = (values: readonly number[]) =>
    square(values) - line.reduce((sum, direction) => sum + dot(direction, values) ** 2, 0);
  const random = createRandom(seed, 'knee');
  const drawn = () => x.map(() => random.normal());
  const bare = y.map((value, i) => value * roots[i]!);
  // With a scatter of its own the bend is measured by that, else by what the line leaves.
  const ofSample = (values: readonly number[]) =>
    scatter
      ? (largest(values) * scatter.freedom) / drawChiSquared(scatter.freedom, random.normal())
      : largest(values) / left(values);
  const seen = scatter ? (largest(bare) * scatter.freedom) / scatter.squares : largest(bare) / left(bare);
  let larger = 0;
  for (let draw = 0; draw < draws; draw++) if (ofSample(drawn()) >= seen) larger++;
  return (1 + larger) / (1 + draws);
}

/** χ² of this freedom from a standard normal (Wilson & Hilferty 1931). */
function drawChiSquared(freedom: number, normal: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * Math.max(1e-3, 1 - spread + normal * Math.sqrt(spread)) ** 3;
}

const KNEES = 20;

interface Line {
  readonly solution: readonly number[];
  readonly squares: number;
}

/** Where the separate lines of a left and a right part meet, if between the parts: elsewhere the join is at a place. */
function crossings(x: readonly number[], y: readonly number[], w: readonly number[], places: readonly number[]) {
  const part = (keep: (place: number) => boolean) => {
    const chosen = x.flatMap((place, i) => (keep(place) ? [i] : []));
    const pick = (values: readonly number[]) => chosen.map((i) => values[i]!);
    return leastSquares(
      pick(x).map((place) => [1, place]),
      pick(y),
      pick(w),
    )?.solution;
  };
  return places.slice(1, -2).flatMap((end, i) => {
    const next = places[i + 2]!;
    const left = part((place) => place <= end);
    const right = part((place) => place >= next);
    if (!left || !right) return [];
    const knee = (left[0]! - right[0]!) / (right[1]! - left[1]!);
    return knee > end && knee < next ? [knee] : [];
  });
}

function kneeError(x: readonly number[], w: readonly number[], knee: number, bend: number, squares: number): number {
  const rows = x.map((place) => [1, place, Math.max(0, place - knee), place > knee ? -bend : 0]);
  const inverse = invertSymmetric(normalEquations(rows, x, w).matrix);
  return inverse && x.length > 4 ? Math.sqrt((squares / (x.length - 4)) * inverse[3]![3]!) : Number.NaN;
}

function leastSquares(rows: readonly (readonly number[])[], y: readonly number[], w: readonly number[]) {
  const { matrix, right } = normalEquations(rows, y, w);
  const inverse = invertSymmetric(matrix);
  if (!inverse) return undefined;
  const solution = multiply(inverse, right);
  const squares = rows.reduce((sum, row, i) => sum + w[i]! * (y[i]! - dot(row, solution)) ** 2, 0);
  return { solution, squares };
}

const placesOf = (x: readonly number[]): number[] => [...new Set(x)].sort((a, b) => a - b);
const square = (a: readonly number[]): number => dot(a, a);

/** Gram-Schmidt, twice for the digits; a direction that adds nothing is left out. */
function orthonormal(directions: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = [];
  for (const direction of directions) {
    let left = [...direction];
    for (let pass = 0; pass < 2; pass++) {
      for (const known of basis) {
        const along = dot(known, left);
        left = left.map((value, i) => value - along * known[i]!);
      }
    }
    const length = Math.sqrt(square(left));
    if (length > 1e-9 * Math.sqrt(square(direction))) basis.push(left.map((value) => value / length));
  }
  return basis;
}

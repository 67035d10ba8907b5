/**
 * Simultaneous intervals for the means of several components measured together, block by block: all of them hold their
 * truth at once. The critical value is that of the largest |t| of all components when the signs of whole blocks are
 * flipped at random, every flip with a standard error of its own ("re-studentised"): with the observed error kept in the
 * denominator the intervals hold too seldom (.69 instead of .95 at ten blocks). Dependence between components is kept, since
 * a block flips as a whole. Source: Westfall & Young, Resampling-Based Multiple Testing, 2.; Romano & Wolf 2005.
 */
import { mean } from './quantile.ts';
import { createRandom } from './random.ts';

export interface Simultaneous {
  /** Critical |t| that all components share; Infinity when there are too few blocks for this level. */
  readonly critical: number;
  /** Mean of each component, in the unit of the rows, as are `low` and `high`. */
  readonly centre: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Up to so many blocks every pattern of signs is tried; above, so many drawn ones. */
const ALL_PATTERNS_UP_TO = 12;
const PATTERNS = 2000;

/**
 * `rows`: blocks x components, at least two blocks, one component and finite. `alpha`: chance that any interval misses.
 * The signs are those of the residuals, so adding a constant to a component moves its interval and changes nothing else. A
 * component that never varies has an interval of no width. Throws RangeError for ragged, empty or non-finite rows.
 */
export function maxT(rows: readonly (readonly number[])[], alpha: number, seed: number): Simultaneous {
  checkRows(rows, alpha);
  const blocks = rows.length;
  const centre = rows[0]!.map((_, component) => mean(rows.map((row) => row[component]!)));
  const residuals = centre.map((middle, component) => Float64Array.from(rows, (row) => row[component]! - middle));
  const squares = residuals.map((values) => values.reduce((sum, value) => sum + value * value, 0));
  const errors = squares.map((square) => Math.sqrt(square / (blocks - 1) / blocks));
  const critical = criticalT(residuals, squares, alpha, seed);
  const reach = errors.map((error) => (error === 0 ? 0 : critical * error));
  return {
    critical,
    centre,
    low: centre.map((middle, component) => middle - reach[component]!),
    high: centre.map((middle, component) => middle + reach[component]!),
  };
}

function criticalT(
  residuals: readonly Float64Array[],
  squares: readonly number[],
  alpha: number,
  seed: number,
): number {
  const blocks = residuals[0]!.length;
  const patterns = signPatterns(blocks, seed);
  const count = patterns.length / blocks;
  // The largest of `count` values is exceeded with chance 1/count: fewer can't tell this level.
  if (count * alpha < 1) return Infinity;
  const largest = new Float64Array(count);
  for (let pattern = 0; pattern < count; pattern++) {
    const signs = patterns.subarray(pattern * blocks, (pattern + 1) * blocks);
    residuals.forEach((values, component) => {
      const t = flippedT(values, squares[component]!, signs);
      if (t > largest[pattern]!) largest[pattern] = t;
    });
  }
  largest.sort();
  return largest[Math.ceil((1 - alpha) * count) - 1]!;
}

/** |t| of the values under these signs. Flipping leaves the sum of squares as it is. */
function flippedT(values: Float64Array, squares: number, signs: Int8Array): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += signs[i]! * values[i]!;
  const spread = squares - (sum * sum) / n;
  if (!(spread > 0)) return sum === 0 ? 0 : Infinity;
  return Math.abs(sum) / Math.sqrt((n * spread) / (n - 1));
}

/** Patterns of ±1, `blocks` a pattern, one after the other. Turning all signs round leaves |t|, so the first stays +1. */
function signPatterns(blocks: number, seed: number): Int8Array {
  const all = blocks <= ALL_PATTERNS_UP_TO;
  const count = all ? 2 ** (blocks - 1) : PATTERNS;
  const random = createRandom(seed, 'max-t');
  const signs = new Int8Array(count * blocks);
  for (let pattern = 0; pattern < count; pattern++) {
    for (let block = 0; block < blocks; block++) {
      const negative = all ? (pattern >> block) & 1 : block > 0 && random.bits() & 1;
      signs[pattern * blocks + block] = negative ? -1 : 1;
    }
  }
  return signs;
}

function checkRows(rows: readonly (readonly number[])[], alpha: number): void {
  const components = rows[0]?.length ?? 0;
  if (rows.length < 2)
    throw new RangeError(`simultaneous intervals need at least two blocks, there are ${rows.length}`);
  if (components === 0) throw new RangeError('simultaneous intervals need at least one component');
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie between 0 and 1, not ${alpha}`);
  rows.forEach((row, block) => {
    if (row.length !== components) {
      throw new RangeError(`block ${block} has ${row.length} components, block 0 has ${components}`);
    }
    if (!row.every(Number.isFinite)) throw new RangeError(`block ${block} has a component that is no finite number`);
  });
}

/**
 * Linear least squares by Householder's QR decomposition, which never forms XᵀX and so keeps the digits that a nearly
 * singular or badly scaled design has left. Source: Golub & Van Loan, Matrix Computations, 5.2 and 5.3.
 */
import { mean } from './quantile.ts';
import { dot } from './sums.ts';

export interface Fit {
  /** One a column. */
  readonly coefficients: readonly number[];
  /** One a column; NaN where no degree of freedom is left. */
  readonly standardErrors: readonly number[];
  readonly residualSumOfSquares: number;
  /** Rows less columns. */
  readonly residualDf: number;
  /** 1 − residual over total sum of squares about the mean; NaN where y is constant. */
  readonly rSquared: number;
}

export type Matrix = readonly (readonly number[])[];

/** A column whose part that earlier columns do not explain is smaller than this share of it is no column of its own. */
const RANK_TOLERANCE = 1e-10;

/**
 * Fits y on the columns of `matrix` (rows × columns, an intercept is a column of ones). y is centred first where the first
 * column is one, so that a large constant costs no digits.
 * RangeError: fewer rows than columns, lengths that differ, a value that is not finite, or columns that depend on each other.
 */
export function leastSquares(matrix: Matrix, y: readonly number[]): Fit {
  if (matrix.length !== y.length) throw new RangeError(`${y.length} values for ${matrix.length} rows`);
  const { columns, diagonal, scale, rank, width } = decompose(matrix);
  if (rank < width)
    throw new RangeError(`the columns depend on each other: only ${rank} of ${width} can be told apart`);
  const centre = matrix.every((row) => row[0] === 1) ? mean(y) : 0;
  const z = Float64Array.from(y, (value) => value - centre);
  if (!z.every(Number.isFinite)) throw new RangeError('a value is not a finite number');
  for (let j = 0; j < width; j++) reflect(columns[j]!, scale[j]!, z, j);
  const coefficients = solveUpper(columns, diagonal, z, width);
  const residualSumOfSquares = sumSquares(z.subarray(width));
  const residualDf = y.length - width;
  const variance = residualSumOfSquares / residualDf;
  const inverse = invertUpper(columns, diagonal, width);
  const total = sumOfSquares(y);
  if (centre !== 0) coefficients[0]! += centre;
  return {
    coefficients: [...coefficients],
    standardErrors: inverse.map((row) => (residualDf > 0 ? Math.sqrt(variance * sumSquares(row)) : Number.NaN)),
    residualSumOfSquares,
    residualDf,
    rSquared: total > 0 ? 1 - residualSumOfSquares / total : Number.NaN,
  };
}

/**
 * The rows of the pseudo-inverse: coefficient j of any y is Σ weights[j][i]·y[i]. What makes one value a block of a design's
 * effect. RangeError as above.
 */
export function fitWeights(matrix: Matrix): number[][] {
  const { columns, diagonal, scale, rank, width } = decompose(matrix);
  if (rank < width)
    throw new RangeError(`the columns depend on each other: only ${rank} of ${width} can be told apart`);
  const weights = Array.from({ length: width }, () => new Array<number>(matrix.length));
  for (let i = 0; i < matrix.length; i++) {
    const unit = new Float64Array(matrix.length);
    unit[i] = 1;
    for (let j = 0; j < width; j++) reflect(columns[j]!, scale[j]!, unit, j);
    solveUpper(columns, diagonal, unit, width).forEach((value, j) => {
      weights[j]![i] = value;
    });
  }
  return weights;
}

/** How many columns are independent of those before them; also right where there are more columns than rows. */
export function matrixRank(matrix: Matrix): number {
  const width = matrix[0]?.length ?? 0;
  // Column by column against an orthonormal base, twice, which is as good as Householder here and knows no shape.
  const base: Float64Array[] = [];
  for (let j = 0; j < width && base.length < matrix.length; j++) {
    const column = Float64Array.from(matrix, (row) => row[j]!);
    const size = Math.sqrt(sumSquares(column));
    for (let pass = 0; pass < 2; pass++) for (const unit of base) subtract(column, unit, dot(column, unit));
    const left = Math.sqrt(sumSquares(column));
    if (left > RANK_TOLERANCE * size && left > 0) base.push(column.map((value) => value / left));
  }
  return base.length;
}

/** ln |XᵀX|; −Infinity where the columns depend on each other or outnumber the rows. */
export function logDeterminant(matrix: Matrix): number {
  const width = matrix[0]?.length ?? 0;
  if (matrix.length < width) return -Infinity;
  const { diagonal, rank } = decompose(matrix);
  return rank < width ? -Infinity : 2 * diagonal.reduce((sum, value) => sum + Math.log(Math.abs(value)), 0);
}

/** Sum of squares about the mean, in two passes. */
export function sumOfSquares(values: readonly number[]): number {
  const centre = mean(values);
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    squares += (value - centre) ** 2;
    rest += value - centre; // zero but for rounding, which the correction takes back (Chan, Golub & LeVeque 1983)
  }
  return values.length === 0 ? 0 : squares - rest ** 2 / values.length;
}

/** Sample standard deviation, in two passes; NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  return values.length < 2 ? Number.NaN : Math.sqrt(sumOfSquares(values) / (values.length - 1));
}

interface Decomposition {
  /** Below the diagonal the reflections, above it R; the diagonal of R apart. */
  readonly columns: readonly Float64Array[];
  readonly diagonal: readonly number[];
  /** 2 / vᵀv of each reflection; 0 where nothing is reflected. */
  readonly scale: readonly number[];
  readonly rank: number;
  readonly width: number;
}

function decompose(matrix: Matrix): Decomposition {
  const height = matrix.length;
  const width = matrix[0]?.length ?? 0;
  if (height < width) throw new RangeError(`${height} rows can't tell ${width} columns apart`);
  const columns = Array.from({ length: width }, (_, j) => Float64Array.from(matrix, (row) => row[j]!));
  if (!columns.every((column) => column.every(Number.isFinite))) {
    throw new RangeError('a number of the design is not finite');
  }
  const diagonal: number[] = [];
  const scale: number[] = [];
  let rank = 0;
  for (const [j, column] of columns.entries()) {
    const size = Math.sqrt(sumSquares(column));
    const left = Math.sqrt(sumSquares(column.subarray(j)));
    if (left > RANK_TOLERANCE * size && left > 0) rank++;
    const head = column[j]! > 0 ? -left : left;
    column[j]! -= head;
    diagonal.push(head);
    const squares = sumSquares(column.subarray(j));
    scale.push(squares === 0 ? 0 : 2 / squares);
    for (const later of columns.slice(j + 1)) reflect(column, scale[j]!, later, j);
  }
  return { columns, diagonal, scale, rank, width };
}

/** target ← target − scale·v·(vᵀtarget), v being `column` from `from` on. */
function reflect(column: Float64Array, scale: number, target: Float64Array, from: number): void {
  if (scale === 0) return;
  let product = 0;
  for (let i = from; i < column.length; i++) product += column[i]! * target[i]!;
  for (let i = from; i < column.length; i++) target[i]! -= scale * product * column[i]!;
}

function solveUpper(
  columns: readonly Float64Array[],
  diagonal: readonly number[],
  right: Float64Array,
  width: number,
): Float64Array {
  const solved = Float64Array.from(right.subarray(0, width));
  for (let j = width - 1; j >= 0; j--) {
    solved[j]! /= diagonal[j]!;
    for (let i = 0; i < j; i++) solved[i]! -= columns[j]![i]! * solved[j]!;
  }
  return solved;
}

/** Rows of R⁻¹: the squares of a row's entries, summed, are a coefficient's variance over that of y. */
function invertUpper(columns: readonly Float64Array[], diagonal: readonly number[], width: number): Float64Array[] {
  const rows = Array.from({ length: width }, () => new Float64Array(width));
  for (let k = 0; k < width; k++) {
    const unit = new Float64Array(width);
    unit[k] = 1;
    solveUpper(columns, diagonal, unit, width).forEach((value, j) => {
      rows[j]![k] = value;
    });
  }
  return rows;
}

function sumSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function subtract(target: Float64Array, unit: Float64Array, by: number): void {
  for (let i = 0; i < target.length; i++) target[i]! -= by * unit[i]!;
}

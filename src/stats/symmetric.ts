/** Small symmetric systems, as normal equations are: a handful of unknowns, solved by Cholesky's method with scaling. */

/**
 * The inverse of a symmetric positive definite matrix, given as rows. Undefined when a column is, to rounding, a combination
 * of the others.
 */
export function invertSymmetric(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  // Unknowns of very different size (a slope per byte beside a constant) would drown each other without this.
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i]!));
  if (!scale.every((each) => Number.isFinite(each) && each > 0)) return undefined;
  const lower = matrix.map((row, i) => row.map((value, j) => value * scale[i]! * scale[j]!));
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) lower[j]![j]! -= lower[j]![k]! ** 2;
    if (!(lower[j]![j]! > SINGULAR)) return undefined;
    lower[j]![j] = Math.sqrt(lower[j]![j]!);
    for (let i = j + 1; i < n; i++) {
      for (let k = 0; k < j; k++) lower[i]![j]! -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j]! /= lower[j]![j]!;
    }
  }
  const columns = Array.from({ length: n }, (_, unit) => {
    const x = Array.from({ length: n }, (_, i) => (i === unit ? 1 : 0));
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
      x[i]! /= lower[i]![i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
      x[i]! /= lower[i]![i]!;
    }
    return x;
  });
  return columns.map((column, i) => column.map((value, j) => value * scale[i]! * scale[j]!));
}

/** What of a column is left after the others explain it, as a share of its square. */
const SINGULAR = 1e-12;

/** Σ weight · row rowᵀ over the rows of a design, and Σ weight · row · y: the normal equations. */
export function normalEquations(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  weights?: readonly number[],
): { readonly matrix: number[][]; readonly right: number[] } {
  const n = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const right = new Array<number>(n).fill(0);
  rows.forEach((row, r) => {
    const weight = weights?.[r] ?? 1;
    for (let i = 0; i < n; i++) {
      right[i]! += weight * row[i]! * y[r]!;
      for (let j = 0; j < n; j++) matrix[i]![j]! += weight * row[i]! * row[j]!;
    }
  });
  return { matrix, right };
}

/** matrix · vector. */
export function multiply(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i]!, 0));
}

/** Least squares of a curve that is not linear in its parameters, each with a lower bound: Levenberg-Marquardt by projection. */
import { invertSymmetric, multiply } from './symmetric.ts';

export interface CurveProblem {
  /** Residuals at these parameters, and their derivatives: one row a residual, one column a parameter. */
  readonly evaluate: (parameters: readonly number[]) => {
    readonly residuals: readonly number[];
    readonly jacobian: readonly (readonly number[])[];
  };
  readonly start: readonly number[];
  /** Least value of each parameter; −Infinity for none. */
  readonly least: readonly number[];
}

export interface CurveFit {
  readonly parameters: readonly number[];
  readonly squares: number;
  /** False when it gave up while still getting better. */
  readonly converged: boolean;
}

const MOST_STEPS = 500;

/**
 * The nearest minimum of the sum of squared residuals. A parameter at its bound that wants to leave the allowed side is held
 * there for the step. Source: Marquardt 1963, with his scaling; projection as in Kanzow, Yamashita & Fukushima 2004.
 */
export function fitCurve({ evaluate, start, least }: CurveProblem): CurveFit {
  let parameters = start.map((value, i) => Math.max(least[i]!, value));
  let { residuals, jacobian } = evaluate(parameters);
  let squares = sumSquares(residuals);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = parameters.map((_, j) => jacobian.reduce((sum, row, i) => sum + row[j]! * residuals[i]!, 0));
    const free = parameters.flatMap((value, j) => (value > least[j]! || slope[j]! < 0 ? [j] : []));
    if (free.length === 0) return { parameters, squares, converged: true };
    const normal = free.map((j) => free.map((k) => jacobian.reduce((sum, row) => sum + row[j]! * row[k]!, 0)));
    let moved = false;
    while (damping < 1e12) {
      const inverse = invertSymmetric(normal.map((row, i) => row.map((v, j) => (i === j ? v * (1 + damping) : v))));
      if (!inverse) {
        damping *= 10;
        continue;
      }
      const change = multiply(
        inverse,
        free.map((j) => -slope[j]!),
      );
      const next = [...parameters];
      free.forEach((j, i) => {
        next[j] = Math.max(least[j]!, parameters[j]! + change[i]!);
      });
      const tried = evaluate(next);
      const better = sumSquares(tried.residuals);
      if (better <= squares) {
        const still = next.every((value, j) => Math.abs(value - parameters[j]!) <= 1e-12 * Math.abs(value));
        parameters = next;
        ({ residuals, jacobian } = tried);
        squares = better;
        damping = Math.max(1e-12, damping / 10);
        moved = !still;
        break;
      }
      damping *= 10;
    }
    if (!moved) return { parameters, squares, converged: true };
  }
  return { parameters, squares, converged: false };
}

const sumSquares = (residuals: readonly number[]): number => {
  const sum = residuals.reduce((total, each) => total + each * each, 0);
  return Number.isFinite(sum) ? sum : Infinity;
};

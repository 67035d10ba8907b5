/**
 * How an effect depends on what is known of a machine (its clock, its memory's bandwidth): a mixed-effects regression with
 * the spread that is left between machines. Source: Viechtbauer, JSS 36(3), 2010; Raudenbush 2009 for R².
 */
import { poolEffects } from './random-effects.ts';
import { dot, sum } from './sums.ts';
import { invertSymmetric, multiply, normalEquations } from './symmetric.ts';

export interface MetaRegression {
  /** The constant first, then one a moderator. */
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  /** Variance between machines that is left. */
  readonly tau2: number;
  /** Share of the variance between machines that the moderators explain, a fraction. */
  readonly r2: number;
}

/** Machines that each coefficient needs, the constant not counted. */
export const MACHINES_PER_COEFFICIENT = 4;
const MOST_STEPS = 200;

/**
 * Effects with their variances, and the moderators of each machine as rows. Throws RangeError for fewer than four machines a
 * moderator, for bad numbers, and for moderators that can't be told apart.
 */
export function regressEffects(
  effects: readonly number[],
  variances: readonly number[],
  moderators: readonly (readonly number[])[],
  method: 'REML' | 'DL' = 'REML',
): MetaRegression {
  const machines = effects.length;
  const wanted = MACHINES_PER_COEFFICIENT * (moderators[0]?.length ?? 0);
  if (moderators.length !== machines) throw new RangeError('every machine needs its moderators');
  if (machines < Math.max(wanted, 3)) {
    throw new RangeError(`${machines} machines are too few: each moderator needs ${MACHINES_PER_COEFFICIENT}`);
  }
  if (moderators.some((row) => row.length !== moderators[0]!.length)) {
    throw new RangeError('every machine needs the same moderators');
  }
  if (!moderators.flat().every(Number.isFinite)) throw new RangeError('moderators must be finite');
  const { tau2: alone } = poolEffects(effects, variances, { method, interval: 'z' });
  const rows = moderators.map((row) => [1, ...row]);
  const start = momentTau(effects, variances, rows);
  const tau2 = method === 'DL' ? start : (scoring(effects, variances, rows, start) ?? start);
  const { coefficients, covariance } = fit(effects, variances, rows, tau2);
  return {
    coefficients,
    errors: covariance.map((row, i) => Math.sqrt(row[i]!)),
    tau2,
    r2: alone > 0 ? Math.max(0, (alone - tau2) / alone) : 0,
  };
}

interface Fit {
  readonly coefficients: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly residuals: readonly number[];
}

function fit(
  effects: readonly number[],
  variances: readonly number[],
  rows: readonly (readonly number[])[],
  tau2: number,
): Fit {
  const weights = variances.map((variance) => 1 / (variance + tau2));
  const { matrix, right } = normalEquations(rows, effects, weights);
  const covariance = invertSymmetric(matrix);
  if (!covariance)
    throw new RangeError('the moderators can not be told apart: one is constant, or follows from others');
  const coefficients = multiply(covariance, right);
  const residuals = rows.map((row, i) => effects[i]! - dot(row, coefficients));
  return { coefficients, covariance, weights, residuals };
}

/** By moments: what the residuals scatter beyond the machines' own errors (DerSimonian & Laird, with moderators). */
function momentTau(
  effects: readonly number[],
  variances: readonly number[],
  rows: readonly (readonly number[])[],
): number {
  const { covariance, weights, residuals } = fit(effects, variances, rows, 0);
  const q = sum(residuals.map((residual, i) => weights[i]! * residual ** 2));
  return Math.max(0, (q - (effects.length - rows[0]!.length)) / traceOf(rows, weights, covariance).p);
}

/** Fisher scoring of the restricted likelihood; undefined when it does not settle. */
function scoring(
  effects: readonly number[],
  variances: readonly number[],
  rows: readonly (readonly number[])[],
  start: number,
): number | undefined {
  let tau2 = start;
  const scale = sum(variances) / variances.length;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { covariance, weights, residuals } = fit(effects, variances, rows, tau2);
    const { p, pp } = traceOf(rows, weights, covariance);
    const change = (sum(residuals.map((residual, i) => (weights[i]! * residual) ** 2)) - p) / pp;
    const next = Math.max(0, tau2 + change);
    if (Math.abs(next - tau2) <= 1e-12 * (scale + next)) return next;
    tau2 = next;
  }
  return undefined;
}

/** Traces of P = W − W X (XᵀWX)⁻¹ Xᵀ W and of PP, element by element. */
function traceOf(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  covariance: readonly (readonly number[])[],
): { readonly p: number; readonly pp: number } {
  let p = 0;
  let pp = 0;
  rows.forEach((row, i) => {
    const left = multiply(covariance, row);
    rows.forEach((other, j) => {
      const entry = (i === j ? weights[i]! : 0) - weights[i]! * weights[j]! * dot(left, other);
      if (i === j) p += entry;
      pp += entry * entry;
    });
  });
  return { p, pp };
}

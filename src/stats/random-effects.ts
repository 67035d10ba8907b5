/**
 * Several machines' effects put together: fixed effect, and random effects with the spread between machines (τ²) by
 * DerSimonian-Laird, Paule-Mandel, maximum likelihood, restricted maximum likelihood or Sidik-Jonkman.
 * Source: Viechtbauer, Conducting meta-analyses in R with the metafor package (JSS 36(3), 2010), whose formulae these are.
 */
import { chiSquaredQuantile, chiSquaredUpper } from './chi-squared.ts';
import { findCrossing } from './minimum.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { studentCdf, studentQuantile } from './student.ts';
import { sum } from './sums.ts';

export type TauMethod = 'FE' | 'DL' | 'PM' | 'ML' | 'REML' | 'SJ';

/** hk: Hartung-Knapp, Student's t with k − 1 · z: normal, and too narrow for few machines. */
export type IntervalMethod = 'hk' | 'z';

export interface RandomEffects {
  readonly estimate: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** Two-sided, of no effect. */
  readonly pValue: number;
  /** Where the effect of one more such machine lies; the interval's own ends under 'FE'. */
  readonly prediction: { readonly low: number; readonly high: number };
  /** Variance between machines; 0 under 'FE'. */
  readonly tau2: number;
  /** Share of the spread seen that is between machines, a fraction. */
  readonly i2: number;
  /** Cochran's Q and its p: small when the machines differ by more than their errors. */
  readonly q: number;
  readonly qP: number;
}

export interface RandomEffectsOptions {
  readonly method?: TauMethod;
  readonly interval?: IntervalMethod;
  readonly confidence?: number;
}

const MOST_STEPS = 200;

/**
 * Effects and their variances (squared standard errors), one a machine. Throws RangeError for fewer than two machines, for
 * a variance that is not above zero, or lists of unlike length. REML and ML start at DL and fall back to it where they
 * don't settle.
 */
export function poolEffects(
  effects: readonly number[],
  variances: readonly number[],
  { method = 'REML', interval = 'hk', confidence = 0.95 }: RandomEffectsOptions = {},
): RandomEffects {
  check(effects, variances);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`The confidence is ${confidence}: it lies between 0 and 1.`);
  const k = effects.length;
  const tau2 = method === 'FE' ? 0 : tauSquared(effects, variances, method);
  const weights = variances.map((variance) => 1 / (variance + tau2));
  const total = sum(weights);
  const estimate = weighted(effects, weights);
  const scatter = sum(effects.map((effect, i) => weights[i]! * (effect - estimate) ** 2)) / (k - 1);
  const hk = interval === 'hk';
  const error = Math.sqrt((hk ? scatter : 1) / total);
  const level = (1 + confidence) / 2;
  const reach = hk ? studentQuantile(level, k - 1) : normalQuantile(level);
  const away = -Math.abs(estimate / error);
  const beyond = method === 'FE' ? error : Math.sqrt(tau2 + error ** 2);
  const fixed = variances.map((variance) => 1 / variance);
  const centre = weighted(effects, fixed);
  const q = sum(effects.map((effect, i) => fixed[i]! * (effect - centre) ** 2));
  return {
    estimate,
    error,
    low: estimate - reach * error,
    high: estimate + reach * error,
    confidence,
    pValue: error > 0 ? 2 * (hk ? studentCdf(away, k - 1) : normalCdf(away)) : estimate === 0 ? 1 : 0,
    prediction: { low: estimate - reach * beyond, high: estimate + reach * beyond },
    tau2,
    i2: method === 'FE' ? Math.max(0, (q - (k - 1)) / q) || 0 : tau2 / (tau2 + typicalVariance(fixed)),
    q,
    qP: chiSquaredUpper(q, k - 1),
  };
}

/** Q-profile interval of τ² (Viechtbauer 2007): where the generalised Q meets the quantiles of χ² with k − 1. */
export function tauInterval(effects: readonly number[], variances: readonly number[], confidence = 0.95) {
  check(effects, variances);
  const freedom = effects.length - 1;
  const tail = (1 - confidence) / 2;
  const end = (p: number) => crossQ(effects, variances, chiSquaredQuantile(p, freedom));
  return { low: end(1 - tail), high: end(tail) };
}

/** Machines' within-variance as a whole (Higgins & Thompson 2002), so that I² = τ² / (τ² + s²). */
function typicalVariance(weights: readonly number[]): number {
  const total = sum(weights);
  return ((weights.length - 1) * total) / (total ** 2 - sum(weights.map((weight) => weight ** 2)));
}

function tauSquared(effects: readonly number[], variances: readonly number[], method: TauMethod): number {
  if (method === 'PM') return crossQ(effects, variances, effects.length - 1);
  if (method === 'SJ') return sidikJonkman(effects, variances);
  const start = derSimonianLaird(effects, variances);
  if (method === 'DL') return start;
  return scoring(effects, variances, method === 'REML', start) ?? start;
}

function derSimonianLaird(effects: readonly number[], variances: readonly number[]): number {
  const weights = variances.map((variance) => 1 / variance);
  const total = sum(weights);
  const centre = weighted(effects, weights);
  const q = sum(effects.map((effect, i) => weights[i]! * (effect - centre) ** 2));
  const scale = total - sum(weights.map((weight) => weight ** 2)) / total;
  return Math.max(0, (q - (effects.length - 1)) / scale);
}

/** Sidik & Jonkman 2005, from the plain variance of the effects. */
function sidikJonkman(effects: readonly number[], variances: readonly number[]): number {
  const middle = sum(effects) / effects.length;
  const rough = sum(effects.map((effect) => (effect - middle) ** 2)) / effects.length;
  if (rough === 0) return 0;
  const weights = variances.map((variance) => 1 / (variance / rough + 1));
  const centre = weighted(effects, weights);
  return sum(effects.map((effect, i) => weights[i]! * (effect - centre) ** 2)) / (effects.length - 1);
}

/** Fisher scoring with halved steps at the edge; undefined when it does not settle. */
function scoring(effects: readonly number[], variances: readonly number[], restricted: boolean, start: number) {
  let tau2 = start;
  const scale = sum(variances) / variances.length;
  for (let step = 0; step < MOST_STEPS; step++) {
    const weights = variances.map((variance) => 1 / (variance + tau2));
    const total = sum(weights);
    const squares = sum(weights.map((weight) => weight ** 2));
    const cubes = sum(weights.map((weight) => weight ** 3));
    const centre = weighted(effects, weights);
    const fit = sum(effects.map((effect, i) => (weights[i]! * (effect - centre)) ** 2));
    // tr P and tr PP of the projection P; without restriction tr W and tr WW.
    const trace = restricted ? total - squares / total : total;
    const information = restricted ? squares - (2 * cubes) / total + (squares / total) ** 2 : squares;
    const change = (fit - trace) / information;
    const next = Math.max(0, tau2 + change);
    if (Math.abs(next - tau2) <= 1e-12 * (scale + next)) return next;
    tau2 = next;
  }
  return undefined;
}

/** τ² at which Σ (y − μ)²/(v + τ²) falls to `target`; 0 when it is below from the start. */
function crossQ(effects: readonly number[], variances: readonly number[], target: number): number {
  const excess = (tau2: number) => {
    const weights = variances.map((variance) => 1 / (variance + tau2));
    const centre = weighted(effects, weights);
    return sum(effects.map((effect, i) => weights[i]! * (effect - centre) ** 2)) - target;
  };
  if (excess(0) <= 0) return 0;
  let high = Math.max(...variances);
  while (excess(high) > 0) high *= 2;
  return findCrossing((tau2) => -excess(tau2), 0, high, 1e-14 * high);
}

function check(effects: readonly number[], variances: readonly number[]): void {
  if (effects.length !== variances.length) throw new RangeError('every effect needs one variance');
  if (effects.length < 2) throw new RangeError('effects of two machines or more can be put together, not of one');
  if (!effects.every(Number.isFinite)) throw new RangeError('effects must be finite');
  if (!variances.every((variance) => variance > 0 && Number.isFinite(variance))) {
    throw new RangeError('variances must be finite and above zero');
  }
}

const weighted = (values: readonly number[], weights: readonly number[]): number =>
  sum(values.map((value, i) => weights[i]! * value)) / sum(weights);

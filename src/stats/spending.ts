/**
 * Group-sequential boundaries: how much of the error alpha each look at growing data may spend, so that all looks
 * together keep it. Recursive numerical integration (Armitage, McPherson & Rowe 1969) of Brownian motion seen at the
 * information fractions, Simpson's rule; spending by Kim & DeMets 1987 (alpha · t^rho) or any other function.
 */
import { normalCdf, normalDensity, normalQuantile } from './normal.ts';

export interface Boundaries {
  /** Critical |Z| of each look. */
  readonly z: readonly number[];
  /** Two-sided nominal level of each look: 2 Φ(−z). */
  readonly nominal: readonly number[];
}

/** Cumulative error spent at information fraction t in (0, 1]. */
export type Spending = (t: number, alpha: number) => number;

const kimDeMets =
  (rho: number): Spending =>
  (t, alpha) =>
    alpha * t ** rho;
/** Lan & DeMets 1983, in the manner of O'Brien and Fleming, each side spending alpha / 2 by itself. */
export const obrienFleming: Spending = (t, alpha) => 4 * normalCdf(normalQuantile(alpha / 4) / Math.sqrt(t));
/** Lan & DeMets 1983, in the manner of Pocock. */
export const pocock: Spending = (t, alpha) => alpha * Math.log(1 + (Math.E - 1) * t);

/** On half the range, the other half being its mirror image: 2,001 over the whole. */
const NODES = 1001;

/** Two-sided boundaries at ascending `fractions` in (0, 1]; `spending` is Kim-DeMets' rho or a function. */
export function boundaries(fractions: readonly number[], alpha: number, spending: number | Spending = 2): Boundaries {
  const spend = typeof spending === 'number' ? kimDeMets(spending) : spending;
  const z: number[] = [];
  let density: Density | undefined;
  let spent = 0;
  fractions.forEach((t, look) => {
    const due = spend(t, alpha);
    const edge = solveEdge(density, t, due - spent);
    z.push(edge / Math.sqrt(t));
    spent = due;
    if (look + 1 < fractions.length) density = step(density, t, edge);
  });
  return { z, nominal: z.map((value) => 2 * normalCdf(-value)) };
}

/** Probability that |Z| exceeds its critical value at one of the looks when nothing is there. */
export function crossingProbability(fractions: readonly number[], z: readonly number[]): number {
  let density: Density | undefined;
  let crossed = 0;
  fractions.forEach((t, look) => {
    const edge = z[look]! * Math.sqrt(t);
    crossed += exitProbability(density, t, edge);
    density = step(density, t, edge);
  });
  return crossed;
}

/** Density of the motion at time t on [0, edge], on Simpson nodes with their weights; symmetric about zero. */
interface Density {
  readonly t: number;
  readonly at: Float64Array;
  /** Density times quadrature weight. */
  readonly weighted: Float64Array;
}

/** P(not stopped before, |S(t)| > edge). */
function exitProbability(before: Density | undefined, t: number, edge: number): number {
  if (!before) return 2 * normalCdf(-edge / Math.sqrt(t));
  const sd = Math.sqrt(t - before.t);
  let sum = 0;
  for (let i = 0; i < before.at.length; i++) {
    const s = before.at[i]!;
    sum += before.weighted[i]! * (normalCdf((s - edge) / sd) + normalCdf((-s - edge) / sd));
  }
  return 2 * sum; // both halves of the symmetric density
}

function solveEdge(before: Density | undefined, t: number, error: number): number {
  if (!before) return -normalQuantile(error / 2) * Math.sqrt(t);
  let low = 0;
  let high = 40 * Math.sqrt(t);
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (exitProbability(before, t, middle) > error) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function step(before: Density | undefined, t: number, edge: number): Density {
  // Beyond ten standard deviations nothing is left to integrate.
  const end = Math.min(edge, 10 * Math.sqrt(t));
  const width = end / (NODES - 1);
  const at = new Float64Array(NODES);
  const weighted = new Float64Array(NODES);
  for (let i = 0; i < NODES; i++) {
    const s = i * width;
    at[i] = s;
    const weight = ((i === 0 || i === NODES - 1 ? 1 : i % 2 === 1 ? 4 : 2) * width) / 3;
    weighted[i] = weight * densityAt(before, t, s);
  }
  return { t, at, weighted };
}

function densityAt(before: Density | undefined, t: number, s: number): number {
  if (!before) return normalDensity(s / Math.sqrt(t)) / Math.sqrt(t);
  const sd = Math.sqrt(t - before.t);
  let sum = 0;
  for (let i = 0; i < before.at.length; i++) {
    const from = before.at[i]!;
    sum += before.weighted[i]! * (normalDensity((s - from) / sd) + normalDensity((s + from) / sd));
  }
  return sum / sd;
}

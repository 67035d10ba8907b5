/**
 * The Universal Scalability Law: X(N) = γN / (1 + σ(N − 1) + κN(N − 1)), σ the share that waits in line, κ what keeping
 * each other informed costs. Source: Gunther, Guerrilla Capacity Planning, 2007, 4 to 6.
 */
import { fitCurve } from './curve-fit.ts';

export interface Scalability {
  /** Throughput of one, by the fit: not pinned to what was measured at N = 1. */
  readonly gamma: number;
  readonly sigma: number;
  readonly kappa: number;
  /** N beyond which throughput falls: √((1 − σ)/κ); Infinity when κ is 0, 1 when it falls from the start. */
  readonly peak: number;
  /** Of the residuals, on the scale of the fit. */
  readonly squares: number;
}

export interface ScalabilityOptions {
  /** log: relative errors are alike at all loads (the default) · linear: absolute ones are. */
  readonly scale?: 'log' | 'linear';
  /** Holds γ at this. */
  readonly gamma?: number;
}

/** Throughputs at loads N >= 1, any order, repeats welcome. Throws RangeError for fewer than three loads or bad numbers. */
export function fitScalability(
  loads: readonly number[],
  throughputs: readonly number[],
  { scale = 'log', gamma }: ScalabilityOptions = {},
): Scalability {
  if (new Set(loads).size < 3) throw new RangeError('a scalability law needs three different loads or more');
  if (!loads.every((load) => load >= 1 && Number.isFinite(load))) {
    throw new RangeError('loads must be finite and at least 1');
  }
  if (!throughputs.every((each) => each > 0 && Number.isFinite(each))) {
    throw new RangeError('throughputs must be finite and above zero');
  }
  const start = linearise(loads, throughputs, gamma);
  const fit = fitCurve({
    start: gamma === undefined ? [start.gamma, start.sigma, start.kappa] : [start.sigma, start.kappa],
    least: gamma === undefined ? [Number.MIN_VALUE, 0, 0] : [0, 0],
    evaluate: (parameters) => {
      const [g = 0, s = 0, k = 0] = gamma === undefined ? parameters : [gamma, ...parameters];
      const rows = loads.map((n, i) => residualAt({ g, s, k, n, x: throughputs[i]! }, scale));
      return {
        residuals: rows.map((row) => row.residual),
        jacobian: rows.map(({ slopes }) => (gamma === undefined ? slopes : slopes.slice(1))),
      };
    },
  });
  const [g = 0, sigma = 0, kappa = 0] = gamma === undefined ? fit.parameters : [gamma, ...fit.parameters];
  return { gamma: g, sigma, kappa, peak: peakOf(sigma, kappa), squares: fit.squares };
}

/** Throughput at load n. */
export function scalabilityAt({ gamma, sigma, kappa }: Scalability, n: number): number {
  return (gamma * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

function peakOf(sigma: number, kappa: number): number {
  if (sigma >= 1) return 1;
  return kappa > 0 ? Math.max(1, Math.sqrt((1 - sigma) / kappa)) : Infinity;
}

/** Distance of the law from what was measured, and its derivatives by γ, σ and κ. */
function residualAt(
  { g, s, k, n, x }: { g: number; s: number; k: number; n: number; x: number },
  scale: 'log' | 'linear',
): { residual: number; slopes: number[] } {
  const queue = n - 1;
  const talk = n * (n - 1);
  const below = 1 + s * queue + k * talk;
  const model = (g * n) / below;
  const relative = [1 / g, -queue / below, -talk / below];
  if (scale === 'log') return { residual: Math.log(model / x), slopes: relative };
  return { residual: model - x, slopes: relative.map((slope) => slope * model) };
}

/** Gunther's linearisation: N/(X/X₁) − 1 = σ(N − 1) + κN(N − 1), non-negative least squares; X₁ from the smallest load. */
function linearise(loads: readonly number[], throughputs: readonly number[], fixed: number | undefined) {
  const smallest = Math.min(...loads);
  const there = loads.flatMap((load, i) => (load === smallest ? [throughputs[i]!] : []));
  const gamma = fixed ?? there.reduce((sum, each) => sum + each, 0) / there.length / smallest;
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  loads.forEach((n, i) => {
    const a = n - 1;
    const b = n * (n - 1);
    const y = (n * gamma) / throughputs[i]! - 1;
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ay += a * y;
    by += b * y;
  });
  const determinant = aa * bb - ab * ab;
  const sigma = (ay * bb - by * ab) / determinant;
  const kappa = (by * aa - ay * ab) / determinant;
  // With two unknowns the bounded solution is the free one, or the better of the two edges.
  if (sigma >= 0 && kappa >= 0) return { gamma, sigma, kappa };
  const alone = { sigma: Math.max(0, ay / aa), kappa: Math.max(0, by / bb) };
  return alone.sigma * ay >= alone.kappa * by
    ? { gamma, sigma: alone.sigma, kappa: 0 }
    : { gamma, sigma: 0, kappa: alone.kappa };
}

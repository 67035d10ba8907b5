/** How a metric grows with a factor of numbers: part of a Result. Levels as numbers in their base unit. */
import type { PowerLaw } from '../stats/power-law.ts';

/** t = a + c·x^b, over the blocks; in the metric's and the factor's base units. */
export interface Growth extends Omit<PowerLaw, 'fitP' | 'squares'> {
  /** False where the levels lie off every such curve by more than their noise: the interval then covers that too. */
  readonly fits: boolean;
}

/** Where two straight lines meet, with the interval over blocks. */
export interface Knee {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** Of the metric a base unit of the factor, below and beyond. */
  readonly slopes: readonly [number, number];
}

/** Universal Scalability Law of operations a second: X(N) = γN / (1 + σ(N − 1) + κN(N − 1)). */
export interface Scaling {
  readonly gamma: number;
  readonly sigma: number;
  readonly kappa: number;
  /** N beyond which throughput falls, with its interval over blocks; Infinity where it never does. */
  readonly peak: { readonly at: number; readonly low: number; readonly high: number; readonly confidence: number };
}

/** How much more steeply one curve grows than another: the ratio of the two changes by this when the factor doubles. */
export interface SlopeDifference {
  /** The factor that tells the two curves apart, and its levels. */
  readonly factor: string;
  readonly from: string;
  readonly to: string;
  /** Ratio of `to` over `from` at twice the size, over that at the size. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** Beyond chance: the interval holds no 1. */
  readonly says: 'steeper' | 'flatter' | 'undecided';
}

export interface Curve {
  readonly metric: string;
  readonly factor: string;
  /** What all its arms share: `go->rust · handover=borrow`; '' when nothing. */
  readonly treatment: string;
  readonly levels: Readonly<Record<string, string>>;
  /** Ascending; the metric's middle over the blocks. */
  readonly points: readonly {
    readonly arm: string;
    readonly level: string;
    readonly x: number;
    readonly value: number;
  }[];
  readonly blocks: number;
  /** Of factors that are no concurrency. */
  readonly growth?: Growth;
  /** Sought from six levels on. */
  readonly knee?: Knee | 'no knee inside the range';
  /** Of factors that say how many work at once. */
  readonly scaling?: Scaling;
  /** Beside the curve at the first level (or the baseline) of each other factor. */
  readonly beside: readonly SlopeDifference[];
}

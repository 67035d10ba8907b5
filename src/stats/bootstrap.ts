/**
 * Bootstrap intervals, for statistics without an interval of their own. On log-ratios of blocks the Hodges-Lehmann interval
 * holds more often: under bursts, 8 to 40 blocks, BCa of the mean holds .79 to .81 and percentiles .87 to .91 where 95 % are
 * meant.
 * Source: Efron 1987 (BCa); Efron & Tibshirani 1993, 12 to 14; Davison & Hinkley 1997, 5. No command uses it yet.
 */
import { normalCdf, normalQuantile } from './normal.ts';
import { mean } from './quantile.ts';
import { createRandom } from './random.ts';
import { resample } from './resample.ts';

export interface BootstrapInterval {
  readonly low: number;
  readonly high: number;
}

/** From the tails of the replicates as they are. */
export function percentileInterval(replicates: ArrayLike<number>, confidence = 0.95): BootstrapInterval {
  const sorted = sortReplicates(replicates);
  const tail = tailOf(confidence);
  return { low: replicateAt(sorted, tail), high: replicateAt(sorted, 1 - tail) };
}

/**
 * Corrected for bias, and for a spread that grows with the statistic ("accelerated"). `observed`: the statistic of the blocks
 * themselves; `leftOut`: the statistic without each block in turn. RangeError when every replicate lies on one side of what was
 * observed: there is nothing to correct by; and when a statistic without a block is no finite number.
 */
export function bcaInterval(
  replicates: ArrayLike<number>,
  { observed, leftOut }: { readonly observed: number; readonly leftOut: readonly number[] },
  confidence = 0.95,
): BootstrapInterval {
  const sorted = sortReplicates(replicates);
  const below = sorted.filter((value) => value < observed).length;
  const equal = sorted.filter((value) => value === observed).length;
  const bias = normalQuantile((below + equal / 2) / sorted.length);
  if (!Number.isFinite(bias)) {
    throw new RangeError(
      'Every resample lies on one side of the statistic: take percentiles, or a smoother statistic.',
    );
  }
  const acceleration = accelerationOf(leftOut);
  if (!Number.isFinite(acceleration)) {
    throw new RangeError('The statistic without a block in turn is not a finite number: take percentiles.');
  }
  const level = (tail: number): number => {
    const z = bias + normalQuantile(tail);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const tail = tailOf(confidence);
  return { low: replicateAt(sorted, level(tail)), high: replicateAt(sorted, level(1 - tail)) };
}

export interface Studentised {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * From the distribution of (replicate − estimate) / its own standard error: `statistic` gives both. Resamples without spread tell
 * nothing of the error and are drawn again; RangeError when the blocks themselves have none, or hardly a resample has.
 */
export function studentisedInterval<Block>(
  blocks: readonly Block[],
  statistic: (resample: readonly Block[]) => Studentised,
  { resamples = 9999, seed, confidence = 0.95 }: BootstrapOptions,
): BootstrapInterval {
  const { estimate, standardError } = statistic(blocks);
  if (!(standardError > 0)) {
    throw new RangeError(
      `The standard error of the blocks is ${standardError}: they do not vary, so nothing can be told from it.`,
    );
  }
  let spreadless = 0;
  const pivot = (drawn: readonly Block[]): number => {
    const replicate = statistic(drawn);
    return (replicate.estimate - estimate) / replicate.standardError;
  };
  const random = createRandom(seed, 'bootstrap');
  const pivots = resample(blocks, pivot, resamples, random);
  for (let r = 0; r < resamples; r++) {
    while (!Number.isFinite(pivots[r]!)) {
      if (++spreadless > resamples) throw new RangeError('Hardly a resample varies: take percentiles, or more blocks.');
      pivots[r] = resample(blocks, pivot, 1, random)[0]!;
    }
  }
  const { low, high } = percentileInterval(pivots, confidence);
  return { low: estimate - high * standardError, high: estimate - low * standardError };
}

export interface BootstrapOptions {
  readonly seed: number | string;
  /** 9,999 by default. */
  readonly resamples?: number;
  readonly confidence?: number;
}

export interface Bootstrapped extends BootstrapInterval {
  readonly estimate: number;
}

/** Everything at once for any statistic of the blocks: BCa, or percentiles for `kind: 'percentile'`. */
export function bootstrap<Block>(
  blocks: readonly Block[],
  statistic: (resample: readonly Block[]) => number,
  {
    kind = 'bca',
    resamples = 9999,
    seed,
    confidence = 0.95,
  }: BootstrapOptions & { readonly kind?: 'bca' | 'percentile' },
): Bootstrapped {
  const replicates = resample(blocks, statistic, resamples, createRandom(seed, 'bootstrap'));
  const observed = statistic(blocks);
  const interval =
    kind === 'percentile'
      ? percentileInterval(replicates, confidence)
      : bcaInterval(replicates, { observed, leftOut: leaveOneOut(blocks, statistic) }, confidence);
  return { estimate: observed, ...interval };
}

/** The statistic without each block in turn (the jackknife). */
export function leaveOneOut<Block>(blocks: readonly Block[], statistic: (rest: readonly Block[]) => number): number[] {
  return blocks.map((_, i) => statistic(blocks.toSpliced(i, 1)));
}

/** A sixth of the skewness of what each block adds; 0 when none adds anything. */
function accelerationOf(leftOut: readonly number[]): number {
  const centre = mean(leftOut);
  const squares = leftOut.reduce((sum, value) => sum + (centre - value) ** 2, 0);
  const cubes = leftOut.reduce((sum, value) => sum + (centre - value) ** 3, 0);
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** The replicate that a share lies below, as if there were one more: (B + 1) p, between neighbours along the line. */
function replicateAt(sorted: Float64Array, share: number): number {
  const at = Math.min(sorted.length, Math.max(1, (sorted.length + 1) * share));
  const below = Math.floor(at);
  const low = sorted[below - 1]!;
  const high = sorted[Math.min(below, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

function sortReplicates(replicates: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(replicates).sort();
  if (sorted.length === 0) throw new RangeError('There are no resamples to take an interval from.');
  // Numbers that are not sort last.
  if (Number.isNaN(sorted[sorted.length - 1])) {
    throw new RangeError('The statistic of a resample is not a number: it must be one for any choice of the blocks.');
  }
  return sorted;
}

function tailOf(confidence: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`The confidence is ${confidence}: it lies between 0 and 1.`);
  return (1 - confidence) / 2;
}

/**
 * Bootstrap resamples: a statistic of n blocks drawn from n blocks with replacement, over and over. The block is what is
 * drawn, always: one value or one row a block, never the iterations inside one. Source: Efron & Tibshirani 1993, 6.
 */
import { drawOrderStatistics } from './gamma-random.ts';
import { sortNumbers } from './quantile.ts';
import type { Random } from './random.ts';

/** The statistic of each resample, in the order drawn. `statistic` must not keep its argument: it is used again. */
export function resample<Block>(
  blocks: readonly Block[],
  statistic: (resample: readonly Block[]) => number,
  resamples: number,
  random: Random,
): Float64Array {
  checkBlocks(blocks.length);
  const drawn = [...blocks];
  const replicates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = blocks[random.integer(blocks.length)]!;
    replicates[r] = statistic(drawn);
  }
  return replicates;
}

/** The same for the mean of one number a block, two draws from one random word: it tells one of n² pairs. */
export function resampleMeans(values: readonly number[], resamples: number, random: Random): Float64Array {
  const n = values.length;
  checkBlocks(n);
  if (n > MOST_FOR_PAIRS)
    return resample(values, (drawn) => drawn.reduce((sum, value) => sum + value, 0) / n, resamples, random);
  const data = Float64Array.from(values);
  const pairs = n * n;
  // Words from here on are drawn again, so that every pair is told by equally many.
  const limit = 4294967296 - (4294967296 % pairs);
  const pairsPerWord = pairs / limit;
  const share = 1 / n;
  const replicates = new Float64Array(resamples);
  const words = new Uint32Array((n + 1) >> 1);
  for (let r = 0; r < resamples; r++) {
    random.fill(words);
    let sum = 0;
    for (let i = 0; i < words.length; i++) {
      let word = words[i]!;
      while (word >= limit) word = random.bits();
      // The half in the middle of a word, or a pair, keeps a product's rounding from crossing to the next whole number.
      const pair = ((word + 0.5) * pairsPerWord) | 0;
      const first = ((pair + 0.5) * share) | 0;
      sum += data[first]!;
      if (2 * i + 1 < n) sum += data[pair - first * n]!;
    }
    replicates[r] = sum / n;
  }
  return replicates;
}

/** So that n² is at most 2^26, and hardly one word in a hundred is drawn again. */
const MOST_FOR_PAIRS = 2 ** 13;

/**
 * The same for a quantile of type 7 of one number a block. Only two order statistics of the resample matter, and these are
 * drawn from their own distribution: a uniform order statistic says which block it falls on. O(1) a resample after one sort, and
 * distributed exactly as by drawing n blocks.
 */
export function resampleQuantiles(
  values: readonly number[],
  p: number,
  resamples: number,
  random: Random,
): Float64Array {
  const n = values.length;
  checkBlocks(n);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A quantile lies at 0 to 1, not at ${p}.`);
  const sorted = Float64Array.from(sortNumbers(values));
  const at = (n - 1) * p;
  const rank = Math.floor(at) + 1;
  const between = at - Math.floor(at);
  const blockAt = (u: number) => sorted[Math.min(n - 1, Math.floor(u * n))]!;
  const replicates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    const [u, v] = drawOrderStatistics(random, n, rank);
    const low = blockAt(u);
    replicates[r] = between === 0 ? low : low + between * (blockAt(v) - low);
  }
  return replicates;
}

export function resampleMedians(values: readonly number[], resamples: number, random: Random): Float64Array {
  return resampleQuantiles(values, 0.5, resamples, random);
}

function checkBlocks(blocks: number): void {
  if (blocks < 2) throw new RangeError(`A bootstrap needs at least two blocks to draw from, there are ${blocks}.`);
}

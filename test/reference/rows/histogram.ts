/** What exponential histograms keep of a million lognormal times. */
import { BUCKET_ERROR, countValues, valueOfRank } from '../../../src/format/bucket.ts';
import { EMPTY, mergeHistograms } from '../../../src/format/histogram.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { atMost, type Row } from '../row.ts';

const PART = 'histogram';
/** A million at 2,000 replicates. */
const TIMES_A_REPLICATE = 500;

const lognormals = (replicates: number, seed: number): Float64Array => {
  const random = createRandom(seed, 'histogram');
  return Float64Array.from({ length: replicates * TIMES_A_REPLICATE }, () => 1e-3 * Math.exp(random.normal()));
};

/** The largest relative error of any quantile: of every tenth rank, and of each of the hundred at both ends. */
function worstError(replicates: number, seed: number): number {
  const sorted = lognormals(replicates, seed).sort();
  const histogram = countValues(sorted);
  let worst = 0;
  for (let i = 0; i < sorted.length; i += i < 100 || i >= sorted.length - 100 ? 1 : 10) {
    worst = Math.max(worst, Math.abs(valueOfRank(histogram, i + 1) / sorted[i]! - 1));
  }
  return worst;
}

/** Buckets that hold another count than in one pass, when a hundred pieces are merged in two different orders. */
function lostByMerging(replicates: number, seed: number): number {
  const times = lognormals(replicates, seed);
  const whole = countValues(times);
  const size = Math.ceil(times.length / 100);
  const pieces = Array.from({ length: 100 }, (_, i) => countValues(times.subarray(i * size, (i + 1) * size)));
  const merged = [pieces, createRandom(seed, 'order').shuffle(pieces)].map((order) =>
    order.reduce(mergeHistograms, EMPTY),
  );
  return merged.reduce(
    (sum, { offset, counts }) =>
      sum + (offset === whole.offset ? 0 : 1) + counts.filter((count, i) => count !== whole.counts[i]).length,
    0,
  );
}

export const rows: readonly Row[] = [
  {
    part: PART,
    figure: 'largest relative error of a quantile, a million lognormals',
    ...atMost(Number(BUCKET_ERROR.toFixed(6))),
    holds: (reached) => reached <= BUCKET_ERROR,
    measure: worstError,
    inTest: { replicates: 100, holds: (reached) => reached <= BUCKET_ERROR },
  },
  {
    part: PART,
    figure: 'buckets that differ from one pass after merging a hundred pieces',
    ...atMost(0),
    measure: lostByMerging,
    inTest: { replicates: 100, holds: (reached) => reached === 0 },
  },
];

/**
 * The band of the shift function: eleven quantiles at once. The model is that of rows/quantiles.ts in small: a process sd of
 * 1 %, 1,000 lognormal times of sigma .15. Their order statistics at the eleven places are drawn jointly: uniform ones by
 * exponential gaps, summed between the places as gamma numbers.
 */
import { drawGamma } from '../../../src/stats/gamma-random.ts';
import { normalQuantile } from '../../../src/stats/normal.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { shiftFunction } from '../../../src/stats/shift-function.ts';
import { between, type Row } from '../row.ts';

const TIMES = 1000;
const RANKS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99].map((q) => Math.round(q * TIMES));

/** Log times at the ranks, of one process. */
function drawProcess(random: Random): number[] {
  const level = 0.01 * random.normal();
  const gaps = RANKS.map((rank, i) => drawGamma(random, rank - (RANKS[i - 1] ?? 0)));
  const beyond = drawGamma(random, TIMES + 1 - RANKS[RANKS.length - 1]!);
  const total = gaps.reduce((sum, gap) => sum + gap, beyond);
  let sum = 0;
  return gaps.map((gap) => {
    sum += gap;
    return level + 0.15 * normalQuantile(sum / total);
  });
}

function jointCoverage(blocks: number) {
  return (replicates: number, seed: number): number => {
    const studies = Math.ceil(replicates / 2);
    let held = 0;
    for (let study = 0; study < studies; study++) {
      const random = createRandom(seed, 'shift', blocks, study);
      const rows = Array.from({ length: blocks }, () => {
        const [from, to] = [drawProcess(random), drawProcess(random)];
        return to.map((time, i) => time - from[i]!);
      });
      const shifts = shiftFunction(rows, { alpha: 0.05, seed: study });
      if (shifts.every(({ low, high }) => low <= 0 && 0 <= high)) held++;
    }
    return held / studies;
  };
}

export const rows: readonly Row[] = [12, 20, 40].map((blocks): Row => {
  return {
    part: 'shift function',
    figure: `95 % band holds eleven quantiles at once, ${blocks} blocks (half the replicates)`,
    ...between(0.93, 0.98),
    measure: jointCoverage(blocks),
    inTest: { replicates: 100, holds: (reached) => reached >= 0.87 },
  };
});

/** How often bootstrap intervals of the mean hold it, and how long resampling takes: milliseconds of this process, best of five. */
import { bcaInterval, percentileInterval } from '../../../src/stats/bootstrap.ts';
import { drawNoise, type NoiseModel } from '../../../src/stats/noise.ts';
import { mean } from '../../../src/stats/quantile.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { resampleMeans, resampleMedians } from '../../../src/stats/resample.ts';
import { atMost, between, type Row } from '../row.ts';

const RESAMPLES = 10_000;
const BLOCKS = 1000;

const leastMs = (draw: typeof resampleMeans) => (_: number, seed: number) => {
  const random = createRandom(seed, 'bootstrap');
  const values = Array.from({ length: BLOCKS }, () => random.normal());
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage().user;
    draw(values, RESAMPLES, random);
    return (process.cpuUsage().user - before) / 1000;
  });
  return Math.min(...times);
};

/** Share of intervals of the mean of 40 blocks that hold zero. */
const coverage = (kind: 'bca' | 'percentile', noise: NoiseModel) => (studies: number, seed: number) => {
  let held = 0;
  for (let study = 0; study < studies; study++) {
    const random = createRandom(seed, 'bootstrap', kind, study);
    const x = drawNoise(noise, random, 40);
    const replicates = resampleMeans(x, 1999, random);
    const total = x.reduce((sum, value) => sum + value, 0);
    const leftOut = x.map((value) => (total - value) / (x.length - 1));
    const { low, high } =
      kind === 'bca' ? bcaInterval(replicates, { observed: mean(x), leftOut }) : percentileInterval(replicates);
    if (low <= 0 && 0 <= high) held++;
  }
  return held / studies;
};

export const rows: readonly Row[] = [
  ...(['percentile', 'bca'] as const).map((kind): Row => {
    return {
      part: 'bootstrap',
      figure: `95 % interval holds the mean, ${kind}, N1, 40 blocks`,
      ...between(0.92, 0.965),
      measure: coverage(kind, 'N1'),
      inTest: { replicates: 200, holds: (reached) => 0.88 <= reached && reached <= 0.99 },
    };
  }),
  {
    part: 'bootstrap',
    figure: 'why log-ratios have another interval: 95 % interval holds the mean, bca, N3, 40 blocks',
    ...atMost(0.85),
    measure: coverage('bca', 'N3'),
  },
  {
    part: 'bootstrap',
    figure: `ms for ${RESAMPLES} resamples of ${BLOCKS}, mean`,
    ...atMost(60),
    measure: leastMs(resampleMeans),
  },
  {
    part: 'bootstrap',
    figure: `ms for ${RESAMPLES} resamples of ${BLOCKS}, median`,
    ...atMost(120),
    measure: leastMs(resampleMedians),
  },
];

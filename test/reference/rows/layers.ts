/**
 * Simultaneous intervals of layer differences. Model: eight layers, Student's t with four degrees of freedom, correlated
 * by .3 pair by pair, the first as large as the seven others together.
 */
import { attribute, type LayerTimes } from '../../../src/analysis/attribution.ts';
import { maxT } from '../../../src/stats/max-t.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { atMost, betweenShares, type Row } from '../row.ts';

const LAYERS = 8;
const SHARED = 0.3;

export const rows: readonly Row[] = [
  ...[10, 20, 40].map(
    (blocks): Row => ({
      part: 'layers',
      figure: `all eight 95 % intervals hold at once, ${blocks} blocks`,
      ...betweenShares(0.93, 0.98, 100),
      measure: (replicates, seed) => jointCoverage(blocks, replicates, seed),
    }),
  ),
  {
    part: 'layers',
    figure: 'their differences sum to the whole, largest relative error of 100 studies',
    ...atMost(1e-9),
    measure: (replicates, seed) => largestSumError(Math.min(100, replicates), seed),
    inTest: { replicates: 20, holds: (reached) => reached <= 1e-9 },
  },
];

function jointCoverage(blocks: number, replicates: number, seed: number): number {
  let held = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed, 'layers', blocks, replicate);
    const { low, high } = maxT(
      Array.from({ length: blocks }, () => drawLayers(random)),
      0.05,
      replicate,
    );
    if (low.every((bound, layer) => bound <= 0 && 0 <= high[layer]!)) held++;
  }
  return held / replicates;
}

/** Differences of one block, whose truth is zero. */
function drawLayers(random: Random): number[] {
  const common = Math.sqrt(SHARED) * random.normal();
  return Array.from({ length: LAYERS }, (_, layer) => {
    const normal = common + Math.sqrt(1 - SHARED) * random.normal();
    const squares = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
    return ((layer === 0 ? LAYERS - 1 : 1) * normal) / Math.sqrt(squares / 4);
  });
}

/** Operations of a millisecond, of which each layer's share scatters by a percent, a candidate a percent slower. */
function largestSumError(replicates: number, seed: number): number {
  let largest = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(seed, 'sum of layers', replicate);
    const arm = (times: number): LayerTimes => {
      const seconds = drawLayers(random).map(
        (noise, layer) => (layer === 0 ? 5e-4 : 7e-5) * times * Math.exp(0.01 * noise),
      );
      const totalS = seconds.reduce((sum, own) => sum + own, 2e-5 * Math.exp(0.01 * random.normal()));
      return { totalS, layersS: Object.fromEntries(seconds.map((own, layer) => [`layer ${layer}`, own])) };
    };
    const blocks = Array.from({ length: 20 }, () => ({ baseline: arm(1), candidate: arm(1.01) }));
    const { totalS, layers } = attribute(blocks, replicate);
    const summed = layers.reduce((sum, { centreS }) => sum + centreS, 0);
    largest = Math.max(largest, Math.abs(summed / totalS - 1));
  }
  return largest;
}

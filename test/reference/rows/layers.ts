/**
 * Simultaneous intervals of layer differences. Model: eight layers, Student's t with four degrees of freedom, correlated
 * by .3 pair by pair, the first as large as the seven others together.
 */
import { maxT } from '../../../src/stats/max-t.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { betweenShares, type Row } from '../row.ts';

const LAYERS = 8;
const SHARED = 0.3;

export const rows: readonly Row[] = [10, 20, 40].map((blocks) => ({
  part: 'layers',
  figure: `all eight 95 % intervals hold at once, ${blocks} blocks`,
  ...betweenShares(0.93, 0.98, 200),
  measure: (replicates, seed) => jointCoverage(blocks, replicates, seed),
}));

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
export function drawLayers(random: Random): number[] {
  const common = Math.sqrt(SHARED) * random.normal();
  return Array.from({ length: LAYERS }, (_, layer) => {
    const normal = common + Math.sqrt(1 - SHARED) * random.normal();
    const squares = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
    return ((layer === 0 ? LAYERS - 1 : 1) * normal) / Math.sqrt(squares / 4);
  });
}

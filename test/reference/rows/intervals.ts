/** The Hodges-Lehmann interval on noise of every shape that has no memory. */

import { coverage, modelled } from '../rates.ts';
import { betweenShares, type Row } from '../row.ts';

export const rows: readonly Row[] = (['N1', 'N2', 'N3', 'N4'] as const).flatMap((model) =>
  [8, 12, 20, 40].map((blocks) => ({
    part: 'intervals',
    figure: `95 % interval holds the truth, ${model}, ${blocks} blocks`,
    ...betweenShares(0.935, 0.97, 400),
    measure: (replicates, seed) => coverage(modelled(model), blocks, replicates, seed),
  })),
);

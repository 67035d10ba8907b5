/** What a design costs and gives up beside running every combination: a sentence or two. */
import type { Design, DesignFactor } from '../model/design.ts';
import { formatNumber } from '../model/unit.ts';

export interface PriceInput {
  readonly kind: Design['kind'];
  readonly cells: number;
  readonly factors: readonly DesignFactor[];
  readonly builds: readonly DesignFactor[];
  readonly resolution?: number;
  readonly dEfficiency?: number;
  readonly trajectories?: readonly unknown[];
}

export function sayPrice({ kind, cells, factors, builds, resolution, dEfficiency, trajectories }: PriceInput): string {
  const all = factors.reduce((product, { levels }) => product * levels.length, 1);
  const part = `${cells} of ${formatNumber(all)} combinations a block`;
  switch (kind) {
    case 'full-factorial':
      return `All ${cells} combinations a block; every effect and interaction is told from all of them.`;
    case 'one-at-a-time':
      return `${cells} combinations a block. ${priceOneAtATime(factors.filter((factor) => !builds.includes(factor)))}`;
    case 'morris':
      return `${part}: ${trajectories!.length} trajectories that move each factor once. It tells whether a factor acts, not with which other.`;
    case 'd-optimal':
      return `${part}, run for run ${formatNumber(100 * dEfficiency!)} % as good as all of them for the effects listed.`;
    default: {
      if (resolution === undefined)
        return `All ${cells} combinations a block; every effect and interaction is told from all of them.`;
      const free = GIVEN_UP[Math.min(resolution, 5)]!;
      return `${part}, each effect told from all ${cells}. ${free}`;
    }
  }
}

const GIVEN_UP: Readonly<Record<number, string>> = {
  3: 'Main effects are mixed with interactions of two factors.',
  4: 'Main effects are free of interactions of two factors, which are mixed with each other.',
  5: 'Main effects and interactions of two factors are mixed only with interactions of three or more.',
};

/**
 * A factorial of N runs tells each effect from N/2 against N/2. One factor at a time needs N/2 runs at the baseline and as
 * many at each other level for the same precision: (k + 1)/2 times N (Box, Hunter & Hunter, 5.1).
 */
function priceOneAtATime(factors: readonly DesignFactor[]): string {
  const effects = factors.reduce((sum, { levels }) => sum + levels.length - 1, 0);
  const times = formatNumber((effects + 1) / 2);
  const example =
    effects === factors.length && effects <= 11
      ? ` (${formatNumber((2 ** effects * (effects + 1)) / 2)} against ${formatNumber(2 ** effects)})`
      : '';
  return `To tell ${effects} effects as surely as a design that varies all factors together it takes ${times} times the runs${example}, and it sees no interactions.`;
}

/**
 * Which layer a difference comes from. Each block gives the
 * time of every layer in both arms; what no layer holds is a layer too, `unaccounted`, so that the layers' differences sum
 * to the difference of the whole. All intervals hold at once (max-t), so the layer that stands out was not merely picked.
 *
 * Layers must be exclusive (time of its own, once) and means, since quantiles do not add up.
 */
import type { Warning } from '../model/problem.ts';
import { maxT } from '../stats/max-t.ts';
import { mean } from '../stats/quantile.ts';
import { sum } from '../stats/sums.ts';

export interface LayerTimes {
  /** Mean seconds an operation. */
  readonly totalS: number;
  /** Mean seconds an operation in each layer, the same layers in every block and arm. */
  readonly layersS: Readonly<Record<string, number>>;
}

export interface LayerBlock {
  readonly baseline: LayerTimes;
  readonly candidate: LayerTimes;
}

export interface LayerChange {
  readonly layer: string;
  /** Candidate minus baseline, seconds an operation: mean over blocks and its simultaneous interval. */
  readonly centreS: number;
  readonly lowS: number;
  readonly highS: number;
  /** Whether the interval leaves zero out. */
  readonly changed: boolean;
}

export interface Attribution {
  /** Difference of the whole: the sum of all layers' centres. */
  readonly totalS: number;
  /** Largest change first; the last is `unaccounted`. Empty when the attribution is void. */
  readonly layers: readonly LayerChange[];
  /** Mean share of an operation that no layer holds, in the arm where it is larger. */
  readonly unaccounted: number;
  readonly confidence: number;
  readonly warnings: readonly Warning[];
}

const UNACCOUNTED = 'unaccounted';
const CONFIDENCE = 0.95;
/** Share of an operation beyond which naming a layer would be a guess. */
const MOST_UNACCOUNTED = 0.05;
/** Fewer can't tell 5 % by flipping signs. */
const LEAST_BLOCKS = 6;

/** Throws RangeError for layers that differ from block to block, and for times that are negative or no numbers. */
export function attribute(blocks: readonly LayerBlock[], seed: number, confidence = CONFIDENCE): Attribution {
  const names = Object.keys(blocks[0]?.baseline.layersS ?? {});
  for (const block of blocks) for (const arm of [block.baseline, block.candidate]) checkTimes(arm, names);
  const totalS = mean(blocks.map(({ baseline, candidate }) => candidate.totalS - baseline.totalS));
  const shares = (['baseline', 'candidate'] as const).map((arm) => unaccountedShare(blocks, arm));
  const unaccounted = Math.max(...shares);
  const voided = voidWarning(blocks.length, unaccounted);
  if (voided) return { totalS, layers: [], unaccounted, confidence, warnings: [voided] };
  const found = maxT(
    blocks.map(({ baseline, candidate }) => {
      const [from, to] = [withRest(baseline, names), withRest(candidate, names)];
      return to.map((seconds, layer) => seconds - from[layer]!);
    }),
    1 - confidence,
    seed,
  );
  const changes = [...names, UNACCOUNTED].map((layer, i): LayerChange => {
    const [lowS, highS] = [found.low[i]!, found.high[i]!];
    return { layer, centreS: found.centre[i]!, lowS, highS, changed: lowS > 0 || highS < 0 };
  });
  const layers = [
    ...changes.slice(0, -1).sort((a, b) => Math.abs(b.centreS) - Math.abs(a.centreS)),
    changes[changes.length - 1]!,
  ];
  return { totalS, layers, unaccounted, confidence, warnings: [] };
}

/** The layers in the order of their names, and what is left. */
function withRest({ totalS, layersS }: LayerTimes, names: readonly string[]): number[] {
  const seconds = names.map((name) => layersS[name]!);
  return [...seconds, totalS - sum(seconds)];
}

/** Layers that overlap make it negative, which is no better than a hole of the same size. */
function unaccountedShare(blocks: readonly LayerBlock[], arm: keyof LayerBlock): number {
  const total = sum(blocks.map((block) => block[arm].totalS));
  const held = sum(blocks.map((block) => sum(Object.values(block[arm].layersS))));
  return Math.abs(total - held) / total;
}

function voidWarning(blocks: number, unaccounted: number): Warning | undefined {
  if (blocks < LEAST_BLOCKS) {
    return {
      code: 'few-blocks',
      message: `layers can't be told apart on ${blocks} ${blocks === 1 ? 'block' : 'blocks'}, fewer than ${LEAST_BLOCKS}`,
      cure: 'give a larger budget, or a faster block',
    };
  }
  if (!(unaccounted > MOST_UNACCOUNTED)) return undefined;
  return {
    code: 'unaccounted',
    message: `${(unaccounted * 100).toFixed(1)} % of the time is in no layer, more than ${MOST_UNACCOUNTED * 100} %: no layer is named`,
    cure: 'probe more of the program, or look at what runs between the layers',
  };
}

function checkTimes({ totalS, layersS }: LayerTimes, names: readonly string[]): void {
  const own = Object.keys(layersS);
  if (own.length !== names.length || !names.every((name) => name in layersS)) {
    throw new RangeError(`layers differ between blocks: ${own.join(', ')} and ${names.join(', ')}`);
  }
  if (names.includes(UNACCOUNTED)) throw new RangeError(`${UNACCOUNTED} is what is left, it can not be given`);
  if (!(Number.isFinite(totalS) && totalS > 0)) throw new RangeError('the whole must take longer than no time');
  if (!Object.values(layersS).every((seconds) => Number.isFinite(seconds) && seconds >= 0)) {
    throw new RangeError('a layer takes a finite time, not less than none');
  }
}

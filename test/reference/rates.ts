/** Rates of the product's own decisions over many invented studies: the figures behind docs/method.md. */
import { confirm, freshLooks, isFound, judge } from '../../src/analysis/verdict.ts';
import { scheduleLooks } from '../../src/design/schedule.ts';
import type { Look } from '../../src/model/plan.ts';
import type { Verdict } from '../../src/model/result.ts';
import { hodgesLehmann } from '../../src/stats/hodges-lehmann.ts';
import { drawNoise, type NoiseModel } from '../../src/stats/noise.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';

/** Draws `blocks` log-ratios of nothing changed, for the replicate the random stream stands for. */
export type Source = (random: Random, blocks: number) => number[];

export const modelled =
  (model: NoiseModel): Source =>
  (random, blocks) =>
    drawNoise(model, random, blocks);

/**
 * Windows of recorded A/A blocks, in recorded order and with the sign they had, begun anywhere. After the last block
 * comes the first, so that every block counts alike (circular block bootstrap, Politis & Romano 1992).
 */
export const recorded =
  (values: readonly number[]): Source =>
  (random, blocks) => {
    const start = random.integer(values.length);
    return Array.from({ length: blocks }, (_, i) => values[(start + i) % values.length]!);
  };

const knownLooks = new Map<number, Look[]>();

/** The product's looks at up to so many blocks; worked out once, since integrating them takes longer than many a row. */
export function looksFor(blocks: number): Look[] {
  const known = knownLooks.get(blocks);
  if (known) return known;
  const looks = scheduleLooks({ pilot: { blockS: 1 }, budgetLeftS: Infinity, maxBlocks: blocks });
  knownLooks.set(blocks, looks);
  return looks;
}

/** Share of 95 % intervals that hold the truth, for so many blocks. */
export function coverage(source: Source, blocks: number, replicates: number, seed: number): number {
  let held = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const { low, high } = hodgesLehmann(source(createRandom(seed, 'coverage', blocks, replicate), blocks), 0.05);
    if (low <= 0 && 0 <= high) held++;
  }
  return held / replicates;
}

export interface Trial {
  readonly source: Source;
  readonly looks: readonly Look[];
  /** True log-ratio. */
  readonly effect: number;
  /** As a fraction. */
  readonly margin: number;
  /** One stage only: a difference counts where the interval lies beyond this fraction on either side; 0 by default. */
  readonly beyond?: number;
  /** Repeat what was found on fresh blocks. */
  readonly twoStages: boolean;
  readonly replicates: number;
  readonly seed: number;
}

export interface Rates {
  readonly share: (verdict: Verdict) => number;
  /** Of regressions and improvements together. */
  readonly found: number;
  /** Judged and fresh blocks together. */
  readonly meanBlocks: number;
  /** Mean log-ratio reported where a difference was announced. */
  readonly meanFound: number;
}

export function runTrials({ source, looks, effect, margin, beyond = 0, twoStages, replicates, seed }: Trial): Rates {
  const counts = new Map<Verdict, number>();
  let blocksUsed = 0;
  let foundSum = 0;
  const most = looks[looks.length - 1]!.blocks;
  for (let replicate = 0; replicate < replicates; replicate++) {
    // One stretch of the stream for both stages, so that drift runs on from one into the other.
    const x = source(createRandom(seed, 'trial', replicate), 2 * Math.max(most, 20)).map((value) => value + effect);
    const first = study(x, looks, margin, Math.log1p(beyond));
    let { verdict, centre, blocks } = first;
    if (twoStages && isFound(verdict)) {
      const again = repeat(x.slice(blocks), first, most, margin);
      ({ verdict, centre } = again);
      blocks += again.blocks;
    }
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (isFound(verdict)) foundSum += centre;
    blocksUsed += blocks;
  }
  const share = (verdict: Verdict) => (counts.get(verdict) ?? 0) / replicates;
  const found = (counts.get('regression') ?? 0) + (counts.get('improvement') ?? 0);
  return { share, found: found / replicates, meanBlocks: blocksUsed / replicates, meanFound: foundSum / found };
}

function repeat(fresh: readonly number[], first: ReturnType<typeof study>, most: number, margin: number) {
  const looks = freshLooks(first.blocks, most);
  for (const { blocks, nominal } of looks) {
    const said = confirm(fresh.slice(0, blocks), { margin, kind: 'build', found: first.verdict, nominal });
    if (said.confirmed === 'fresh' || blocks === looks[looks.length - 1]!.blocks) return { ...said, blocks };
  }
  throw new Error('there is always a look');
}

function study(x: readonly number[], looks: readonly Look[], margin: number, beyond: number) {
  for (const { blocks, nominal } of looks) {
    const { verdict, centre, low, high } = judge(x.slice(0, blocks), { nominal, margin, kind: 'build' });
    if (verdict === 'undecided' || (isFound(verdict) && low <= beyond && -beyond <= high)) continue;
    return { verdict, centre, blocks };
  }
  const { blocks, nominal } = looks[looks.length - 1]!;
  const { centre } = hodgesLehmann(x.slice(0, blocks), nominal);
  return { verdict: 'undecided' as const, centre, blocks };
}

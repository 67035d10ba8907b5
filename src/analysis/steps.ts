/** What steps of a Morris screening do: the size of a factor's steps, their mean, and how far they differ from each other. */
import type { DesignFacts, DesignTerm } from '../model/design.ts';
import { hodgesLehmann, type Interval } from '../stats/hodges-lehmann.ts';
import { type Changes, readSteps, seenSizes } from '../stats/step-sizes.ts';
import { type Cell, logOf, type SizedEffect, sizeOf, type TermReading } from './effects.ts';
import type { Block } from './samples.ts';

/** From a level to the next one above it, everything else alike: arm ids. */
export interface Step {
  readonly from: string;
  readonly to: string;
}

/** Sized steps, logarithms: `spread` has a size of its own. */
export interface SizedSteps {
  readonly count: number;
  readonly mean: Interval;
  readonly spread: SizedEffect;
}

/** Each factor's steps, as often as trajectories take them; with every build, and every benchmark, once more. */
export function readTrajectories(cells: readonly Cell[], design: DesignFacts): TermReading[] {
  const conditions = design.trajectories?.[0]?.[0]?.length ?? 0;
  const at = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = cell.levels.slice(0, conditions).join();
    at.set(key, [...(at.get(key) ?? []), cell]);
  }
  const steps = new Map<number, Step[]>();
  for (const trajectory of design.trajectories ?? []) {
    for (const [i, after] of trajectory.slice(1).entries()) {
      const before = trajectory[i]!;
      const factor = after.findIndex((level, f) => level !== before[f]);
      const [low, high] = after[factor]! > before[factor]! ? [before, after] : [after, before];
      // Cells of one point stand in the same order everywhere: builds, then benchmarks, as arms are listed.
      const tops = at.get(high.join()) ?? [];
      const here = (at.get(low.join()) ?? []).map((cell, each) => ({ from: cell.arm, to: tops[each]!.arm }));
      steps.set(factor, [...(steps.get(factor) ?? []), ...here]);
    }
  }
  return design.terms.map((term: DesignTerm, factor) => ({
    term,
    arms: [],
    pairs: [],
    steps: steps.get(factor) ?? [],
  }));
}

/** ln of what each step does, block by block; NaN where an arm has no value. */
export function changesOf(steps: readonly Step[], blocks: readonly Block[], metric: string): Changes {
  return blocks.map((block) => steps.map(({ from, to }) => logOf(block, to, metric) - logOf(block, from, metric)));
}

/** `before`: blocks that give directions and are not read. The upper end is at least what the blocks show together. */
export function sizeSteps(
  changes: Changes,
  before: Changes,
  { nominal, margin }: { readonly nominal: number; readonly margin: number },
): SizedEffect {
  const { mean, size, spread } = readSteps(changes, before);
  const seen = seenSizes(changes);
  const bound = Math.log1p(margin);
  const upright = (x: readonly number[], most: number): SizedEffect => {
    const { centre, low, high, ...rest } = hodgesLehmann(x.filter(Number.isFinite), nominal);
    // A size is not below 0, and noise alone puts what is seen above it: the ends hold both.
    const ends = {
      ...rest,
      centre: Math.max(0, centre),
      low: Math.max(0, low),
      high: Math.max(0, high, Number.isFinite(most) ? most : 0),
    };
    return { ...ends, size: sizeOf(ends, bound) };
  };
  const steps: SizedSteps = {
    count: changes[0]?.length ?? 0,
    mean: hodgesLehmann(mean.filter(Number.isFinite), nominal),
    spread: upright(spread, seen.spread),
  };
  return { ...upright(size, seen.size), steps };
}

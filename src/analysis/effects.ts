/**
 * What each factor does, and what factors do to each other: one contrast a block over all its runs, its interval from how
 * that contrast scatters from block to block. So no two treatments need scatter alike (docs/method.md, "Designs and effects").
 */
import type { DesignFacts, DesignTerm } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import { holds, holdsProbe, type Mode, type Plan } from '../model/plan.ts';
import type { EffectSize } from '../model/result.ts';
import { codeTerms } from '../stats/coding.ts';
import { hodgesLehmann, type Interval } from '../stats/hodges-lehmann.ts';
import { fitWeights } from '../stats/regression.ts';
import { type Block, pairBlocks, runValue } from './samples.ts';
import { changesOf, readTrajectories, type SizedSteps, type Step, sizeSteps } from './steps.ts';

export interface SizedEffect extends Interval {
  readonly size: EffectSize;
  /** Of a Morris screening, whose effects are the mean sizes of steps. */
  readonly steps?: SizedSteps;
}

/** How a term is read off a block: a sum of logarithms of arms, and of log-ratios of pairs that do the same work. */
export interface TermReading {
  readonly term: DesignTerm;
  /** ln of the arm's value times this. */
  readonly arms: readonly { readonly arm: string; readonly weight: number }[];
  /** ln candidate − ln baseline times this: builds of one combination, which share rounds. */
  readonly pairs: readonly { readonly baselineArm: string; readonly candidateArm: string; readonly weight: number }[];
  /** Of a Morris screening, in place of both: see `sizeSteps`. */
  readonly steps?: readonly Step[];
}

/** The terms of two-level factors, and the middle beside the ends (a term of no factor); none where the plan has no design. */
export function readTerms(plan: Plan, experiment: Experiment): TermReading[] {
  const { design } = plan;
  if (!design || design.terms.length === 0) return [];
  const cells = designArms(plan, design);
  if (design.trajectories && cells.length > 0) return readTrajectories(cells, design);
  return cells.length === 0 ? [] : [...readFactors(cells, design, experiment), ...readMiddle(plan, design, cells)];
}

/** Every process at the middle counts, the A/A ones too. */
function readMiddle({ arms }: Plan, { centre }: DesignFacts, cells: readonly Cell[]): TermReading[] {
  if (!centre) return [];
  const middle = arms.filter((arm) => !holdsProbe(arm) && holds(arm.treatment.levels, centre.levels));
  const ends = cells.map(({ arm }) => ({ arm, weight: -1 / cells.length }));
  const term: DesignTerm = { factors: [], aliases: [], asked: true };
  return [{ term, arms: [...middle.map(({ id }) => ({ arm: id, weight: 1 / middle.length })), ...ends], pairs: [] }];
}

function readFactors(cells: readonly Cell[], design: DesignFacts, experiment: Experiment): TermReading[] {
  const place = new Map(design.factors.map(({ name }, at) => [name, at]));
  const counts = design.factors.map(({ levels }) => levels.length);
  const terms = design.terms.map(({ factors }) => factors.map((name) => place.get(name)!));
  const weights = fitWeights(
    codeTerms(
      cells.map(({ levels }) => levels),
      counts,
      terms,
    ),
  );
  const builds = new Set(experiment.factors.filter(({ family }) => family === 'build').map(({ name }) => name));
  let at = 1;
  return design.terms.flatMap((term, number) => {
    const line = weights[at]!;
    at += terms[number]!.reduce((columns, factor) => columns * (counts[factor]! - 1), 1);
    if (terms[number]!.some((factor) => counts[factor] !== 2)) return [];
    // A coefficient is half of what going from −1 to +1 does.
    const arms = cells.map(({ arm }, i) => ({ arm, weight: 2 * line[i]! })).filter(({ weight }) => weight !== 0);
    const build = terms[number]!.find((factor) => builds.has(design.factors[factor]!.name));
    const pairs = build === undefined ? undefined : pairUp(cells, arms, build);
    return [pairs ? { term, arms: [], pairs } : { term, arms, pairs: [] }];
  });
}

/** One contrast a block, in run order; NaN for a block that lacks a value of any arm. */
export function contrastsOf(reading: TermReading, blocks: readonly Block[], metric: string, mode: Mode): number[] {
  const values = new Map(
    reading.pairs.map((pair) => [pair, pairedByBlock({ ...pair, kind: 'build' }, blocks, metric, mode)]),
  );
  return blocks.map((block) => {
    let sum = 0;
    for (const { arm, weight } of reading.arms) sum += weight * logOf(block, arm, metric);
    for (const [pair, byBlock] of values) sum += pair.weight * (byBlock.get(block.block) ?? Number.NaN);
    return sum;
  });
}

/** ln of the value of an arm in a block; NaN where it is missing or not above zero. */
export function logOf(block: Block, arm: string, metric: string): number {
  const run = block.runs.get(arm);
  const value = run && runValue(run, metric);
  return value !== undefined && value > 0 ? Math.log(value) : Number.NaN;
}

/** How a term is sized by the first `count` of these blocks, and how many of them told something of it. */
export type Sizer = (count: number, level: { nominal: number; margin: number }) => SizedEffect & { blocks: number };

/** `earlier`: blocks whose directions steps have, where there are steps. */
export function sizerOf(
  reading: TermReading,
  blocks: readonly Block[],
  { metric, mode, earlier = [] }: { metric: string; mode: Mode; earlier?: readonly Block[] },
): Sizer {
  const { steps } = reading;
  if (steps) {
    const [changes, before] = [changesOf(steps, blocks, metric), changesOf(steps, earlier, metric)];
    return (count, level) => {
      const some = changes.slice(0, count);
      return { ...sizeSteps(some, before, level), blocks: some.filter((row) => row.every(Number.isFinite)).length };
    };
  }
  const x = contrastsOf(reading, blocks, metric, mode);
  return (count, level) => {
    const some = x.slice(0, count);
    return { ...sizeEffect(some, level), blocks: some.filter(Number.isFinite).length };
  };
}

/** matters: the whole interval lies beyond the margin · negligible: inside it · undecided: else. Leaves out what is NaN. */
export function sizeEffect(
  x: readonly number[],
  { nominal, margin }: { nominal: number; margin: number },
): SizedEffect {
  const interval = hodgesLehmann(x.filter(Number.isFinite), nominal);
  return { ...interval, size: sizeOf(interval, Math.log1p(margin)) };
}

export function sizeOf({ low, high }: Pick<Interval, 'low' | 'high'>, margin: number): EffectSize {
  if (-margin < low && high < margin) return 'negligible';
  return low > margin || high < -margin ? 'matters' : 'undecided';
}

export interface Cell {
  readonly arm: string;
  /** Level numbers of the design's factors. */
  readonly levels: readonly number[];
}

/** Main arms that stand at levels of the design: not the middle. Of several (benchmarks) all count. */
export function designArms({ arms }: Plan, { factors }: DesignFacts): Cell[] {
  return arms
    .filter((arm) => arm.role === 'main')
    .map((arm) => ({
      arm: arm.id,
      levels: factors.map(({ name, levels }) => levels.indexOf(arm.treatment.levels[name] ?? '')),
    }))
    .filter(({ levels }) => levels.every((level) => level >= 0));
}

/** Each cell's twin with the other build has the opposite weight, so the sum is one of log-ratios; undefined where it is not. */
function pairUp(
  cells: readonly Cell[],
  arms: readonly { readonly arm: string; readonly weight: number }[],
  build: number,
) {
  const weightOf = new Map(arms.map(({ arm, weight }) => [arm, weight]));
  const twins = new Map<string, Cell[]>();
  for (const cell of cells) {
    const others = cell.levels.with(build, -1).join();
    // Benchmarks are no factor of the design: cells of one combination follow each other in the order of the arms.
    twins.set(others, [...(twins.get(others) ?? []), cell]);
  }
  const pairs: { baselineArm: string; candidateArm: string; weight: number }[] = [];
  for (const group of twins.values()) {
    const [low, high] = [0, 1].map((level) => group.filter((cell) => cell.levels[build] === level));
    if (low!.length !== high!.length) return undefined;
    for (const [at, baseline] of low!.entries()) {
      const candidate = high![at]!;
      const weight = weightOf.get(candidate.arm) ?? 0;
      if (Math.abs(weight + (weightOf.get(baseline.arm) ?? 0)) > 1e-9 * Math.abs(weight)) return undefined;
      pairs.push({ baselineArm: baseline.arm, candidateArm: candidate.arm, weight });
    }
  }
  return pairs;
}

function pairedByBlock(
  pair: Parameters<typeof pairBlocks>[1],
  blocks: readonly Block[],
  metric: string,
  mode: Mode,
): Map<number, number> {
  return new Map(pairBlocks(blocks, pair, metric, mode).map(({ block, logRatio }) => [block, logRatio]));
}

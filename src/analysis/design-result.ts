/** What the treatments of a design tell together: effects, the middle, the table of variance, as the result holds them. */
import { type Alias, type DesignFacts, sayTerm } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import type { AnovaLine, Curvature, Effect, EffectNoise, EffectSize, Result, StepFacts } from '../model/result.ts';
import { typeThreeAnova } from '../stats/anova.ts';
import { fUpper } from '../stats/fisher-f.ts';
import { halfNormalScores, lenth, simulateLenthCritical } from '../stats/lenth.ts';
import { mean } from '../stats/quantile.ts';
import { type EffectDecision, hasMattered, repeatEffect } from './effect-decisions.ts';
import { designArms, logOf, type SizedEffect } from './effects.ts';
import { type Block, isExact } from './samples.ts';
import type { SizedSteps } from './steps.ts';

export interface DesignInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly judged: readonly Block[];
  readonly fresh: readonly Block[];
  readonly decisions: readonly EffectDecision[];
}

type Told = Pick<Result, 'designFacts' | 'effects' | 'effectNoise' | 'curvature' | 'anova'>;

/** Nothing where the plan has no design. */
export function tellDesign(input: DesignInput): Told {
  const { design } = input.plan;
  if (!design) return {};
  const told = input.decisions.map((decision) => ({ decision, ...settle(decision, input) }));
  const factors = told.filter(({ decision }) => decision.reading.term.factors.length > 0);
  const middle = told.find(({ decision }) => decision.reading.term.factors.length === 0);
  const scores = halfNormalScores(factors.map(({ sized }) => sized.centre));
  const effects = factors.map(({ decision, sized, confirmed, blocks }, at): Effect => {
    const { factors: terms, aliases, asked } = decision.reading.term;
    return {
      terms,
      ...asRatios(sized),
      blocks,
      aliases: sayAliases(aliases),
      confirmed,
      asked,
      score: scores[at]!,
      ...(sized.steps && { steps: tellSteps(sized.steps) }),
    };
  });
  // Sizes are no effects that scatter about 0, and their points no balanced table.
  const isScreening = design.trajectories !== undefined;
  const noise = isScreening ? undefined : noiseOf(factors.map(({ sized }) => sized.centre));
  const anova =
    !isScreening && design.factors.some(({ levels }) => levels.length > 2) ? analyse(input, design) : undefined;
  return {
    designFacts: design,
    ...(effects.length > 0 && { effects: effects.toSorted(byWeight) }),
    ...(noise && { effectNoise: noise }),
    ...(middle && { curvature: tellMiddle(middle, design) }),
    ...(anova && { anova }),
  };
}

interface Settled {
  readonly sized: SizedEffect;
  readonly confirmed: Effect['confirmed'];
  readonly blocks: number;
}

/** An effect that matters is announced once fresh blocks say so as well, and then by their estimate. */
function settle(decision: EffectDecision, input: DesignInput): Settled {
  const { first, told } = decision;
  const seen = { sized: first, confirmed: 'none' as const, blocks: told };
  if (first.size !== 'matters') return seen;
  const { said, blocks: again } = repeatEffect(decision, input.fresh, input);
  if (said) return { sized: said, confirmed: said.size === 'undecided' ? 'not-repeated' : 'fresh', blocks: again };
  // Nobody waited for it, so nothing was run again for it: it stands as seen once.
  return hasMattered(decision) ? { ...seen, sized: { ...first, size: 'undecided' }, confirmed: 'not-repeated' } : seen;
}

function asRatios({ centre, low, high, confidence, size }: SizedEffect) {
  return { ratio: Math.exp(centre), low: Math.exp(low), high: Math.exp(high), confidence, size };
}

function tellSteps({ count, mean, spread }: SizedSteps): StepFacts {
  const { confidence: _, ...alike } = asRatios(spread);
  return {
    count,
    mean: { ratio: Math.exp(mean.centre), low: Math.exp(mean.low), high: Math.exp(mean.high) },
    spread: alike,
  };
}

function tellMiddle({ sized, blocks }: Settled, { centre }: DesignFacts): Curvature {
  const at = Object.entries(centre?.levels ?? {}).map(([name, level]) => `${name}=${level}`);
  return { ...asRatios(sized), blocks, at: at.join(' · ') };
}

const SIZES: readonly EffectSize[] = ['matters', 'undecided', 'negligible'];

function byWeight(a: Effect, b: Effect): number {
  const size = SIZES.indexOf(a.size) - SIZES.indexOf(b.size);
  return size !== 0 ? size : Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio));
}

/** As people read them; where many have parts in it, how many. */
function sayAliases(aliases: readonly Alias[]): string[] {
  const parts = aliases.filter(({ share }) => Math.abs(Math.abs(share) - 1) > 1e-6);
  const whole = aliases.filter((alias) => !parts.includes(alias));
  const said = whole.map(({ factors, share }) => `${share < 0 ? '−' : ''}${sayTerm(factors)}`);
  if (parts.length > MOST_PARTS) return [...said, `parts of ${parts.length} interactions`];
  return [
    ...said,
    ...parts.map(({ factors, share }) => `${share.toFixed(2).replace('-', '−')} of ${sayTerm(factors)}`),
  ];
}

const MOST_PARTS = 3;
/** Below this many effects nothing can be said of what most of them do. */
const LEAST_FOR_LENTH = 7;

function noiseOf(centres: readonly number[]): EffectNoise | undefined {
  if (centres.length < LEAST_FOR_LENTH || !centres.every(Number.isFinite)) return undefined;
  const { pse } = lenth(centres);
  const critical = simulateLenthCritical(centres.length, { replicates: 4000 });
  return { pse, one: pse * critical.individual, largest: pse * critical.experimentWise };
}

/**
 * Every block holds every treatment once, so blocks are orthogonal to all terms: sums of squares come from the means of the
 * treatments, and what is left over is how treatments scatter against each other from block to block.
 */
function analyse({ experiment, plan, judged }: DesignInput, design: DesignFacts): AnovaLine[] | undefined {
  const metric = experiment.metrics.primary;
  const cells = designArms(plan, design);
  if (isExact(metric) || design.terms.length === 0) return undefined;
  const logs = judged
    .map((block) => cells.map(({ arm }) => logOf(block, arm, metric)))
    .filter((row) => row.every(Number.isFinite));
  if (logs.length < 2) return undefined;
  const counts = design.factors.map(({ levels }) => levels.length);
  const terms = design.terms.map(({ factors }) =>
    factors.map((name) => design.factors.findIndex((factor) => factor.name === name)),
  );
  const means = cells.map((_, at) => mean(logs.map((row) => row[at]!)));
  const grand = mean(means);
  const between = typeThreeAnova(
    cells.map(({ levels }) => levels),
    counts,
    terms,
    means,
  );
  const df = (logs.length - 1) * (cells.length - 1);
  const left = logs.reduce((sum, row) => {
    const own = mean(row);
    return sum + row.reduce((part, value, at) => part + (value - own - means[at]! + grand) ** 2, 0);
  }, 0);
  const lines = between.rows.map((row, at) => {
    const sumOfSquares = row.sumOfSquares * logs.length;
    const f = sumOfSquares / row.df / (left / df);
    return { terms: design.terms[at]!.factors, df: row.df, sumOfSquares, f, p: fUpper(f, row.df, df) };
  });
  return [...lines, { terms: [], df, sumOfSquares: left, f: Number.NaN, p: Number.NaN }];
}

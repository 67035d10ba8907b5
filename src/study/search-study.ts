/** What a search takes from its studies: the regression it follows, and the answer of each in short. */
import type { SearchStudy, Sought } from '../model/bisection.ts';
import type { Schedule } from '../model/plan.ts';
import type { Comparison, Result } from '../model/result.ts';
import { robustSd } from '../stats/robust.ts';

/** The regression of the primary metric that was asked for, else the largest; undefined where there is none. */
export function chooseRegression({ comparisons, primary }: Result, effect: string | undefined): Comparison | undefined {
  const regressions = comparisons.filter(
    ({ kind, metric, verdict }) => kind === 'build' && metric === primary && verdict === 'regression',
  );
  const wanted = regressions.filter(({ treatment }) => effect === undefined || treatment.includes(effect));
  return wanted.toSorted((a, b) => b.ratio - a.ratio)[0];
}

export function headline({ comparisons, primary }: Result): Comparison | undefined {
  return comparisons
    .filter(({ kind, metric }) => kind === 'build' && metric === primary)
    .toSorted((a, b) => b.ratio - a.ratio)[0];
}

export function describeSought(result: Result, moved: Comparison, { blockS }: Schedule): Sought {
  const arm = result.arms.find(({ id }) => id === moved.candidateArm);
  const main = result.arms.filter(({ role }) => role === 'main').length;
  const { build: _, ...levels } = arm?.treatment.levels ?? {};
  const scale = robustSd(logRatiosOf(moved));
  return {
    treatment: moved.treatment,
    levels,
    metric: moved.metric,
    effect: {
      centre: Math.log(moved.ratio),
      low: Math.log(moved.low),
      high: Math.log(moved.high),
      confidence: moved.confidence,
    },
    scale: Math.max(LEAST_SCALE, scale),
    // Two processes of all that a block of the ends had.
    blockS: (blockS * 2) / Math.max(2, main),
  };
}

/** A coarse clock makes blocks alike; none is surer than this. */
const LEAST_SCALE = 1e-4;

/** Of each block, in run order. */
export function logRatiosOf({ series }: Comparison): readonly number[] {
  return series.map(({ ratio }) => Math.log(ratio));
}

export function summarise(
  result: Result,
  { baseline, candidate, ratio, low, high, confidence, blocks, verdict, blocksNeeded }: Comparison,
): SearchStudy {
  return {
    ...{ study: result.study, baseline, candidate, ratio, low, high, confidence, blocks, verdict },
    ...(blocksNeeded === undefined ? {} : { blocksNeeded }),
  };
}

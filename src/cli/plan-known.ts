/** What an earlier study of the same experiment knows of its price and its noise. */

import type { Known } from '../design/price.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';

/** Fewer blocks say too little of how they scatter. */
const LEAST_BLOCKS = 12;

/** From the latest finished study of that name with the same arms; nothing when there is none, or it can't be read. */
export async function knownOf(experiment: Experiment, plan: Plan, project: string): Promise<Known> {
  const { listStudies, openStudy } = await import('../store/finished-study.ts');
  const arms = armsOf(plan);
  for (const id of listStudies(project).reverse()) {
    let result: Result;
    try {
      ({ result } = openStudy(project, id));
    } catch {
      continue; // a study of another version tells nothing here, and whoever asks for it is told why
    }
    if (result.experiment !== experiment.name || armsOf(result) !== arms || !plan.modes.includes(result.mode)) continue;
    return { ...knownFrom(result), mode: result.mode };
  }
  return {};
}

const armsOf = ({ arms }: Pick<Plan, 'arms'>) => arms.map((arm) => arm.id).join('\n');

function knownFrom(result: Result): Known {
  const spreads = result.comparisons
    .filter((comparison) => comparison.metric === result.primary && comparison.series.length >= LEAST_BLOCKS)
    .map((comparison) => robustSd(comparison.series.map(({ ratio }) => Math.log(ratio))))
    .filter((sd) => Number.isFinite(sd) && sd > 0);
  // Where several modes ran, the seconds of the study say nothing of the blocks of one.
  const price = result.modePrices?.find(({ mode }) => mode === result.mode);
  const blocks = result.runs.blocks + result.runs.pilotBlocks + result.runs.freshBlocks;
  return {
    ...(blocks >= LEAST_BLOCKS && { blockS: price?.blockS ?? result.durationS / blocks }),
    ...(spreads.length > 0 && {
      noise: { sd: median(spreads), from: `the study of ${result.startedAt.slice(0, 10)}` },
    }),
  };
}

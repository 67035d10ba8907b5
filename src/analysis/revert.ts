/** What the blocks of a study say of a change that was taken out: one answer a treatment. */
import { type Confirmation, type RevertChange, type RevertOutcome, revertedBuilds } from '../model/confirmation.ts';
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { Mode, Plan, Schedule, Treatment } from '../model/plan.ts';
import type { Interval } from '../stats/hodges-lehmann.ts';
import { proveByRevert } from './confirmation.ts';
import { type Block, pairBlocks } from './samples.ts';

export interface RevertInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** Judged and fresh ones: all are new beside the study by which the change was found. */
  readonly blocks: readonly Block[];
}

/** Empty unless the experiment takes a change out of its candidate. */
export function confirmRevert({ experiment, plan, schedule, blocks }: RevertInput): readonly Confirmation[] {
  const builds = revertedBuilds(experiment);
  if (!builds) return [];
  const metric = experiment.metrics.primary;
  const margin = marginOf(experiment, metric);
  const treatments = plan.arms.filter(({ role }) => role === 'main').map(({ treatment }) => treatment);
  const found = treatments
    .filter(({ levels }) => levels.build === builds.candidate)
    .flatMap((candidate) => {
      const [baseline, reverted] = [builds.baseline, builds.reverted].map((build) =>
        beside(candidate, build, treatments),
      );
      if (!baseline || !reverted) return [];
      const pairs = (from: Treatment, to: Treatment) =>
        pairBlocks(blocks, { baselineArm: from.id, candidateArm: to.id, kind: 'build' }, metric, schedule.mode).map(
          ({ logRatio }) => logRatio,
        );
      const ratios = {
        badOverGood: pairs(baseline, candidate),
        badOverReverted: pairs(reverted, candidate),
        revertedOverGood: pairs(baseline, reverted),
      };
      const proof = proveByRevert(ratios, { margin, offset: OFFSETS[schedule.mode] });
      return [
        {
          ...builds,
          treatment: plan.contrasts.find(({ candidateArm }) => candidateArm === candidate.id)?.treatment ?? '',
          metric,
          outcome: proof.outcome,
          candidateOverBaseline: toChange(proof.badOverGood),
          candidateOverReverted: toChange(proof.badOverReverted),
          revertedOverBaseline: toChange(proof.revertedOverGood),
          restShown: proof.restShown,
          margin,
          blocks: Math.min(...Object.values(ratios).map(({ length }) => length)),
          warnings: proof.warnings,
        },
      ];
    });
  return found.toSorted((a, b) => LEAST_PROVEN_FIRST.indexOf(a.outcome) - LEAST_PROVEN_FIRST.indexOf(b.outcome));
}

const LEAST_PROVEN_FIRST: readonly RevertOutcome[] = [
  'not-reproduced',
  'revert-ineffective',
  'partly-restored',
  'restored',
];

/** What each mode shows at most where nothing differs: long-lived processes taking turns were off by so much for a whole study. */
const OFFSETS: Readonly<Record<Mode, number>> = { 'in-process': 0.0025, alternating: 0.0025, interleaved: 0, duet: 0 };

/** The same treatment of another build. */
function beside(one: Treatment, build: string, treatments: readonly Treatment[]): Treatment | undefined {
  return treatments.find(({ levels }) => {
    const names = new Set([...Object.keys(levels), ...Object.keys(one.levels)]);
    return [...names].every((name) => (name === 'build' ? levels.build === build : levels[name] === one.levels[name]));
  });
}

function toChange({ centre, low, high }: Interval): RevertChange {
  return { ratio: Math.exp(centre), low: Math.exp(low), high: Math.exp(high) };
}

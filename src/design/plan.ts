/** Experiment to plan: the arms of a block and what is compared, before anything is measured. */
import type { Experiment } from '../model/experiment.ts';
import type { Arm, Contrast, Mode, Plan, Treatment } from '../model/plan.ts';
import { type Cells, chooseCells } from './cells.ts';
import { listContrasts } from './contrasts.ts';
import { listModes, requireCores, type SubjectTraits } from './modes.ts';
import { PILOT_BLOCKS } from './schedule.ts';

/** Every how many blocks the arms that only check or only explain are run. */
const SIDE_ARM_EVERY = 5;
const MOST_SELF_CHECKS = 2;
/** With so few arms a check costs as much as a block, and a short study would end with too few A/A pairs to judge. */
const FEW_ARMS = 4;
const FEW_ARMS_EVERY = 3;

/**
 * `traits`: what the subject can do. Throws a Problem `mode-not-possible` when the mode asked for is not among it, and one
 * of `design-…` when the design can't be made of these factors.
 */
export function planExperiment(experiment: Experiment, traits: SubjectTraits): Plan {
  const { treatments, centre, facts } = chooseCells(experiment);
  const contrasts = listContrasts(experiment, treatments);
  const modes = listModes(experiment, contrasts, traits);
  const all = [...treatments, ...(centre?.treatments ?? [])];
  const main: Arm[] = all.map((treatment) => ({ id: treatment.id, treatment, role: 'main', every: 1 }));
  const checks =
    centre && centre.processes > 1 ? centreArms(centre) : selfCheckArms(treatments, contrasts, experiment.mode);
  const arms = [...main, ...checks, ...probedArms(experiment, treatments)];
  requireCores(experiment, { modes, arms }, traits);
  return {
    seed: experiment.seed,
    modes,
    ...(experiment.mode !== undefined && { mode: experiment.mode }),
    arms,
    contrasts,
    ...(facts && { design: facts }),
    pilotBlocks: modes.reduce((sum, mode) => sum + PILOT_BLOCKS[mode], 0),
    budgetS: experiment.budgetS,
  };
}

/** The baselines of the first contrasts once more: what tells chance and position from a difference. One where arms are few. */
function selfCheckArms(treatments: readonly Treatment[], contrasts: readonly Contrast[], mode?: Mode): Arm[] {
  const most = treatments.length <= FEW_ARMS ? 1 : MOST_SELF_CHECKS;
  const baselines = [...new Set(contrasts.map((contrast) => contrast.baselineArm))].slice(0, most);
  const chosen = treatments.filter((treatment) => baselines.includes(treatment.id));
  return (contrasts.length > 0 ? chosen : treatments.slice(0, 1)).map((treatment) => ({
    id: `${treatment.id} (again)`,
    treatment,
    role: 'aa',
    // A duet gives each arm a core of its own, and has to be found fair before anything is judged.
    every: mode === 'duet' ? 1 : treatments.length <= FEW_ARMS ? FEW_ARMS_EVERY : SIDE_ARM_EVERY,
  }));
}

/** More processes at the middle are the same treatment again: they check themselves, in every block. */
function centreArms({ treatments, processes }: NonNullable<Cells['centre']>): Arm[] {
  return treatments.flatMap((treatment) =>
    Array.from({ length: processes - 1 }, (_, at) => ({
      id: `${treatment.id} (again${at === 0 ? '' : ` ${at + 1}`})`,
      treatment,
      role: 'aa',
      every: 1,
    })),
  );
}

/** Where Go calls Rust; everywhere when the subject has no notion of paths. One for each build, as builds are treatments. */
function probedArms(experiment: Experiment, treatments: readonly Treatment[]): Arm[] {
  if (experiment.probe === 'off') return [];
  return treatments
    .filter((treatment) => treatment.path === undefined || treatment.path === 'go->rust')
    .map((treatment) => ({ id: `${treatment.id} (probed)`, treatment, role: 'probed', every: SIDE_ARM_EVERY }));
}

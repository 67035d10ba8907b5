/** Everything a study measured, to the one document that text, JSON and page are drawn from. */
import type { Calibration } from '../model/calibration.ts';
import { type Experiment, marginOf } from '../model/experiment.ts';
import { type Plan, probedMode, type Schedule } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import { type Comparison, type Environment, RESULT_SCHEMA, type Result } from '../model/result.ts';
import type { Outcome, Stage } from '../model/run.ts';
import type { TreatmentRuntimes } from '../model/runtimes.ts';
import type { BoundaryMap } from '../model/site.ts';
import type { Surroundings } from '../model/surroundings.ts';
import { assess } from './assess.ts';
import { compareAll } from './comparisons.ts';
import { drawCurves } from './curves.ts';
import { tellDesign } from './design-result.ts';
import { driftWarnings, watchedMetric } from './drift.ts';
import { listEstimates } from './estimates.ts';
import { judgeExpectations } from './expectations.ts';
import { studyWarnings } from './fitness.ts';
import { findLayers } from './layers.ts';
import { explainMode } from './mode-reason.ts';
import { countOutliers, outlierWarnings } from './outliers.ts';
import { priceProbe } from './probe-cost.ts';
import { listResidue, residueWarnings } from './residue.ts';
import { confirmRevert } from './revert.ts';
import { collectBlocks, countDropped } from './samples.ts';
import { checkSelf } from './self-check.ts';
import { listSiteChanges } from './site-changes.ts';
import { drawSlopes } from './slopes.ts';
import { tailWarnings } from './tails.ts';

/** What only the engine knows. */
export interface StudyFacts {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** From the first pilot block to the last block, pauses between sessions of a resumed study left out. */
  readonly durationS: number;
  /** Where the study and its report are, relative to the project. */
  readonly folder: string;
  /** False when interrupted. */
  readonly complete: boolean;
  readonly warnings?: readonly Warning[];
  readonly calibration?: Calibration;
  /** Of the session that ended it; absent where nobody looked. */
  readonly surroundings?: Surroundings;
}

export interface ResultInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly outcomes: readonly Outcome[];
  /** One a treatment that was probed; `of` is the treatment's id. */
  readonly boundary: readonly BoundaryMap[];
  /** How the runtimes of probed runs fared. */
  readonly runtimes?: readonly TreatmentRuntimes[];
  readonly environment: Environment;
  readonly study: StudyFacts;
}

export function buildResult(input: ResultInput): Result {
  const { experiment, plan, schedule, outcomes, boundary, environment, study } = input;
  const judged = collectBlocks(outcomes, 'judged');
  const fresh = collectBlocks(outcomes, 'fresh');
  const processes = collectBlocks(outcomes, 'processes');
  const probed = collectBlocks(outcomes, 'probed');
  // Those of their own, and the others for what stands more than once in every block.
  const selfBlocks = [...collectBlocks(outcomes, 'self'), ...judged, ...fresh];
  const assessment = assess({ experiment, plan, schedule, outcomes });
  const comparisons = compareAll({
    experiment,
    plan,
    schedule,
    judged,
    fresh,
    processes,
    probed,
    assessment,
    boundary,
  });
  const siteChanges = listSiteChanges(plan.contrasts, { plan, judged, fresh, probed, boundary });
  const { layers, warnings: layerWarnings } = findLayers({ experiment, plan, outcomes, comparisons });
  const estimates = listEstimates(experiment, plan, { judged, probed, boundary });
  const confirmation = confirmRevert({ experiment, plan, schedule, blocks: [...judged, ...fresh] });
  const told = tellDesign({ experiment, plan, schedule, judged, fresh, decisions: assessment.effects });
  const curves = drawCurves(experiment, plan, judged);
  const slopes = drawSlopes({ experiment, plan, blocks: [...judged, ...fresh], boundary, mode: schedule.mode });
  const selfChecks = checkSelf(plan, experiment.metrics.primary, selfBlocks, schedule.mode);
  const ran = [...judged, ...fresh];
  const watched = watchedMetric(experiment);
  const mainArms = new Set(plan.arms.filter(({ role }) => role === 'main').map(({ id }) => id));
  const outliers = countOutliers(plan, watched, ran);
  const residue = listResidue(environment, plan, study.surroundings);
  return {
    schema: RESULT_SCHEMA,
    study: study.id,
    experiment: experiment.name,
    ...(experiment.hypothesis !== undefined && { hypothesis: experiment.hypothesis }),
    startedAt: study.startedAt,
    durationS: study.durationS,
    seed: plan.seed,
    mode: schedule.mode,
    stopping: schedule.stopping ?? 'looks',
    ...explainMode(plan, schedule, marginOf(experiment, experiment.metrics.primary)),
    verdict: overallVerdict(comparisons, experiment.metrics.primary),
    primary: experiment.metrics.primary,
    margin: experiment.margin,
    comparisons,
    estimates,
    ...(confirmation.length > 0 && { confirmation }),
    ...told,
    ...(curves.length > 0 && { curves }),
    ...(slopes.length > 0 && { slopes }),
    expectations: judgeExpectations({
      ...{ experiment, plan, comparisons, estimates, effects: told.effects },
      complete: study.complete,
    }),
    boundary,
    sites: boundary.flatMap((map) => map.sites.map((site) => ({ ...site, treatment: map.of }))),
    ...(siteChanges.length > 0 && { siteChanges }),
    ...(layers.length > 0 && { layers }),
    ...(input.runtimes && input.runtimes.length > 0 && { runtimes: input.runtimes }),
    selfChecks,
    probeCosts: priceProbe(plan, probed, probedMode(schedule)),
    arms: plan.arms,
    runs: countRuns(outcomes, schedule, study.durationS),
    failures: outcomes
      .filter((outcome) => outcome.kind === 'failure')
      .map(({ block, arm, problem }) => ({ block, arm, message: problem.message })),
    environment,
    residue,
    outliers,
    warnings: [
      ...(study.warnings ?? []),
      ...studyWarnings({ outcomes, boundary, selfChecks, complete: study.complete }),
      ...driftWarnings(plan, watched, ran, schedule.mode),
      ...outlierWarnings(plan, outliers),
      ...tailWarnings(experiment, mainArms, ran),
      ...residueWarnings(residue),
      ...layerWarnings,
    ],
    ...(study.calibration !== undefined && { calibration: study.calibration }),
    folder: study.folder,
    complete: study.complete,
  };
}

/** The document of `--json`: `schema` first, and null where a number is infinite or unknown. */
export function toJson(result: Result): string {
  return JSON.stringify(result, (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value), 2);
}

const STAGES: readonly Stage[] = ['pilot', 'judged', 'fresh', 'self', 'probed', 'processes'];
const WORST_FIRST = ['regression', 'different', 'undecided', 'improvement', 'equivalent', 'equal'] as const;

/** The worst build verdict on the primary metric. */
function overallVerdict(comparisons: readonly Comparison[], primary: string): Result['verdict'] {
  const verdicts = comparisons
    .filter((one) => one.kind === 'build' && one.metric === primary)
    .map((one) => one.verdict);
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'none';
}

function countRuns(outcomes: readonly Outcome[], schedule: Schedule, durationS: number): Result['runs'] {
  const runs = outcomes.filter((outcome) => outcome.kind === 'run');
  const measuredS = runs.reduce(
    (sum, run) => sum + run.batches.reduce((seconds, each) => seconds + each * run.iterations, 0),
    0,
  );
  return {
    blocks: collectBlocks(outcomes, 'judged').length,
    pilotBlocks: collectBlocks(outcomes, 'pilot').length,
    freshBlocks: collectBlocks(outcomes, 'fresh').length,
    probedBlocks: collectBlocks(outcomes, 'probed').length,
    ...(schedule.processes && { processesBlocks: collectBlocks(outcomes, 'processes').length }),
    droppedBlocks: STAGES.reduce((sum, stage) => sum + countDropped(outcomes, stage), 0),
    runs: runs.length,
    rounds: schedule.rounds,
    overheadShare: durationS > 0 ? Math.min(1, Math.max(0, 1 - measuredS / durationS)) : 0,
  };
}

/** For tests: an experiment, its plan and seeded outcomes on invented numbers. Nothing of it is measured. */
import { orderBlock } from '../design/block-order.ts';
import { planExperiment } from '../design/plan.ts';
import type { Experiment } from '../model/experiment.ts';
import { inventExperiment as inventAny } from '../model/invented-experiment.ts';
import type { Arm, Mode, Plan, Schedule } from '../model/plan.ts';
import type { Outcome, RunOutcome, Stage } from '../model/run.ts';
import { median } from '../stats/quantile.ts';
import { createRandom } from '../stats/random.ts';

const BUILDS = {
  factors: [{ name: 'build', family: 'build', levels: [{ text: './a' }, { text: './b' }] }],
  baseline: { build: './a' },
} as const;

/** Two builds of a harness subject, unless told otherwise. */
export function inventExperiment(changes: Partial<Experiment> = {}): Experiment {
  return inventAny({ ...BUILDS, ...changes });
}

export interface Invention {
  readonly experiment: Experiment;
  readonly mode?: Mode;
  readonly looks?: Schedule['looks'];
  /** True seconds an operation takes in an arm. */
  readonly seconds: (arm: Arm) => number;
  /** More values of each run. */
  readonly values?: (arm: Arm, noise: number) => Readonly<Record<string, number>>;
  /** Standard deviation of a run's log-time, and of one batch's within its run. */
  readonly runNoise?: number;
  readonly batchNoise?: number;
  readonly seed?: number;
}

export interface InventedStudy {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** Outcomes of blocks from 0 up to `blocks` of a stage. */
  readonly run: (stage: Stage, blocks: number, only?: ReadonlySet<string>) => Outcome[];
}

const LOOKS = [
  { blocks: 12, nominal: 0.01 },
  { blocks: 24, nominal: 0.02 },
  { blocks: 40, nominal: 0.035 },
];

export function inventStudy(invention: Invention): InventedStudy {
  const { experiment, mode = 'alternating', looks = LOOKS } = invention;
  const plan = planExperiment(experiment, { modes: [mode] });
  const schedule: Schedule = { mode, looks, iterations: {}, rounds: mode === 'alternating' ? 8 : 1, blockS: 1 };
  const run = (stage: Stage, blocks: number, only?: ReadonlySet<string>) =>
    Array.from({ length: blocks }, (_, block) => {
      const order = orderBlock(plan, stage, block, schedule.rounds, only);
      return order.opening.map((id, position) =>
        inventRun(invention, plan, stage, block, id, position, schedule.rounds),
      );
    }).flat();
  return { experiment, plan, schedule, run };
}

function inventRun(
  { seconds, values, runNoise = 0.02, batchNoise = 0.005, seed = 1 }: Invention,
  plan: Plan,
  stage: Stage,
  block: number,
  id: string,
  position: number,
  rounds: number,
): RunOutcome {
  const arm = plan.arms.find((candidate) => candidate.id === id)!;
  const random = createRandom(seed, stage, block, id);
  const noise = runNoise * random.normal();
  const batches = Array.from({ length: rounds }, () => seconds(arm) * Math.exp(noise + batchNoise * random.normal()));
  return {
    kind: 'run',
    block,
    stage,
    arm: id,
    position,
    paddingBytes: 0,
    startedS: block,
    iterations: 100,
    batches,
    values: { 'time.p50': median(batches), ...values?.(arm, noise) },
    operations: 100 * rounds,
    end: { wallS: 1, cpuS: 1, maxRssBytes: 1e6, leaked: 0, stderr: '' },
  };
}

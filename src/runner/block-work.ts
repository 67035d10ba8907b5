/** A block as it is asked for, and what its parts share while it runs. */
import type { Experiment } from '../model/experiment.ts';
import type { Arm, BlockOrder, Mode, Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Executor, Stage } from '../model/run.ts';
import type { Clock } from './clock.ts';
import type { Stop } from './interruption.ts';
import type { Pace } from './pace.ts';
import type { ProcessRun } from './process-run.ts';
import type { Wishes } from './wishes.ts';

export interface BlockRequest {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly order: BlockOrder;
  readonly stage: Stage;
  readonly mode: Mode;
  readonly executor: Executor;
  /** Those that runs may have: a duet shares them out. Undefined: it is left to the executor. */
  readonly cores?: readonly number[];
  readonly pace: Pace;
  /** Whether exact counts are taken in this block, where some metric is one; default: yes. */
  readonly counting?: boolean;
  readonly clock: Clock;
  /** Reading of the clock when the study began. */
  readonly originS: number;
  /** 1 in so many crossings of this arm's process is timed; undefined: each. */
  readonly timedEvery?: (arm: Arm) => number | undefined;
  /** Where this arm's process writes its record file, and the name it is stored under; undefined for none. */
  readonly recordFile?: (arm: Arm, block: number) => { readonly path: string; readonly name: string } | undefined;
}

/** What the modes share while a block runs. */
export interface BlockWork extends BlockRequest {
  readonly wishes: Wishes;
  readonly stop: Stop;
  readonly arms: ReadonlyMap<string, Arm>;
  /** Every process that was opened, so that it is ended whatever happens. */
  readonly opened: ProcessRun[];
  /** Tells whose fault a failure is: the arm at work. */
  blame(arm: Arm): void;
}

/** A Problem of one process among several that were at work at once. */
export class RunFailure extends Problem {
  readonly arm: Arm;

  constructor(arm: Arm, problem: Problem) {
    super(problem.facts, problem);
    this.arm = arm;
  }
}

export function findArm(work: BlockWork, id: string): Arm {
  const arm = work.arms.get(id);
  if (!arm) throw new Error(`the block order names the arm ${id}, which the plan does not have`);
  return arm;
}

/**
 * An executor on invented time: a seeded noisy subject with effects, drift, failures and hangs that moves a clock of its
 * own. Whole studies run on it in milliseconds, and no test waits. Nothing of it is in the product's path.
 */
import type { Arm, Mode, Treatment } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Batch, Executor, OpenOptions, RunEnd, Session } from '../model/run.ts';
import type { BoundaryReading } from '../model/site.ts';
import { createRandom, type Random } from '../stats/random.ts';
import type { Clock } from './clock.ts';

export type InventedFailure = 'refuses' | 'dies' | 'hangs';

export interface Invention {
  readonly seed: number;
  /** Default: processes that can take turns. */
  readonly modes?: readonly Mode[];
  /** Seconds an operation of this treatment truly takes. */
  readonly secondsPerOperation: (treatment: Treatment, mode: Mode) => number;
  /** Seconds a process takes to start. */
  readonly startS?: (mode: Mode) => number;
  /** Standard deviation of a process as a whole, log scale: where memory landed. */
  readonly processNoise?: number | ((mode: Mode) => number);
  /** Standard deviation of one batch, log scale. */
  readonly batchNoise?: number;
  /** How much slower operations are once a process has done so many: 1.3 is a third slower. */
  readonly age?: (treatment: Treatment, operations: number) => number;
  /** What the machine does to everything at a time: 1 is full speed, 1.5 half as slow again. */
  readonly slowness?: (nowS: number) => number;
  /** What this arm's own cores do to it: 1 is what the others have. */
  readonly slowCore?: (arm: Arm) => number;
  readonly cycle?: number;
  readonly checksum?: (arm: Arm, block: number) => string;
  readonly counts?: (treatment: Treatment) => Readonly<Record<string, number>>;
  readonly fails?: (arm: Arm, block: number) => InventedFailure | undefined;
  /** Processes this arm leaves behind. */
  readonly leaks?: (arm: Arm) => number;
  /** What a probed process shows of its boundary after so many operations, of any kind. */
  readonly boundary?: (arm: Arm, operations: number) => BoundaryReading | undefined;
  /** Writes what a probed process would have written to this path. */
  readonly writeRecords?: (arm: Arm, path: string) => void;
  /** Told which cores each process was given. */
  readonly onOpen?: (arm: Arm, cores: readonly number[] | undefined) => void;
  /** Called before each step of a run: a test may stop the study or fill the disk there. */
  readonly onStep?: (step: { readonly name: string; readonly arm: Arm; readonly block: number }) => void;
}

export interface InventedMachine {
  readonly executor: Executor;
  readonly clock: Clock;
  /** Processes that were opened and not closed yet. */
  living(): number;
  /** Lets seconds pass that no process spends: a build. */
  spend(seconds: number): void;
  /** Steps of all sessions so far, `open go`, `run go`, …: what the runner did, in order. */
  readonly log: readonly string[];
}

const START_S = 0.01;
const ANSWER_LIMIT_S = 30;

export function inventMachine(invention: Invention): InventedMachine {
  let now = 0;
  let living = 0;
  const log: string[] = [];
  const spend = (seconds: number): number => {
    const real = seconds * (invention.slowness?.(now) ?? 1);
    now += real;
    return real; // not a difference of readings: those depend on when the clock began
  };
  const executor: Executor = {
    modes: invention.modes ?? ['alternating'],
    open: async (arm, options) => {
      note('open', arm, options);
      invention.onOpen?.(arm, options.cores);
      const failure = invention.fails?.(arm, options.block);
      if (failure === 'refuses') throw died(arm);
      living += 1;
      return makeSession(arm, options, failure);
    },
  };
  return {
    executor,
    clock: { nowS: () => now, date: () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + now * 1000).toISOString() },
    living: () => living,
    spend: (seconds) => {
      now += seconds;
    },
    log,
  };

  function note(name: string, arm: Arm, options: OpenOptions): void {
    log.push(`${name} ${arm.id}`);
    invention.onStep?.({ name, arm, block: options.block });
  }

  function makeSession(arm: Arm, options: OpenOptions, failure: InventedFailure | undefined): Session {
    // Block and order seed are told apart by the padding, which the seed draws anew for every block of every stage.
    const random = createRandom(invention.seed, arm.id, options.block, options.paddingBytes);
    const openedS = now;
    const cycle = invention.cycle ?? 1;
    const { processNoise: noisy = 0 } = invention;
    const processNoise = typeof noisy === 'number' ? noisy : noisy(options.mode);
    const truth =
      invention.secondsPerOperation(arm.treatment, options.mode) *
      (invention.slowCore?.(arm) ?? 1) *
      Math.exp(processNoise * random.normal());
    let open = true;
    let operations = 0;
    const work = (iterations: number): Batch => {
      if (!open) throw new Error('a closed session was asked to run');
      if (failure === 'dies') throw died(arm);
      if (failure === 'hangs') {
        spend(ANSWER_LIMIT_S);
        throw hung(arm);
      }
      const aged = invention.age?.(arm.treatment, operations) ?? 1;
      // Where processes can't take turns each question is put to a process of its own.
      operations = (options.mode !== 'interleaved' ? operations : cycle) + iterations;
      return { iterations, seconds: spend(iterations * truth * aged * noise(random, invention.batchNoise ?? 0)) };
    };
    const { counts, boundary } = invention;
    spend(invention.startS?.(options.mode) ?? START_S);
    return {
      prepare: async () => {
        note('prepare', arm, options);
        spend(cycle * truth);
        operations += cycle;
        const checksum = invention.checksum?.(arm, options.block);
        return { cycle, operations: cycle, ...(checksum === undefined ? {} : { checksum }) };
      },
      run: async (iterations) => {
        note('run', arm, options);
        return work(iterations);
      },
      ...(options.mode === 'interleaved' && {
        runSeveral: async (iterations, batches) => {
          note('run', arm, options);
          const done = Array.from({ length: batches }, () => work(iterations));
          operations = batches * (cycle + iterations);
          return done;
        },
      }),
      runEach: async (iterations) => Array.from({ length: iterations }, () => work(1).seconds),
      ...(counts && {
        count: async (iterations) => {
          note('count', arm, options);
          operations += iterations;
          return counts(arm.treatment);
        },
      }),
      ...(boundary && options.recordFile !== undefined && { readBoundary: () => boundary(arm, operations) }),
      close: async (): Promise<RunEnd> => {
        if (open) {
          living -= 1;
          if (options.recordFile !== undefined) invention.writeRecords?.(arm, options.recordFile);
        }
        open = false;
        return {
          wallS: now - openedS,
          cpuS: now - openedS,
          maxRssBytes: 8 * 2 ** 20,
          leaked: invention.leaks?.(arm) ?? 0,
          stderr: '',
        };
      },
    };
  }
}

const noise = (random: Random, sd: number): number => (sd === 0 ? 1 : Math.exp(sd * random.normal()));

const died = (arm: Arm): Problem =>
  new Problem({ code: 'subject-died', message: `The process of ${arm.id} ended with exit code 1`, blame: 'run' });
const hung = (arm: Arm): Problem =>
  new Problem({ code: 'subject-hangs', message: `The process of ${arm.id} did not answer in 30 s`, blame: 'run' });

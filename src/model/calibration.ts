/**
 * How often Seamark errs on one machine, measured on it: whole studies of a subject against itself, and of the same subject
 * with a known delay planted at its boundary. Kept for each machine and subject, shown by `doctor` and with every result.
 */
import type { Verdict } from './result.ts';

export const CALIBRATION_SCHEMA = 'seamark/calibration@1';

/** Studies that ask the same: what is planted, and by which rule it is judged. */
export interface CalibrationGroup {
  /** Share of an iteration that is planted, as asked for: 0.05; 0 where both arms are the same program, switched alike. */
  readonly share: number;
  readonly margin: number;
  readonly budgetS: number;
}

/** One study of a series, as it is kept. */
export interface CalibrationStudy extends CalibrationGroup {
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly verdict: Verdict;
  /** candidate / baseline with its interval, and the level of that. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /**
   * candidate / baseline as it was planted: one and busy time over the baseline's own time in this study. Both are known
   * before anything is compared; the share differs from the one asked for as far as the machine changed its speed.
   */
  readonly truth: number;
  /** Blocks the estimate rests on. */
  readonly blocks: number;
  /** Of the whole study, its parts and the ends of it that measure nothing. */
  readonly seconds: { readonly all: number; readonly pilot: number; readonly judged: number; readonly fresh: number };
}

/** A count of studies, and the interval of the rate behind it (Clopper-Pearson, 95 %). */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** What the studies of one group came to. */
export interface CalibrationRates extends CalibrationGroup {
  /** Nothing planted: called a regression or an improvement. Planted: called a regression. */
  readonly called: Rate;
  readonly equivalent: Rate;
  readonly undecided: number;
  /** Called, with the sign that nobody planted. */
  readonly wrong: number;
  /** Intervals that hold what was planted; of those that were called, where something was. */
  readonly covered: Rate;
  /** Level of these intervals, the least of them. */
  readonly confidence: number;
  readonly medianS: number;
  readonly medianBlocks: number;
  /** What these rates must reach; met: undefined where so few studies can't tell. */
  readonly must: readonly { readonly text: string; readonly met: boolean | undefined }[];
}

export interface Calibration {
  readonly schema: typeof CALIBRATION_SCHEMA;
  /** Name of the experiment, and the treatment of it that was run. */
  readonly subject: string;
  readonly treatment: string;
  readonly metric: string;
  /** Of the lab that comes with Seamark: it stands for subjects that nobody calibrated. */
  readonly lab: boolean;
  /** ISO 8601, UTC: of the latest study. */
  readonly measuredAt: string;
  /** Version of Seamark that ran the latest. */
  readonly version: string;
  /** Nothing planted first, then from the largest share to the smallest. */
  readonly rates: readonly CalibrationRates[];
}

/** A study's arm against itself, in the ledger of a machine. */
export interface SelfCheckEntry {
  readonly study: string;
  readonly startedAt: string;
  /** ln of the block ratios. */
  readonly logRatios: readonly number[];
}

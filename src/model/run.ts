/** What a run is asked and what it answers: the one interface behind every kind of subject, and its invented twin in tests. */
import type { Arm, Mode } from './plan.ts';
import type { Problem } from './problem.ts';
import type { RuntimeSummary } from './runtimes.ts';
import type { BoundaryReading, BoundaryWindow } from './site.ts';

export interface OpenOptions {
  readonly block: number;
  /** Of this block: one of the executor's `modes`. */
  readonly mode: Mode;
  readonly paddingBytes: number;
  readonly seed: number;
  /** In a duet: the cores of this process alone. */
  readonly cores?: readonly number[];
  /** Where a probed process writes its record file; undefined for a bare one. */
  readonly recordFile?: string;
  /** Of a probed process: 1 in so many crossings of a site is timed, all are counted; default: each. */
  readonly timedEvery?: number;
}

/** Starts processes. `subject` makes the real one; tests make one on invented time. */
export interface Executor {
  /** What this kind of subject can do, at least one, the cheapest first and the most whole last. */
  readonly modes: readonly Mode[];
  /** Why not, of modes that somebody may ask for: a sentence without its full stop. */
  readonly cannot?: Readonly<Partial<Record<Mode, string>>>;
  open(arm: Arm, options: OpenOptions): Promise<Session>;
}

/** One process executing one treatment. Every method rejects with a Problem; after that only `close` may be called. */
export interface Session {
  /** Sets treatment and seed, runs the input cycle once. */
  prepare(): Promise<Prepared>;
  run(iterations: number): Promise<Batch>;
  /** Several batches of one process one after the other; undefined where each question has a process of its own. */
  runSeveral?(iterations: number, batches: number): Promise<readonly Batch[]>;
  /** Times each iteration by itself; undefined when this kind of subject can't. */
  runEach?(iterations: number): Promise<readonly number[]>;
  /**
   * Counts instead of timing; undefined when this kind of subject can't. Of several input cycles the least of each count is
   * taken: what a runtime allocates for itself only ever adds.
   */
  count?(iterations: number): Promise<Counts>;
  /**
   * Exact totals of the boundary up to now, between two batches or after the last; undefined when the process left nothing
   * readable. Only probed processes have it. Takes well under a millisecond, but is no part of a round.
   */
  readBoundary?(): BoundaryReading | undefined;
  /** Ends the process and its group; says what it used. Never rejects. */
  close(): Promise<RunEnd>;
}

export interface Prepared {
  /** Of the output over one input cycle; equal over paths and builds, or nothing is timed. Undefined: this kind has none. */
  readonly checksum?: string;
  /** Iterations that visit every input once; batches are multiples of it. */
  readonly cycle: number;
  /** Operations already done, for counts per operation. */
  readonly operations: number;
  /**
   * Seconds of a batch of one iteration, where a batch may begin with work of its own: a benchmark that sets itself up on the
   * clock. Undefined: batches hold nothing but their iterations.
   */
  readonly singleS?: number;
}

export interface Batch {
  readonly iterations: number;
  /** Seconds for all of them. */
  readonly seconds: number;
  /** Metrics of this batch that are not its time, per operation: `cpu`, `go.allocs` of a Go benchmark … */
  readonly values?: Readonly<Record<string, number>>;
  /** Operations done beside the timed ones, before them: they cross the boundary too. */
  readonly besides?: number;
  /** Garbage collections that ended while it was timed; undefined: not known. */
  readonly gcCycles?: number;
}

/** Per operation, keyed by metric name. */
export type Counts = Readonly<Record<string, number>>;

export interface RunEnd {
  readonly wallS: number;
  readonly cpuS: number;
  readonly maxRssBytes: number;
  /** Processes it left behind, which were ended. */
  readonly leaked: number;
  /** Last lines of its stderr. */
  readonly stderr: string;
}

/** Shares of single operations at which their times are told, so that the shift of a whole distribution can be. */
export const EACH_QUANTILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] as const;

/** One run, stored as it comes. */
export interface RunOutcome {
  readonly kind: 'run';
  readonly block: number;
  readonly stage: Stage;
  /** Absent in studies of an earlier version. */
  readonly mode?: Mode;
  readonly arm: string;
  readonly position: number;
  readonly paddingBytes: number;
  /** Seconds since the study began. */
  readonly startedS: number;
  readonly iterations: number;
  /** Iterations that visit every input once; `iterations` is a multiple of it. */
  readonly cycle?: number;
  /** Seconds per operation of each batch, in round order. */
  readonly batches: readonly number[];
  /** In the pilot: seconds from question to answer that were not the batch's own, the median over batches. */
  readonly askingS?: number;
  /** In the pilot: seconds of each batch that do not grow with its iterations, where there are such. */
  readonly startS?: number;
  /** Seconds per operation of each batch that warmed it up, in the pilot alone. */
  readonly warmUp?: readonly number[];
  /** The run's own metrics: medians, counts, cpu, rss. */
  readonly values: Readonly<Record<string, number>>;
  /** Seconds that each share of EACH_QUANTILES of single operations stays below; the last ones only where enough were timed. */
  readonly quantiles?: readonly number[];
  readonly checksum?: string;
  /** Garbage collections that ended within its timed batches; undefined: not known. */
  readonly gcCycles?: number;
  /** All operations this process did, warm-up and counting included. */
  readonly operations: number;
  /** Name of its record file inside the study folder. */
  readonly records?: string;
  /** What the probe saw during the timed batches. */
  readonly boundary?: BoundaryWindow;
  /** How the two runtimes fared meanwhile, of a probed run whose samples could be read. */
  readonly runtimes?: RuntimeSummary;
  readonly end: RunEnd;
}

/** A block whose run failed is dropped whole, and counted. */
export interface BlockFailure {
  readonly kind: 'failure';
  readonly block: number;
  readonly stage: Stage;
  readonly arm: string;
  readonly problem: Problem['facts'];
}

/**
 * pilot: recorded, never judged · judged: first stage · fresh: second stage · self: a treatment against itself, in blocks between
 * those · probed: a treatment with the probe beside itself without, between those and, where builds are compared, last of all for
 * their layers · processes: a confirmed regression once more, in a more whole mode (docs/method.md).
 */
export type Stage = 'pilot' | 'judged' | 'fresh' | 'self' | 'probed' | 'processes';

export type Outcome = RunOutcome | BlockFailure;

/** The question, as data: what `seamark.yaml` says after it was read, defaults filled in. */
import type { Design } from './design.ts';
import type { Spread } from './fault.ts';
import type { Mode } from './plan.ts';
import type { Dimension } from './unit.ts';

/** Which languages an operation runs in. `go->rust` is Go calling Rust over the boundary. */
export type Path = 'go' | 'rust' | 'go->rust';

export type SubjectKind = 'harness' | 'go-bench' | 'command';

/** Words of a command line after shell quoting rules; `$NAME` still stands. `shell` holds the raw text for `shell: true`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly shell?: string;
}

interface SubjectBase {
  /** Absolute folder of the subject: where the spec stands, or its `folder:`. */
  readonly folder: string;
  readonly build: readonly CommandLine[];
  /** More variables for builds and runs; `$OUT` and friends expand in them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Driven in lock-step over its standard streams (docs/protocol.md). */
export interface HarnessSubject extends SubjectBase {
  readonly kind: 'harness';
  /** One command for every path, or one a path. */
  readonly run: Readonly<Partial<Record<Path, CommandLine>>>;
  /** The foreign library as a build makes it, static or shared; `$OUT` still stands. Lets builds of it share one host. */
  readonly library?: string;
}

/** An unmodified Go package with benchmarks. */
export interface GoBenchSubject extends SubjectBase {
  readonly kind: 'go-bench';
  readonly package: string;
  readonly bench: string;
}

/** Any program: wall and CPU time of the whole process. */
export interface CommandSubject extends SubjectBase {
  readonly kind: 'command';
  readonly run: CommandLine;
}

export type Subject = HarnessSubject | GoBenchSubject | CommandSubject;

/** A level of a factor as it was written, and as a number when it carries a unit. */
export interface Level {
  readonly text: string;
  readonly value?: number;
  readonly dimension?: Dimension;
}

/**
 * `build`: folders holding versions of the subject; `environment`: a variable of the run (env.NAME, go.gogc …);
 * `parameter`: handed to the subject by name; `fault`: planted at the boundary or in the process, so that what is found is known beforehand.
 */
export type FactorFamily = 'build' | 'environment' | 'parameter' | 'probe' | 'fault';

export interface Factor {
  readonly name: string;
  readonly family: FactorFamily;
  readonly levels: readonly Level[];
  /** Only where the named factors (or `path`) have these levels: elsewhere the factor does not exist. */
  readonly within?: Readonly<Record<string, string>>;
  /** Of a fault: the foreign function whose calls it is planted in; every call when absent. */
  readonly site?: string;
  /** Of a fault: planted at every so many crossings; at each when absent. */
  readonly every?: number;
  /** Of jitter: how its times lie about their mean; uniform when absent. */
  readonly spread?: Spread;
}

export interface Distribution {
  readonly kind: 'uniform' | 'zipf' | 'constant';
  readonly parameters: Readonly<Record<string, number>>;
}

export interface Workload {
  readonly name: string;
  readonly seed: number;
  readonly records?: Distribution;
}

export type Relation = '<' | '<=' | '=' | '>=' | '>';

/** `< -20 %` on the change from one treatment to another, or `= 1 /op` on a value. */
export interface Bound {
  readonly relation: Relation;
  /** A change as a fraction (−0.2), a value in the metric's base unit. */
  readonly value: number;
  readonly text: string;
}

/** What is expected to be seen, written down before anything is measured. */
export type Expectation =
  | {
      readonly kind: 'change';
      readonly metric: string;
      readonly at: Readonly<Record<string, string>>;
      readonly from: Readonly<Record<string, string>>;
      readonly to: Readonly<Record<string, string>>;
      readonly bound: Bound;
    }
  | {
      readonly kind: 'value';
      readonly metric: string;
      readonly at: Readonly<Record<string, string>>;
      readonly bound: Bound;
    }
  | {
      /** One factor changes what the other does to the metric, by more than the margin. */
      readonly kind: 'interaction';
      readonly metric: string;
      readonly factors: readonly string[];
    };

export interface Metrics {
  readonly primary: string;
  readonly gate: readonly string[];
  readonly explore: readonly string[];
}

/** off: bare · counters: counts and totals only · full: four stamps, totals and records. */
export type ProbeLevel = 'off' | 'counters' | 'full';

/** looks: at numbers of blocks fixed by the budget · anytime: after every block, for as long as it takes. */
export type Stopping = 'looks' | 'anytime';

export interface Experiment {
  readonly name: string;
  readonly hypothesis?: string;
  /** Where it was read from, for messages; absent when a command wrote it. */
  readonly file?: string;
  readonly subject: Subject;
  readonly workload?: Workload;
  /** Empty when the subject has no notion of paths. */
  readonly paths: readonly Path[];
  readonly factors: readonly Factor[];
  /** Levels that others are judged against; for `build` also what a regression is a regression from. */
  readonly baseline: Readonly<Record<string, string>>;
  readonly design: Design;
  readonly metrics: Metrics;
  readonly expect: readonly Expectation[];
  /** Smallest change that matters, as a fraction: 0.02. */
  readonly margin: number;
  readonly margins: Readonly<Record<string, number>>;
  readonly probe: ProbeLevel;
  readonly seed: number;
  readonly budgetS: number;
  /** Cap on judged blocks when set; otherwise the budget decides. */
  readonly maxBlocks?: number;
  readonly limits: RunLimits;
  /** Default: looks. */
  readonly stopping?: Stopping;
  /** How the arms of a block share the machine; undefined: the cheapest that the pilot finds. */
  readonly mode?: Mode;
  /** Core numbers the runs are fixed to; undefined leaves them to the machine room. */
  readonly cores?: readonly number[];
}

export interface RunLimits {
  /** An answer later than this ends the run. */
  readonly answerS: number;
  readonly buildS: number;
}

/** The smallest change of a metric that matters: its own margin, else the experiment's. */
export function marginOf({ margin, margins }: Pick<Experiment, 'margin' | 'margins'>, metric: string): number {
  return margins[metric] ?? margin;
}

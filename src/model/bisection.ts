/** Which of many versions is the first slower one: what a search over a line of versions asks, does and answers. */
import type { Schedule } from './plan.ts';
import type { Warning } from './problem.ts';

/** One place on a line of versions: a commit, a release of a dependency or of a toolchain. */
export interface Version {
  /** What stands for it as a level of the factor `build`. */
  readonly level: string;
  /** As it is said: `3f2a91c0d`, `v1.4.2`, `go1.23.4`. */
  readonly name: string;
  /** First line of a commit's message. */
  readonly subject?: string;
  readonly author?: string;
  /** Of a commit: levels of what it was made on; a merge has more than one. */
  readonly parents?: readonly string[];
  /** How likely it is beforehand, beside the others: 1, and more where paths changed that were asked for. */
  readonly weight: number;
}

/** Versions between two ends, oldest first. Each is built on the one before it. */
export interface Line {
  readonly kind: 'commits' | 'module' | 'toolchain';
  /** As it is said: `commits`, `releases of github.com/x/y`; of a branch: `commits of the branch merged in 3f2a91c0d`. */
  readonly what: string;
  /** Known to be good; none of `versions`. */
  readonly good: Version;
  /** The last one is known to be bad. */
  readonly versions: readonly Version[];
}

/** What is searched for, as the study of both ends found it. Log-ratios. */
export interface Sought {
  /** What the comparison shares, '' for the whole: the benchmark, the path, levels of factors. */
  readonly treatment: string;
  readonly levels: Readonly<Record<string, string>>;
  readonly metric: string;
  readonly effect: {
    readonly centre: number;
    readonly low: number;
    readonly high: number;
    readonly confidence: number;
  };
  /** Robust standard deviation of one block. */
  readonly scale: number;
  /** Seconds one block takes. */
  readonly blockS: number;
}

/** A study that a search rests on. */
export interface SearchStudy {
  /** Id of the stored study. */
  readonly study: string;
  readonly baseline: string;
  readonly candidate: string;
  /** candidate / baseline. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
  readonly verdict: string;
  /** Where it is undecided: blocks in all that would decide, as far as can be told. */
  readonly blocksNeeded?: number;
}

/** One thing that a search did, in order: its journal, from which everything else follows. */
export type SearchStep =
  | { readonly kind: 'scheduled'; readonly schedule: Schedule }
  /** A study was stopped half way, and can be gone on with. */
  | { readonly kind: 'paused'; readonly role: StudyRole; readonly study: string }
  | {
      readonly kind: 'ends';
      readonly study: SearchStudy;
      readonly sought?: Sought;
      /** Of one build, where it was seen. */
      readonly buildS?: number;
      readonly seconds: number;
    }
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'built'; readonly version: number; readonly seconds: number }
  | { readonly kind: 'unusable'; readonly version: number; readonly why: string; readonly seconds: number }
  | {
      readonly kind: 'probe';
      readonly version: number;
      /** candidate / baseline of one block, as a log-ratio; absent: a run failed. */
      readonly logRatio?: number;
      readonly failure?: string;
      readonly seconds: number;
    }
  | {
      readonly kind: 'check';
      readonly study: SearchStudy;
      /** candidate / baseline of each block: of a check that could not tell, evidence like any other. */
      readonly logRatios?: readonly number[];
      readonly seconds: number;
    };

export type StudyRole = 'ends' | 'check';

export const BISECTION_SCHEMA = 'seamark/bisection@1';

/** What a search found: the document of `seamark bisect --json`. */
export interface Bisection {
  readonly schema: typeof BISECTION_SCHEMA;
  readonly bisection: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Seconds at work, pauses left out. */
  readonly durationS: number;
  readonly seed: number;
  /** Probability at which it stops. */
  readonly stopAt: number;
  /**
   * found: one culprit, or versions that nothing buildable parts · doubted: each that was found was refuted when it was set
   * against its parent · nothing: the ends do not differ for the worse, surely · undecided: the budget ended before.
   */
  readonly outcome: 'found' | 'doubted' | 'nothing' | 'undecided';
  readonly ends: SearchStudy | undefined;
  readonly sought: Sought | undefined;
  /** The one that was asked for, then the branch of the merge that was found on it, and so on. */
  readonly lines: readonly SearchedLine[];
  readonly probes: readonly SearchedProbe[];
  readonly culprit?: Culprit;
  /** What was found, set against its parent, in order. */
  readonly checks: readonly SearchStudy[];
  readonly builds: number;
  readonly blocks: number;
  readonly warnings: readonly Warning[];
  readonly complete: boolean;
}

export interface SearchedLine {
  readonly kind: Line['kind'];
  readonly what: string;
  readonly good: Version;
  readonly versions: readonly SearchedVersion[];
}

export interface SearchedVersion extends Version {
  /** Of being the first slower one, given that it is on this line. */
  readonly probability: number;
  readonly blocks: number;
  /** Why it could not be measured. */
  readonly unusable?: string;
}

export interface SearchedProbe {
  /** Index into `lines` and into the versions of that line. */
  readonly line: number;
  readonly version: number;
  /** Against the good end. */
  readonly ratio: number;
  /** The probability of each version after it, to four digits. */
  readonly posterior: readonly number[];
}

export interface Culprit {
  /** The first slower one; several where those between can't be measured. */
  readonly versions: readonly Version[];
  /** The version that the check sets it against. */
  readonly parent: Version;
  /** Of all lines together. */
  readonly probability: number;
  /**
   * confirmed: against its parent it is a regression · undecided: the check could not tell, so that it is the likeliest and no more ·
   * unchecked: the budget ended before.
   */
  readonly standing: 'confirmed' | 'undecided' | 'unchecked';
  /** The study that set it against its parent; absent: unchecked. */
  readonly check?: SearchStudy;
}

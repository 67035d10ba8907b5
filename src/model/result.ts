/**
 * What a study found: the one document behind the terminal, Markdown, JSON and HTML. `seamark … --json` prints it as it
 * stands here, so a field is only added, never renamed, without raising RESULT_SCHEMA.
 */
import type { Calibration } from './calibration.ts';
import type { Confirmation } from './confirmation.ts';
import type { Curve } from './curve.ts';
import type { DesignFacts } from './design.ts';
import type { Expectation, Stopping } from './experiment.ts';
import type { LayerChange } from './layer.ts';
import type { Arm, Contrast, Mode, ModePrice } from './plan.ts';
import type { Warning } from './problem.ts';
import type { TreatmentRuntimes } from './runtimes.ts';
import type { BoundaryMap } from './site.ts';
import type { SiteChange } from './site-change.ts';
import type { Slope } from './slope.ts';
import type { Residue } from './surroundings.ts';
import type { Witness } from './witness.ts';

export const RESULT_SCHEMA = 'seamark/result@1';

/**
 * Against a baseline build: regression, improvement. Between paths or levels: slower, faster. Exact counts: equal,
 * different. All: equivalent (inside the margin), undecided.
 */
export type Verdict =
  | 'regression'
  | 'improvement'
  | 'slower'
  | 'faster'
  | 'equivalent'
  | 'undecided'
  | 'equal'
  | 'different';

export interface Comparison {
  readonly metric: string;
  readonly kind: Contrast['kind'];
  /** What both arms share; '' when nothing. */
  readonly treatment: string;
  readonly factor: string;
  readonly baseline: string;
  readonly candidate: string;
  /** Treatment ids of the two arms. */
  readonly baselineArm: string;
  readonly candidateArm: string;
  /** Centres in the metric's base unit, over the blocks that were judged. */
  readonly baselineValue: number;
  readonly candidateValue: number;
  /** candidate / baseline. For exact counts from zero: Infinity, printed as null in JSON. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Level of the interval that was reached: 0.95. Exact counts: 1. */
  readonly confidence: number;
  /** Blocks the estimate rests on. */
  readonly blocks: number;
  readonly margin: number;
  readonly verdict: Verdict;
  /** Whether it repeated on fresh blocks; 'none' where nothing had to. */
  readonly confirmed: 'fresh' | 'not-repeated' | 'none';
  /** For undecided: blocks in all that would decide, as far as can be told. */
  readonly blocksNeeded?: number;
  /** Smallest change, as a fraction, that this many blocks of this noise would have called in 8 of 10 studies. */
  readonly detectable: number;
  /** Block ratios in run order, with the stage each belongs to. */
  /** Asked once more in a more whole mode, where a cheaper one found a regression. */
  readonly processes?: ProcessesCheck;
  readonly series: readonly { readonly block: number; readonly ratio: number; readonly stage: 'judged' | 'fresh' }[];
  /** The shift function, at 95 % for all quantiles together: of a primary time, where single operations were timed. */
  readonly shift?: readonly QuantileShift[];
  readonly warnings: readonly Warning[];
}

export interface ProcessesCheck {
  readonly mode: Mode;
  /** candidate / baseline, on blocks of that mode alone. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
  /** agrees: on the same side of no change, not inside the margin · disagrees: inside it, or on the other side. */
  readonly says: 'agrees' | 'disagrees' | 'cannot tell';
}

/**
 * What going from the first level of a factor to the second does to the primary metric, over all other factors: a ratio.
 * Of several factors: by how much more the one does at the other's second level than on average, and as much less at its first.
 */
export interface Effect {
  /** Factors: one for a main effect, two or more for an interaction. */
  readonly terms: readonly string[];
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
  /** What can't be told from it in this design: `payload × handover`; parts are said: `⅓ of …`. */
  readonly aliases: readonly string[];
  /** matters: wholly beyond the margin, and where it was asked for again so on fresh blocks · negligible: wholly inside it. */
  readonly size: EffectSize;
  readonly confirmed: Comparison['confirmed'];
  /** The study went on for it, within its looks. */
  readonly asked: boolean;
  /** Half-normal score of its size among all effects. */
  readonly score: number;
  /** Of a Morris screening: `ratio` is then the mean size of a step to the next level (μ*), never below 1. */
  readonly steps?: StepFacts;
}

/** Steps of one factor to its next level, at places drawn at random. Ratios a step; intervals as of the effect. */
export interface StepFacts {
  readonly count: number;
  /** μ: with their signs, so that opposite steps cancel. */
  readonly mean: Pick<Effect, 'ratio' | 'low' | 'high'>;
  /** σ, a ratio too: how far steps differ from each other. matters: the factor bends, or works with others. */
  readonly spread: Pick<Effect, 'ratio' | 'low' | 'high' | 'size'>;
}

export type EffectSize = 'matters' | 'negligible' | 'undecided';

/** The middle of all factors beside what their ends predict: a ratio. */
export interface Curvature extends Pick<Effect, 'ratio' | 'low' | 'high' | 'confidence' | 'blocks' | 'size'> {
  /** `payload=16 KiB · go.gogc=141`. */
  readonly at: string;
}

/** Type III analysis of variance of the logarithms, blocks taken out. */
export interface AnovaLine {
  readonly terms: readonly string[];
  readonly df: number;
  readonly sumOfSquares: number;
  readonly f: number;
  readonly p: number;
}

/**
 * How large chance makes effects, if most are nothing but chance: log-ratios, 95 %. For reading the half-normal plot; the
 * intervals of effects rest on their own blocks.
 */
export interface EffectNoise {
  /** Lenth's pseudo standard error. */
  readonly pse: number;
  /** Size that one effect of nothing reaches in 5 of 100 studies, and that the largest of all does. */
  readonly one: number;
  readonly largest: number;
}

/** How far one quantile of single operations moved, candidate / baseline; the intervals of all of them hold at once. */
export interface QuantileShift {
  /** 0.99: the time that 99 of 100 operations stay under. */
  readonly quantile: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** The middle of one metric at one treatment, for paths side by side. */
export interface Estimate {
  readonly metric: string;
  /** Arm id, treatment id and levels. */
  readonly arm: string;
  readonly treatment: string;
  readonly levels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
}

export interface ExpectationResult {
  readonly expectation: Expectation;
  /** As a sentence: `time.p50 at payload=64 KiB, from copy-out to borrow: < -20 %`. */
  readonly text: string;
  readonly outcome: 'confirmed' | 'refuted' | 'undecided';
  /** What was seen, as a sentence with its interval. */
  readonly seen: string;
}

/** The same treatment against itself. */
export interface SelfCheck {
  readonly arm: string;
  readonly pairs: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** Enough pairs to judge, and whether chance or position alone looked like a change at 1 %. */
  readonly judged: boolean;
  readonly rejects: boolean;
  readonly series: readonly { readonly block: number; readonly ratio: number }[];
}

/** Runs of an arm further than five robust standard deviations from its middle, on the logarithm: counted, never removed. */
export interface ArmOutliers {
  readonly arm: string;
  readonly metric: string;
  readonly runs: number;
  readonly above: number;
  readonly below: number;
}

/** Probed against bare, same treatment, same study. */
export interface ProbeCost {
  readonly treatment: string;
  /** Compiled in and switched off; absent: as the experiment has the probe. */
  readonly probe?: 'off';
  /** Seconds an operation, with interval. */
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
  readonly ratio: number;
  readonly blocks: number;
}

/** Facts of the machine and the programs, by group and name; no host, user or home path among them. */
export type Environment = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

export interface Result {
  readonly schema: typeof RESULT_SCHEMA;
  /** Id of the study. */
  readonly study: string;
  readonly experiment: string;
  readonly hypothesis?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationS: number;
  readonly seed: number;
  readonly mode: Mode;
  readonly stopping?: Stopping;
  /** Why this one, as a sentence with the figures of each that the pilot tried; absent where there was no choice. */
  readonly modeReason?: string;
  readonly modePrices?: readonly ModePrice[];
  /** Of the whole: the worst build verdict on the primary metric; 'none' when no builds are compared. */
  readonly verdict: Verdict | 'none';
  readonly primary: string;
  readonly margin: number;
  readonly comparisons: readonly Comparison[];
  readonly estimates: readonly Estimate[];
  /** Whether a change that was taken out is the cause, one a treatment, the least proven first; absent where none was. */
  readonly confirmation?: readonly Confirmation[];
  /** What the treatments tell together: where two factors or more are crossed. */
  readonly designFacts?: DesignFacts;
  /** Those that matter first, largest first; then undecided, then negligible. */
  readonly effects?: readonly Effect[];
  readonly effectNoise?: EffectNoise;
  readonly curvature?: Curvature;
  /** Where a factor has more than two levels; the last line has no terms: what is left over. */
  readonly anova?: readonly AnovaLine[];
  /** How the primary metric grows with factors of numbers; absent where none has five levels. */
  readonly curves?: readonly Curve[];
  /** Where one layer was delayed by known times; absent where none was. */
  readonly slopes?: readonly Slope[];
  readonly expectations: readonly ExpectationResult[];
  readonly boundary: readonly BoundaryMap[];
  /** Every site of every map, flat: what `--json` promises as `sites[]`. */
  readonly sites: readonly (BoundaryMap['sites'][number] & { readonly treatment: string })[];
  /** Of builds; absent where none differs or nothing was probed. */
  readonly siteChanges?: readonly SiteChange[];
  /** Between builds, the most responsible first; absent where nothing was probed. */
  readonly layers?: readonly LayerChange[];
  /** What was gathered besides about what moved; absent where nobody asked. */
  readonly witnesses?: readonly Witness[];
  /** How both runtimes fared while the probed runs were timed; absent where no samples were taken. */
  readonly runtimes?: readonly TreatmentRuntimes[];
  readonly selfChecks: readonly SelfCheck[];
  readonly probeCosts: readonly ProbeCost[];
  readonly arms: readonly Arm[];
  readonly runs: {
    readonly blocks: number;
    readonly pilotBlocks: number;
    readonly freshBlocks: number;
    /** Of probed runs; absent in studies of an earlier version. */
    readonly probedBlocks?: number;
    /** In the more whole mode that a regression was asked in once more. */
    readonly processesBlocks?: number;
    readonly droppedBlocks: number;
    readonly runs: number;
    /** Iterations a batch and batches a process. */
    readonly rounds: number;
    /** Share of the wall time that was spent outside the subjects' measured batches. */
    readonly overheadShare: number;
  };
  readonly failures: readonly { readonly block: number; readonly arm: string; readonly message: string }[];
  readonly environment: Environment;
  /** What differed, or went on, though no factor says so. */
  readonly residue?: readonly Residue[];
  /** Of each main arm with enough runs to tell. */
  readonly outliers?: readonly ArmOutliers[];
  readonly warnings: readonly Warning[];
  /** How often such studies err here, measured on this machine: of this subject, else of the lab. */
  readonly calibration?: Calibration;
  /** Where the study and its report are, relative to the project. */
  readonly folder: string;
  /** Interrupted: what is here is what was measured until then. */
  readonly complete: boolean;
}

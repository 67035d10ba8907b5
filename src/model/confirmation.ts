/** Whether a change is the cause, shown by taking it out: part of a Result, of an experiment that `seamark confirm` writes. */
import type { Experiment } from './experiment.ts';
import type { Warning } from './problem.ts';

/**
 * restored: the candidate is slower, and without the change as fast as the baseline, within the margin · partly-restored: faster
 * without it, but a rest beyond the margin remains or can't be excluded · not-reproduced: the candidate is not slower on these
 * blocks · revert-ineffective: it is, and taking the change out did not cure it.
 */
export type RevertOutcome = 'restored' | 'partly-restored' | 'not-reproduced' | 'revert-ineffective';

/** Levels of `build`: the third is the second with something taken out or put in. */
export interface Reverted {
  readonly baseline: string;
  readonly candidate: string;
  readonly reverted: string;
}

/** A ratio with its 90 % interval: each end is a one-sided 5 %. */
export interface RevertChange {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export interface Confirmation extends Reverted {
  /** What the three builds share; '' when nothing. */
  readonly treatment: string;
  readonly metric: string;
  readonly outcome: RevertOutcome;
  readonly candidateOverBaseline: RevertChange;
  readonly candidateOverReverted: RevertChange;
  readonly revertedOverBaseline: RevertChange;
  /** Whether what taking it out left over is shown to be there, and not only not excluded. */
  readonly restShown: boolean;
  readonly margin: number;
  /** In which both builds of a pair ran; the fewest of the three pairs. */
  readonly blocks: number;
  readonly warnings: readonly Warning[];
}

/** Whether the outcome names the change as the cause. */
export function isConfirmed(outcome: RevertOutcome): boolean {
  return outcome === 'restored' || outcome === 'partly-restored';
}

/** Three builds, the last of which is the second with a change taken out, and an expectation of what that does. */
export function revertedBuilds({ factors, baseline, expect }: Experiment): Reverted | undefined {
  const levels = factors.find(({ family }) => family === 'build')?.levels.map(({ text }) => text) ?? [];
  const base = baseline.build ?? levels[0];
  if (levels.length !== 3 || base === undefined) return undefined;
  for (const one of expect) {
    if (one.kind !== 'change') continue;
    const candidate: string = one.from.build ?? base;
    const reverted: string = one.to.build ?? base;
    if (candidate === base || reverted === base) continue;
    if (reverted.startsWith(`${candidate} with`)) return { baseline: base, candidate, reverted };
  }
  return undefined;
}

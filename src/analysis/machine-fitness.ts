/**
 * Whether a machine is fit to judge: the arms that studies run against themselves, over the latest studies together. By
 * chance one in a hundred looks like a change; more than three of fifty is not chance (p = 0.0016).
 */
import type { SelfCheckEntry } from '../model/calibration.ts';
import type { Warning } from '../model/problem.ts';
import { signedRankTest } from '../stats/signed-rank.ts';

const WATCHED_STUDIES = 50;
const MOST_REJECTIONS = 3;
const LEAST_PAIRS = 8;
const REJECT_BELOW = 0.01;

export interface MachineFitness {
  /** Checks that were judged: studies with few pairs are pooled with the next ones until there are eight. */
  readonly checks: number;
  readonly rejections: number;
  readonly fit: boolean;
}

/** `entries`: in the order in which the studies ran; only the latest fifty count. */
export function judgeMachine(entries: readonly SelfCheckEntry[]): MachineFitness {
  let pooled: number[] = [];
  let checks = 0;
  let rejections = 0;
  for (const { logRatios } of entries.slice(-WATCHED_STUDIES)) {
    pooled.push(...logRatios.filter(Number.isFinite));
    if (pooled.length < LEAST_PAIRS) continue;
    checks += 1;
    if (signedRankTest(pooled).pValue < REJECT_BELOW) rejections += 1;
    pooled = [];
  }
  return { checks, rejections, fit: rejections <= MOST_REJECTIONS };
}

export function unfitWarning({ checks, rejections, fit }: MachineFitness): Warning | undefined {
  if (fit) return undefined;
  return {
    code: 'machine-unfit',
    message: `in ${rejections} of the last ${checks} studies on this machine the same treatment against itself looked like a change at 1 %, where chance does so in 1 of 100`,
    cure: 'stop what else runs here, give the machine cores of its own, or measure elsewhere; seamark calibrate tells the rates',
  };
}

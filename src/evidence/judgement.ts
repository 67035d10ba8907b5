/** What a count says of what time says: the rules that the witnesses share. */
import type { Says } from '../model/witness.ts';
import type { Case } from './gather.ts';
import type { Slope } from './slope.ts';

/** Which way time went: 1 slower, −1 faster, 0 not at all. What is undecided went the way its estimate lies. */
export function directionOf({ comparison: { verdict, ratio } }: Pick<Case, 'comparison'>): -1 | 0 | 1 {
  if (verdict === 'equivalent' || ratio === 1 || !(ratio > 0)) return 0;
  return ratio > 1 ? 1 : -1;
}

/** The size of what time says, as a fraction: 0.05. */
export function sizeOf({ comparison: { ratio } }: Pick<Case, 'comparison'>): number {
  return Number.isFinite(ratio) && ratio > 0 ? Math.abs(ratio - 1) : Infinity;
}

/** Two counts differ by more than they repeat: by more than twice the wider of the two spreads, and than `least`. */
export function differs(baseline: Slope, candidate: Slope, least: number): boolean {
  const spread = Math.max(baseline.spread, candidate.spread);
  return Math.abs(candidate.value - baseline.value) > Math.max(2 * spread, least);
}

/** Of a count that moved. */
export function compareWays(one: Pick<Case, 'comparison'>, difference: number): Says {
  const way = directionOf(one);
  return way !== 0 && Math.sign(difference) === way ? 'agrees' : 'disagrees';
}

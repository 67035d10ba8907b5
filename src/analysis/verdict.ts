/** From log-ratios to a word: at a look and on fresh blocks (docs/method.md, "The verdict"). */
import type { ContrastKind } from '../model/plan.ts';
import type { Verdict } from '../model/result.ts';
import { hodgesLehmann, type Interval } from '../stats/hodges-lehmann.ts';

/** Level of the interval by which fresh blocks confirm. */
const FRESH_CONFIDENCE = 0.9;
const LEAST_FRESH = 20;

export interface Judgement extends Interval {
  readonly verdict: Exclude<Verdict, 'equal' | 'different'>;
  /** For undecided: blocks in all that would decide. */
  readonly blocksNeeded?: number;
}

export interface JudgeOptions {
  /** Two-sided nominal level of the look: the interval is drawn at 1 minus this. */
  readonly nominal: number;
  /** Smallest change that matters, as a fraction: 0.02 is ±ln 1.02. */
  readonly margin: number;
  readonly kind: ContrastKind;
}

/**
 * The verdict on block log-ratios at one look: inside the margin on both sides: equivalent; else wholly above zero:
 * regression (slower); wholly below: improvement (faster); else undecided, and the next look may tell.
 */
export function judge(logRatios: readonly number[], { nominal, margin, kind }: JudgeOptions): Judgement {
  const interval = hodgesLehmann(logRatios, nominal);
  const verdict = callInterval(interval, margin, kind);
  if (verdict !== 'undecided') return { ...interval, verdict };
  const blocksNeeded = neededBlocks(logRatios.length, interval, Math.log1p(margin));
  return { ...interval, verdict, ...(blocksNeeded !== undefined && { blocksNeeded }) };
}

export interface Confirmation extends Interval {
  readonly verdict: Judgement['verdict'];
  readonly confirmed: 'fresh' | 'not-repeated';
}

/**
 * What fresh blocks say of a change found before, by their own 90 % interval: inside the margin: equivalent (real,
 * smaller than what matters); else on the same side of zero: confirmed; else undecided, seen once and not repeated.
 */
export function confirm(
  fresh: readonly number[],
  {
    margin,
    kind,
    found,
  }: { readonly margin: number; readonly kind: ContrastKind; readonly found: Judgement['verdict'] },
): Confirmation {
  const interval = hodgesLehmann(fresh, 1 - FRESH_CONFIDENCE);
  const verdict = callInterval(interval, margin, kind);
  if (verdict === 'equivalent' || verdict === found) return { ...interval, verdict, confirmed: 'fresh' };
  return { ...interval, verdict: 'undecided', confirmed: 'not-repeated' };
}

/** A verdict that has to repeat on fresh blocks before it is announced. */
export function isFound(verdict: Verdict): boolean {
  return verdict === 'regression' || verdict === 'improvement' || verdict === 'slower' || verdict === 'faster';
}

/** Fresh blocks that a change found after `blocks` needs. */
export function freshBlocksFor(blocks: number): number {
  return Math.max(LEAST_FRESH, blocks);
}

/** What an interval of log-ratios says. `margin`: as a fraction. */
export function callInterval(
  { low, high }: Pick<Interval, 'low' | 'high'>,
  margin: number,
  kind: ContrastKind,
): Judgement['verdict'] {
  const edge = Math.log1p(margin);
  if (-edge < low && high < edge) return 'equivalent';
  if (low > 0) return kind === 'build' ? 'regression' : 'slower';
  if (high < 0) return kind === 'build' ? 'improvement' : 'faster';
  return 'undecided';
}

/** n · (h / max(|centre|, margin − |centre|))², h the half-width: the interval shrinks with the root of the blocks. */
function neededBlocks(blocks: number, { centre, low, high }: Interval, margin: number): number | undefined {
  const half = (high - low) / 2;
  const away = Math.max(Math.abs(centre), margin - Math.abs(centre));
  const needed = Math.ceil(blocks * (half / away) ** 2);
  return Number.isFinite(needed) ? Math.max(blocks + 1, needed) : undefined;
}

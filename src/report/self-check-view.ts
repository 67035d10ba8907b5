/** A treatment against itself: what chance and position alone do, and whether that vouches for the margin. */
import type { Result, SelfCheck } from '../model/result.ts';
import { formatChange, formatShare } from './change.ts';
import { displayLevel, displayTreatment, levelsOf } from './names.ts';
import type { Judgement } from './verdict.ts';

export interface SelfCheckRow {
  /** `go · 64 B` */
  readonly arm: string;
  readonly change: string;
  readonly interval: string;
  readonly pairs: number;
  readonly judgement: Judgement;
  /** What it means and what helps, where it is not well. */
  readonly note?: string;
  readonly of: SelfCheck;
}

export function viewSelfCheck(result: Result, check: SelfCheck): SelfCheckRow {
  const levels = Object.values(levelsOf(result, check.arm)).map(displayLevel);
  return {
    arm: levels.join(' · ') || displayTreatment(check.arm),
    ...formatChange(check.ratio, check.low, check.high, '%', result.margin),
    pairs: check.pairs,
    ...judge(check, result.margin),
    of: check,
  };
}

function judge(check: SelfCheck, margin: number): Pick<SelfCheckRow, 'judgement' | 'note'> {
  const reach = Math.max(Math.abs(1 - check.low), Math.abs(check.high - 1));
  if (!check.judged) {
    return {
      judgement: { word: 'too few pairs', mark: '?', tone: 'doubt' },
      note: 'whether chance alone makes changes here is not known: a larger budget brings more pairs',
    };
  }
  if (check.rejects) {
    return {
      judgement: { word: 'a change where there is none', mark: '≠', tone: 'bad' },
      note: `chance or position alone looks like a change here: trust none smaller than ${formatShare(reach)}, and run again when the machine is quiet`,
    };
  }
  // As it is shown: an end that reads as the margin is not beyond it.
  if (!(Math.round(reach * 1000) <= Math.round(margin * 1000))) {
    return {
      judgement: { word: `too wide for ±${formatShare(margin)}`, mark: '?', tone: 'doubt' },
      note: 'an interval that reaches beyond the margin cannot vouch that chance stays within it: a larger budget brings more pairs, a quieter machine narrower intervals',
    };
  }
  return { judgement: { word: 'no change seen', mark: '=', tone: 'plain' } };
}

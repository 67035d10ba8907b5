/** Whether taking a change out undid what it did: the sentence, and the three ratios that it rests on. */
import { type Confirmation, isConfirmed, type RevertOutcome } from '../model/confirmation.ts';
import { chooseChangeUnit, formatChange, formatShare } from './change.ts';
import { countOf } from './figure.ts';
import { displayTreatment } from './names.ts';
import type { Judgement } from './verdict.ts';

export interface ConfirmationView {
  /** What the builds share; '' when nothing. */
  readonly treatment: string;
  readonly judgement: Judgement;
  readonly sentence: string;
  readonly rows: readonly { readonly pair: string; readonly change: string; readonly interval: string }[];
  /** On what it rests, and what weakens it. */
  readonly notes: readonly string[];
}

const JUDGEMENTS: Readonly<Record<RevertOutcome, Judgement>> = {
  restored: { word: 'confirmed and restored', mark: '✓', tone: 'good' },
  'partly-restored': { word: 'confirmed, partly restored', mark: '✓', tone: 'plain' },
  'not-reproduced': { word: 'not reproduced', mark: '?', tone: 'doubt' },
  'revert-ineffective': { word: 'revert ineffective', mark: '✗', tone: 'bad' },
};

export function viewConfirmation(one: Confirmation): ConfirmationView {
  const { baseline, candidate, reverted, margin, warnings } = one;
  const changes = [one.candidateOverBaseline, one.candidateOverReverted, one.revertedOverBaseline];
  const unit = chooseChangeUnit(changes.map(({ ratio }) => ratio));
  const row = (at: number, pair: string) => {
    const { ratio, low, high } = changes[at]!;
    return { pair, ...formatChange(ratio, low, high, unit, margin) };
  };
  return {
    treatment: displayTreatment(one.treatment),
    judgement: JUDGEMENTS[one.outcome],
    sentence: SENTENCES[one.outcome](one),
    rows: [
      row(0, `${candidate} beside ${baseline}`),
      row(1, `${candidate} beside ${reverted}`),
      row(2, `${reverted} beside ${baseline}`),
    ],
    notes: [
      `${one.metric}, ${countOf(one.blocks, 'block')}, none of them those by which the change was found; intervals of 90 %, so that each end is a one-sided 5 %.`,
      ...warnings.map(({ message, cure }) => `${message}${cure ? `: ${cure}` : ''}`),
    ],
  };
}

const SENTENCES: Readonly<Record<RevertOutcome, (one: Confirmation) => string>> = {
  restored: ({ baseline, reverted, margin }) =>
    `The change is the cause: ${reverted} is as fast as ${baseline} again, within ${formatShare(margin)}.`,
  'partly-restored': ({ candidate, baseline, reverted, margin, restShown }) =>
    `The change is a cause: ${reverted} is faster than ${candidate}; that ${
      restShown
        ? `it is still slower than ${baseline} is shown`
        : `it is as fast as ${baseline} within ${formatShare(margin)} is not`
    }.`,
  'not-reproduced': ({ candidate, baseline }) =>
    `On these blocks ${candidate} is not shown to be slower than ${baseline}: there is nothing to take out.`,
  'revert-ineffective': ({ candidate, baseline, reverted }) =>
    `${candidate} is slower than ${baseline}, and ${reverted} is not shown to be faster: the cause is elsewhere.`,
};

/** Of several treatments those that are not slower need no cause; each that is has to be cured. */
export function confirms(confirmation: readonly Confirmation[]): boolean {
  const slower = confirmation.filter(({ outcome }) => outcome !== 'not-reproduced');
  return slower.length > 0 && slower.every(({ outcome }) => isConfirmed(outcome));
}

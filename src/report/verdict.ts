/** A verdict's word, mark, tone and rank: the word says it, the mark and the colour repeat it. */
import type { ExpectationResult, Verdict } from '../model/result.ts';

export type Tone = 'bad' | 'good' | 'plain' | 'doubt';

export interface Judgement {
  readonly word: string;
  readonly mark: string;
  readonly tone: Tone;
}

/** Worst first. */
const ORDER: readonly Verdict[] = [
  'regression',
  'slower',
  'undecided',
  'different',
  'equivalent',
  'equal',
  'faster',
  'improvement',
];

const JUDGEMENTS: Readonly<Record<Verdict | 'none', Judgement>> = {
  regression: { word: 'regression', mark: '▲', tone: 'bad' },
  slower: { word: 'slower', mark: '▲', tone: 'plain' },
  undecided: { word: 'undecided', mark: '?', tone: 'doubt' },
  different: { word: 'different', mark: '≠', tone: 'plain' },
  equivalent: { word: 'equivalent', mark: '=', tone: 'plain' },
  equal: { word: 'equal', mark: '=', tone: 'plain' },
  faster: { word: 'faster', mark: '▼', tone: 'plain' },
  improvement: { word: 'improvement', mark: '▼', tone: 'good' },
  none: { word: 'no builds were compared', mark: '·', tone: 'plain' },
};

/** For a metric that is no time, `slower` reads `more` and `faster` reads `less`. */
export function judgementOf(verdict: Verdict | 'none', isTime = true): Judgement {
  const judgement = JUDGEMENTS[verdict];
  if (isTime) return judgement;
  if (verdict === 'slower') return { ...judgement, word: 'more' };
  return verdict === 'faster' ? { ...judgement, word: 'less' } : judgement;
}

export function rankOf(verdict: Verdict): number {
  return ORDER.indexOf(verdict);
}

export function outcomeOf(outcome: ExpectationResult['outcome']): Judgement {
  if (outcome === 'confirmed') return { word: 'confirmed', mark: '✓', tone: 'good' };
  return outcome === 'refuted'
    ? { word: 'refuted', mark: '✗', tone: 'bad' }
    : { word: 'undecided', mark: '?', tone: 'doubt' };
}

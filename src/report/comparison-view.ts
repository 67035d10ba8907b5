/** Comparisons as they are shown: blocks of one metric and one pair of roles, rows worst first, units chosen once a block. */
import { findMetric } from '../model/metric.ts';
import type { Comparison, Result } from '../model/result.ts';
import { type ChangeUnit, chooseChangeUnit, formatChange, formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, formatCount, formatFigure } from './figure.ts';
import { displayTreatment, labelRows, levelsOf, sayRole } from './names.ts';
import { type Judgement, judgementOf, rankOf } from './verdict.ts';

export interface ComparisonRow {
  readonly label: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  /** '' for exact counts. */
  readonly interval: string;
  /** `95 %`, '' for exact counts. */
  readonly confidence: string;
  readonly judgement: Judgement;
  readonly blocks: number;
  /** Smallest change it would have seen, `1.8 %`; '' for exact counts. */
  readonly detectable: string;
  /** `fresh`: repeated on fresh blocks. */
  readonly confirmed: Comparison['confirmed'];
  /** Numbers of its footnotes, from 1. */
  readonly notes: readonly number[];
  readonly of: Comparison;
}

export interface ComparisonBlock {
  readonly metric: string;
  readonly means: string;
  readonly kind: Comparison['kind'];
  readonly exact: boolean;
  readonly primary: boolean;
  readonly factor: string;
  readonly baseline: string;
  readonly candidate: string;
  /** What the labels are levels of. */
  readonly head: string;
  /** Levels that all rows share: `go→rust`; '' when none. */
  readonly common: string;
  /** Of a single row: where it was measured, without its path. */
  readonly place: string;
  readonly unit: ChosenUnit;
  readonly changeUnit: ChangeUnit;
  readonly margin: number;
  readonly marginText: string;
  readonly rows: readonly ComparisonRow[];
}

/** Rows come without the numbers of their notes: `numberFootnotes` gives them, in the order shown. */
export function viewComparisons(result: Result): readonly ComparisonBlock[] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of result.comparisons) {
    const key = JSON.stringify([
      comparison.kind,
      comparison.metric,
      comparison.factor,
      comparison.baseline,
      comparison.candidate,
    ]);
    const group = groups.get(key);
    if (group) group.push(comparison);
    else groups.set(key, [comparison]);
  }
  const blocks = [...groups.values()].map((group) => viewBlock(result, group));
  // Stable: within a rank, as the plan lists them.
  const rank = (block: ComparisonBlock) => (block.primary ? 0 : 2) + (block.kind === 'build' ? 0 : 1);
  return blocks.sort((one, other) => rank(one) - rank(other));
}

function viewBlock(result: Result, group: readonly Comparison[]): ComparisonBlock {
  const first = group[0]!;
  const metric = findMetric(first.metric);
  const sorted = [...group].sort(worstFirst);
  const unit = chooseUnit(
    metric?.dimension ?? 'count',
    group.flatMap((each) => [each.baselineValue, each.candidateValue]),
  );
  const exact = metric?.exact ?? group.every((each) => each.verdict === 'equal' || each.verdict === 'different');
  const changeUnit = chooseChangeUnit(group.map((each) => each.ratio));
  // What both arms share is what names a row; a factor that one of them lacks (handover of pure Go) tells rows apart.
  const { head, labels, common, place } = labelRows(
    sorted.map((each) => levelsOf(result, each.candidateArm)),
    first.factor.split(' · '),
  );
  const isTime = (metric?.dimension ?? 'seconds') === 'seconds';
  return {
    metric: first.metric,
    means: metric?.means ?? '',
    kind: first.kind,
    exact,
    primary: first.metric === result.primary,
    factor: first.factor,
    baseline: roleOf(first, first.baseline),
    candidate: roleOf(first, first.candidate),
    head,
    common,
    place,
    unit,
    changeUnit,
    margin: first.margin,
    marginText: `±${formatShare(first.margin)}`,
    rows: sorted.map((each, at) => ({
      label: labels[at]!,
      ...(exact ? exactTexts(each, unit) : noisyTexts(each, unit, changeUnit)),
      judgement: judgementOf(each.verdict, isTime),
      blocks: each.blocks,
      confirmed: each.confirmed,
      notes: [],
      of: each,
    })),
  };
}

/** A build is named as it is; several factors at once are listed. */
function roleOf(comparison: Comparison, role: string): string {
  if (comparison.kind === 'build' || comparison.factor.includes(' · ')) return displayTreatment(role);
  return sayRole(comparison.factor, role);
}

function worstFirst(one: Comparison, other: Comparison): number {
  const weight = (each: Comparison) => (Number.isNaN(each.ratio) ? 1 : each.ratio);
  return (
    rankOf(one.verdict) - rankOf(other.verdict) ||
    (weight(other) > weight(one) ? 1 : weight(other) < weight(one) ? -1 : 0)
  );
}

type Texts = Pick<ComparisonRow, 'baseline' | 'candidate' | 'change' | 'interval' | 'confidence' | 'detectable'>;

function noisyTexts(each: Comparison, unit: ChosenUnit, changeUnit: ChangeUnit): Texts {
  return {
    baseline: formatFigure(each.baselineValue / unit.factor),
    candidate: formatFigure(each.candidateValue / unit.factor),
    ...formatChange(each.ratio, each.low, each.high, changeUnit, each.margin),
    confidence: formatShare(each.confidence),
    detectable: formatShare(each.detectable),
  };
}

/** Exact counts are shown as they are, with their difference: a ratio to zero says nothing. */
function exactTexts(each: Comparison, unit: ChosenUnit): Texts {
  const difference = (each.candidateValue - each.baselineValue) / unit.factor;
  return {
    baseline: formatCount(each.baselineValue / unit.factor),
    candidate: formatCount(each.candidateValue / unit.factor),
    change: difference > 0 ? `+${formatCount(difference)}` : formatCount(difference),
    interval: '',
    confidence: '',
    detectable: '',
  };
}

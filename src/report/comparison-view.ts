/** Comparisons as they are shown: blocks of one metric and one pair of roles, rows worst first, units chosen once a block. */
import { findMetric } from '../model/metric.ts';
import type { Comparison, Result } from '../model/result.ts';
import { type ChangeUnit, chooseChangeUnit, formatChange, formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, countOf, formatCount, formatFigure } from './figure.ts';
import { displayTreatment, groupRows, labelRows, levelsOf, sayRole } from './names.ts';
import { type Judgement, judgementOf, rankOf } from './verdict.ts';

export interface ComparisonRow {
  /** What tells it from all others of the block: `64 B · copy-out`. */
  readonly label: string;
  /** The same within its group: `copy-out`. */
  readonly short: string;
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
  /** What its interval rests on, where that is not what most rows of the block rest on: `96.6 % interval`. */
  readonly odd?: string;
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
  readonly changeUnit: ChangeUnit;
  readonly margin: number;
  readonly marginText: string;
  /** What most rows rest on: `28 blocks, 90.1 % intervals`; '' for exact counts. */
  readonly ground: string;
  /** No two thirds of the rows rest on the same: level and blocks are then worth columns. */
  readonly uneven: boolean;
  readonly groups: readonly ComparisonGroup[];
  /** Those of all groups, in their order. */
  readonly rows: readonly ComparisonRow[];
}

/** Rows under one level, the group with the worst row first; figures of a group are in one unit. */
export interface ComparisonGroup {
  /** `payload=64 B`; '' when the block is one group. */
  readonly label: string;
  /** The level alone where it explains itself: `64 B`. */
  readonly level: string;
  readonly unit: ChosenUnit;
  /** Of the block's rows: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
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
  const exact = metric?.exact ?? group.every((each) => each.verdict === 'equal' || each.verdict === 'different');
  const changeUnit = chooseChangeUnit(group.map((each) => each.ratio));
  // What both arms share is what names a row; a factor that one of them lacks (handover of pure Go) tells rows apart.
  const levels = sorted.map((each) => levelsOf(result, each.candidateArm));
  const factors = first.factor.split(' · ');
  const { head, labels, common, place } = labelRows(levels, factors);
  const isTime = (metric?.dimension ?? 'seconds') === 'seconds';
  const rests = exact ? { ground: '', uneven: false, odd: () => undefined } : groundOf(group);
  const rows: ComparisonRow[] = [];
  const groups = groupRows(levels, factors).map((each): ComparisonGroup => {
    const own = each.rows.map(({ at, label }) => ({ short: label, label: labels[at]!, of: sorted[at]! }));
    const unit = chooseUnit(
      metric?.dimension ?? 'count',
      own.flatMap(({ of }) => [of.baselineValue, of.candidateValue]),
    );
    const from = rows.length;
    for (const { short, label, of } of own) {
      const odd = rests.odd(of);
      rows.push({
        label,
        short,
        ...(exact ? exactTexts(of, unit) : noisyTexts(of, unit, changeUnit)),
        judgement: judgementOf(of.verdict, isTime),
        blocks: of.blocks,
        confirmed: of.confirmed,
        ...(odd === undefined ? {} : { odd }),
        notes: [],
        of,
      });
    }
    return { label: each.label, level: each.level, unit, from, to: rows.length };
  });
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
    changeUnit,
    margin: first.margin,
    marginText: `±${formatShare(first.margin)}`,
    ground: rests.ground,
    uneven: rests.uneven,
    groups,
    rows,
  };
}

interface Ground {
  readonly ground: string;
  readonly uneven: boolean;
  readonly odd: (row: Comparison) => string | undefined;
}

/** Blocks and level are said once, where two thirds of the rows have the same; the others then say theirs. */
function groundOf(rows: readonly Comparison[]): Ground {
  const keyOf = (row: Comparison) => `${row.blocks} ${formatShare(row.confidence)}`;
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const [key, most] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const usual = rows.find((row) => keyOf(row) === key)!;
  if (most * 3 >= rows.length * 2) {
    return {
      ground: `${countOf(usual.blocks, 'block')}, ${formatShare(usual.confidence)} ${rows.length === 1 ? 'interval' : 'intervals'}`,
      uneven: false,
      odd: (row) => {
        if (keyOf(row) === key) return undefined;
        const level = `${formatShare(row.confidence)} interval`;
        return row.blocks === usual.blocks ? level : `${level}, ${countOf(row.blocks, 'block')}`;
      },
    };
  }
  const range = (values: readonly number[], write: (value: number) => string) => {
    const [low, high] = [write(Math.min(...values)), write(Math.max(...values))];
    return low === high ? high : `${low.replace(' %', '')} to ${high}`;
  };
  return {
    ground: `${range(
      rows.map((row) => row.blocks),
      formatCount,
    )} blocks, ${range(
      rows.map((row) => row.confidence),
      formatShare,
    )} intervals`,
    uneven: true,
    odd: () => undefined,
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

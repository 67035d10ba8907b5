/** Blocks in run order as pictures show them: one series a comparison of the primary metric, one a self-check. */
import type { Result } from '../model/result.ts';
import type { ComparisonBlock, ComparisonRow } from './comparison-view.ts';
import type { Series } from './pictures/series.ts';
import type { SelfCheckRow } from './self-check-view.ts';
import type { View } from './view.ts';

export function viewSeries(view: View, result: Result): readonly Series[] {
  const judged = judgedLength(result);
  return view.blocks
    .filter((block) => block.primary && !block.exact)
    .flatMap((block) => block.rows.map((row) => ({ block, row })))
    .filter(({ row }) => row.of.series.length > 0)
    .map(({ block, row }) => seriesOf(block, row, view.selfChecks, judged));
}

export function viewSelfSeries({ selfChecks }: View, result: Result): readonly Series[] {
  const judged = judgedLength(result);
  return selfChecks.map((check) => selfSeries(check, result.margin, judged));
}

function seriesOf(block: ComparisonBlock, row: ComparisonRow, checks: readonly SelfCheckRow[], judged: number): Series {
  const { of } = row;
  // A/A ratios lie at 1: beside an effect far from it they would only squeeze the scatter.
  const near = Math.abs(Math.log(of.ratio)) < 0.12;
  const rings = near
    ? checks
        .filter((check) => check.of.arm === of.baselineArm || check.of.arm === of.candidateArm)
        .flatMap((check) => check.of.series.map((point) => ({ ...point, stage: 'aa' as const })))
    : [];
  return {
    title: [`${block.candidate} beside ${block.baseline}`, row.label].filter((part) => part !== '').join(', '),
    figure: `${row.change} ${row.interval} ${row.judgement.mark} ${row.judgement.word}`,
    points: [...inRunOrder(of.series, judged), ...inRunOrder(rings, judged)],
    ratio: of.ratio,
    low: of.low,
    high: of.high,
    margin: of.margin,
    changeUnit: block.changeUnit,
  };
}

type Point = Series['points'][number];

/** Places from 1. The fresh stage counts its blocks anew: where numbers fall back, it began, after the judged stage's last. */
function inRunOrder(points: readonly Point[], judged: number): readonly Point[] {
  let offset = 1;
  let before = Number.NEGATIVE_INFINITY;
  return points.map((point) => {
    if (point.block < before) offset = judged + 1;
    before = point.block;
    return { ...point, block: point.block + offset };
  });
}

/** Blocks of the judged stage, those without this comparison among them. */
function judgedLength(result: Result): number {
  const blocks = result.comparisons.flatMap((each) =>
    each.series.filter((point) => point.stage === 'judged').map((point) => point.block),
  );
  return blocks.reduce((most, block) => Math.max(most, block + 1), 0);
}

function selfSeries(check: SelfCheckRow, margin: number, judged: number): Series {
  return {
    title: check.arm,
    figure: `${check.change} ${check.interval} over ${check.pairs} pairs`,
    points: inRunOrder(
      check.of.series.map((point) => ({ ...point, stage: 'aa' as const })),
      judged,
    ),
    ratio: check.of.ratio,
    low: check.of.low,
    high: check.of.high,
    margin,
    changeUnit: '%',
  };
}

/** Growth as rows: one block a factor, one row a curve; figures and words, computed once for text, Markdown and page. */
import type { Curve } from '../model/curve.ts';
import { findMetric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';
import { type Dimension, parseQuantity, unitFor } from '../model/unit.ts';
import { formatShare } from './change.ts';
import { formatAlone, formatFigure, withUnit } from './figure.ts';
import { type GrowthPanel, viewPanels } from './growth-panel.ts';
import { respell } from './names.ts';

export interface GrowthRow {
  /** `go→rust · handover=borrow`; '' for the only one. */
  readonly label: string;
  readonly cells: readonly string[];
}

export interface GrowthBlock {
  /** `growth with payload: fixed cost + factor · size^exponent` */
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly GrowthRow[];
  /** What the rows can't say: knees, steeper growth, curves that don't fit. */
  readonly lines: readonly string[];
  /** Dots and fitted curves: for the page. */
  readonly panels: readonly GrowthPanel[];
}

/** Shares of the smallest time below this are no fixed cost to speak of. */
const NOTHING = 0.005;

export function viewGrowth(result: Result): readonly GrowthBlock[] {
  const curves = result.curves ?? [];
  return [...new Set(curves.map(({ factor }) => factor))].map((factor) => {
    const own = curves.filter((curve) => curve.factor === factor);
    const words = own.some(({ scaling }) => scaling) ? viewScaling(factor, own) : viewSizes(factor, own);
    return { ...words, panels: viewPanels(own, result) };
  });
}

function viewSizes(factor: string, curves: readonly Curve[]): Omit<GrowthBlock, 'panels'> {
  const alone = curves.length === 1;
  const level = formatShare(curves[0]?.growth?.confidence ?? 0.95);
  return {
    title: `growth of ${curves[0]!.metric} with ${factor}: fixed cost + factor · ${factor}^exponent`,
    heads: ['fixed cost', 'exponent', `${level} interval`, 'superlinear', 'knee at'],
    rows: curves.map((curve) => ({ label: labelOf(curve, alone), cells: sizeCells(curve) })),
    lines: curves.flatMap((curve) => [...tellFit(curve), ...tellKnee(curve), ...tellSlopes(curve)]),
  };
}

function sizeCells(curve: Curve): readonly string[] {
  const { growth, points } = curve;
  if (growth === undefined) return ['', '', '', '', ''];
  const open = !Number.isFinite(growth.low) && !Number.isFinite(growth.high);
  const fixed =
    growth.fixed < NOTHING * points[0]!.value
      ? '≈ 0'
      : formatAlone(findMetric(curve.metric)?.dimension ?? 'count', growth.fixed);
  if (open) return ['?', '?', '', 'it does not grow, or too little to tell', sayKnee(curve)];
  const bound = (value: number, sign: string) => (Number.isFinite(value) ? value.toFixed(2) : `${sign}∞`);
  return [
    fixed,
    growth.exponent.toFixed(2),
    `[${bound(growth.low, '−')}, ${bound(growth.high, '')}]`,
    growth.superlinear,
    sayKnee(curve),
  ];
}

function sayKnee(curve: Curve): string {
  const { knee } = curve;
  if (knee === undefined) return 'too few levels to seek one';
  if (typeof knee === 'string') return knee === 'no knee inside the range' ? 'none inside the range' : knee;
  const unit = unitFor(dimensionOf(curve), knee.at);
  const at = (value: number) => formatFigure(value / unit.factor);
  return withUnit(`${at(knee.at)} [${at(knee.low)}, ${at(knee.high)}]`, unit.name);
}

function tellKnee(curve: Curve): string[] {
  const { knee } = curve;
  if (knee === undefined || typeof knee === 'string') return [];
  const [below, beyond] = knee.slopes;
  const times = below > 0 && beyond > 0 ? `, ${formatFigure(beyond / below)} times as steep beyond` : '';
  return [`${nameOf(curve)}: one straight line to the knee and another from there${times}.`];
}

function viewScaling(factor: string, curves: readonly Curve[]): Omit<GrowthBlock, 'panels'> {
  const alone = curves.length === 1;
  return {
    title: `scaling of ${curves[0]!.metric} with ${factor}: Universal Scalability Law of operations a second`,
    heads: ['in line', 'keeping in step', 'fastest at', '95 % interval'],
    rows: curves.map((curve) => ({ label: labelOf(curve, alone), cells: scalingCells(curve) })),
    lines: [],
  };
}

function scalingCells({ scaling, points }: Curve): readonly string[] {
  if (scaling === undefined) return ['', '', '', ''];
  const { sigma, kappa, peak } = scaling;
  const most = points[points.length - 1]!.x;
  const number = (value: number) => (Number.isFinite(value) ? formatFigure(value, 1) : '∞');
  const at = peak.at > most ? `beyond ${number(most)}` : number(peak.at);
  return [formatShare(sigma), formatShare(kappa), at, `[${number(peak.low)}, ${number(peak.high)}]`];
}

function tellFit(curve: Curve): string[] {
  if (curve.growth?.fits !== false) return [];
  return [
    `${nameOf(curve)}: the levels lie off every such curve by more than their noise; the interval covers that too.`,
  ];
}

function tellSlopes(curve: Curve): string[] {
  return curve.beside
    .filter(({ says }) => says !== 'undecided')
    .map(({ factor, from, to, ratio, low, high, confidence, says }) => {
      const percent = (value: number) => formatFigure(100 * (value - 1), 1);
      const others = respell(
        Object.entries(curve.levels)
          .filter(([name]) => name !== factor)
          .map(([name, level]) => (name === 'path' ? level : `${name}=${level}`))
          .join(' · '),
      );
      const where = others === '' ? '' : ` (${others})`;
      return `It grows ${says === 'steeper' ? 'more steeply' : 'less steeply'} at ${factor}=${to} than at ${from}${where}: each doubling of ${curve.factor} changes their ratio by ${percent(ratio)} % [${percent(low)}, ${percent(high)}] (${formatShare(confidence)}).`;
    });
}

const labelOf = (curve: Curve, alone: boolean): string =>
  alone && curve.treatment === '' ? '' : respell(curve.treatment);

const nameOf = (curve: Curve): string => (curve.treatment === '' ? curve.factor : respell(curve.treatment));

const dimensionOf = (curve: Curve): Dimension => parseQuantity(curve.points[0]!.level)?.dimension ?? 'count';

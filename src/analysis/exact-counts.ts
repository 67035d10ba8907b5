/** Counts are compared, not tested: equal or different, with the difference; zero is a value (docs/method.md). */
import { findMetric } from '../model/metric.ts';
import type { Contrast, Plan } from '../model/plan.ts';
import type { Comparison, Verdict } from '../model/result.ts';
import type { BoundaryMap } from '../model/site.ts';
import { median } from '../stats/quantile.ts';
import { boundaryValue } from './boundary-values.ts';
import { type Block, runValue } from './samples.ts';

/** Two counts of one operation this close are the same: what is left is rounding of a division. */
const SAME = 1e-9;

export interface CountInput {
  readonly plan: Pick<Plan, 'arms'>;
  readonly judged: readonly Block[];
  readonly fresh: readonly Block[];
  /** Blocks of probed runs: what the probe counts. */
  readonly probed: readonly Block[];
  readonly boundary: readonly BoundaryMap[];
}

/** None when one of the arms was never counted. */
export function compareCounts(contrast: Contrast, metric: string, input: CountInput): Comparison[] {
  const { id: _, ...asked } = contrast;
  const from = countsOf(contrast.baselineArm, metric, input);
  const to = countsOf(contrast.candidateArm, metric, input);
  if (from.values.length === 0 || to.values.length === 0) return [];
  const [baselineValue, candidateValue] = [median(from.values), median(to.values)];
  const ratio = same(baselineValue, candidateValue) ? 1 : candidateValue / baselineValue;
  const verdict = callCounts(from.values, to.values);
  const varies = !steady(from.values) || !steady(to.values);
  return [
    {
      metric,
      ...asked,
      baselineValue,
      candidateValue,
      ratio,
      low: ratio,
      high: ratio,
      confidence: 1,
      blocks: Math.min(from.blocks, to.blocks),
      margin: 0,
      verdict,
      confirmed: 'none',
      detectable: 0,
      series: [],
      warnings: varies
        ? [
            {
              code: 'count-varies',
              message: `it is not the same in every run (${describe(from.values)} against ${describe(to.values)})`,
              cure: 'called different only where the two ranges lie apart',
            },
          ]
        : [],
    },
  ];
}

/** Steady counts: equal or different. Counts that vary from run to run: different when the ranges lie apart. */
function callCounts(from: readonly number[], to: readonly number[]): Verdict {
  if (steady(from) && steady(to)) return same(from[0]!, to[0]!) ? 'equal' : 'different';
  const apart = Math.max(...from) < Math.min(...to) || Math.max(...to) < Math.min(...from);
  if (apart) return 'different';
  return same(median(from), median(to)) ? 'equal' : 'undecided';
}

interface Counts {
  readonly values: readonly number[];
  /** Runs they come from, each of a block of its own; a boundary map is one value of several, where no block was probed. */
  readonly blocks: number;
}

function countsOf(arm: string, metric: string, { plan, judged, fresh, probed, boundary }: CountInput): Counts {
  const isProbed = findMetric(metric)?.source === 'probe';
  const counted = isProbed ? plan.arms.find((one) => one.role === 'probed' && one.treatment.id === arm)?.id : arm;
  const values = (isProbed ? probed : [...judged, ...fresh]).flatMap((block) => {
    const run = counted === undefined ? undefined : block.runs.get(counted);
    const value = run && runValue(run, metric);
    return value === undefined ? [] : [value];
  });
  if (values.length > 0 || !isProbed) return { values, blocks: values.length };
  const map = boundary.find((candidate) => candidate.of === arm);
  const value = map && boundaryValue(map, metric);
  return map && value !== undefined ? { values: [value], blocks: map.processes } : { values: [], blocks: 0 };
}

function steady(values: readonly number[]): boolean {
  return values.every((value) => same(value, values[0]!));
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));
}

function describe(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const text = (value: number) => String(Number(value.toPrecision(6)));
  return same(least, most) ? text(least) : `${text(least)} to ${text(most)}`;
}

/** The middle of each metric at each treatment, over the judged blocks. */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Arm, Plan } from '../model/plan.ts';
import type { Estimate } from '../model/result.ts';
import type { BoundaryMap } from '../model/site.ts';
import { medianInterval } from '../stats/order-statistic.ts';
import { median } from '../stats/quantile.ts';
import { boundaryValue } from './boundary-values.ts';
import { type Block, isExact, runValue } from './samples.ts';

/** Metrics of the experiment and of its expectations, each once, primary first. */
export function askedMetrics(experiment: Experiment): string[] {
  const { primary, gate, explore } = experiment.metrics;
  return [...new Set([primary, ...gate, ...explore, ...experiment.expect.map((expectation) => expectation.metric)])];
}

/** What estimates rest on: judged blocks, those of probed runs, and the maps of all probed runs. */
interface EstimateBlocks {
  readonly judged: readonly Block[];
  readonly probed: readonly Block[];
  readonly boundary: readonly BoundaryMap[];
}

/**
 * Noisy metrics: the median over blocks, its interval from order statistics. Exact counts: the median, with the least and
 * the most that any run showed as its ends. Probe metrics come from the boundary maps: one number, its interval unknown
 * (infinite) unless it is a count.
 */
export function listEstimates(
  experiment: Experiment,
  plan: Plan,
  { judged, probed, boundary }: EstimateBlocks,
): Estimate[] {
  return askedMetrics(experiment).flatMap((metric) =>
    plan.arms
      .filter((arm) => arm.role === 'main')
      .flatMap((arm) =>
        findMetric(metric)?.source === 'probe'
          ? fromProbe(metric, arm, { boundary, plan, probed })
          : fromRuns(metric, arm, judged),
      ),
  );
}

function fromRuns(metric: string, arm: Arm, judged: readonly Block[]): Estimate[] {
  const values = judged.flatMap((block) => {
    const run = block.runs.get(arm.id);
    const value = run && runValue(run, metric);
    return value === undefined ? [] : [value];
  });
  if (values.length === 0) return [];
  const { centre: value, low, high, confidence } = isExact(metric) ? rangeOf(values) : medianInterval(values);
  return [{ metric, ...identity(arm), value, low, high, confidence, blocks: values.length }];
}

/** Exact counts from the probed runs, else from the map of all of them. */
function fromProbe(
  metric: string,
  main: Arm,
  { boundary, plan, probed }: Omit<EstimateBlocks, 'judged'> & { readonly plan: Plan },
): Estimate[] {
  const arm = plan.arms.find((one) => one.role === 'probed' && one.treatment.id === main.treatment.id) ?? main;
  const counted = isExact(metric) ? fromRuns(metric, arm, probed) : [];
  if (counted.length > 0) return counted;
  const map = boundary.find((candidate) => candidate.of === main.treatment.id);
  const value = map && boundaryValue(map, metric);
  if (!map || value === undefined) return [];
  const [low, high] = isExact(metric) ? [value, value] : [-Infinity, Infinity];
  return [{ metric, ...identity(arm), value, low, high, confidence: 1, blocks: map.processes }];
}

function identity(arm: Arm): Pick<Estimate, 'arm' | 'treatment' | 'levels'> {
  return { arm: arm.id, treatment: arm.treatment.id, levels: arm.treatment.levels };
}

function rangeOf(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  return { centre: median(sorted), low: sorted[0]!, high: sorted[sorted.length - 1]!, confidence: 1 };
}

/** What the experiment asks of a run beyond its timed batches. */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';

export interface Wishes {
  /** Some metric is an exact count that needs a counting batch. */
  readonly counts: boolean;
  /** Some metric is a percentile of single operations. */
  readonly percentiles: boolean;
}

export function readWishes(experiment: Experiment): Wishes {
  const { primary, gate, explore } = experiment.metrics;
  const asked = [primary, ...gate, ...explore, ...experiment.expect.map((expectation) => expectation.metric)];
  return {
    counts: asked.some((name) => findMetric(name)?.source === 'counting'),
    percentiles: asked.some((name) => name === 'time.p90' || name === 'time.p99'),
  };
}

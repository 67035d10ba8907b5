/** What the experiment asks of a run beyond its timed batches. */
import type { Experiment } from '../model/experiment.ts';
import { findMetric, operationsFor, TAILS } from '../model/metric.ts';

/** As many as tell the whole shift function, where anything is timed one by one. */
const USUAL = 1000;

export interface Wishes {
  /** Some metric is an exact count that needs a counting batch. */
  readonly counts: boolean;
  /** Operations that the furthest percentile of single operations needs; 0 where none is asked for. */
  readonly each: number;
}

export function readWishes(experiment: Experiment): Wishes {
  const { primary, gate, explore } = experiment.metrics;
  const asked = [primary, ...gate, ...explore, ...experiment.expect.map((expectation) => expectation.metric)];
  return {
    counts: asked.some((name) => findMetric(name)?.source === 'counting'),
    each: Math.max(0, ...asked.map((name) => (name in TAILS ? Math.max(USUAL, operationsFor(TAILS[name]!)) : 0))),
  };
}

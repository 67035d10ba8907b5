/** A process that holds both builds has one memory and one processor time: metrics of whole processes tell no build from the other. */
import type { Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Mode } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import { askedMetrics } from './estimates.ts';

/** That a metric was asked for and is in no table, with its cure. */
export function warnOfShared(experiment: Experiment, mode: Mode): Warning[] {
  if (mode !== 'in-process') return [];
  const lost = askedMetrics(experiment).filter((metric) => findMetric(metric)?.source === 'process');
  if (lost.length === 0) return [];
  return [
    {
      code: 'process-shared',
      message: `${lost.join(', ')}: not measured, since one process held both builds (in-process)`,
      cure: 'let each build have a process of its own: --mode alternating',
    },
  ];
}

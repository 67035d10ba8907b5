/** Percentiles of single operations that were asked for and could not be had: a quantile q needs 10 / (1 − q) operations in a process. */
import type { Experiment } from '../model/experiment.ts';
import { EACH_AT_MOST_S, operationsFor, TAILS } from '../model/metric.ts';
import type { Warning } from '../model/problem.ts';
import { median } from '../stats/quantile.ts';
import { askedMetrics } from './estimates.ts';
import { type Block, runValue } from './samples.ts';

/** One a metric that some of the runs did not give; in studies whose runs time no operation by itself every one of them. */
export function tailWarnings(
  experiment: Experiment,
  mainArms: ReadonlySet<string>,
  blocks: readonly Block[],
): Warning[] {
  const runs = blocks.flatMap((block) => [...block.runs.values()].filter(({ arm }) => mainArms.has(arm)));
  return askedMetrics(experiment).flatMap((metric) => {
    const share = TAILS[metric];
    const missing = share === undefined ? [] : runs.filter((run) => runValue(run, metric) === undefined);
    if (share === undefined || missing.length === 0) return [];
    const needed = operationsFor(share);
    const operationS = median(missing.flatMap((run) => runValue(run, 'time.p50') ?? []));
    const fit = Math.floor(EACH_AT_MOST_S / operationS);
    const room =
      Number.isFinite(fit) && fit < needed
        ? `, and of these only ${grouped(fit)} fit into ${EACH_AT_MOST_S * 1000} ms`
        : '';
    const who =
      missing.length === runs.length ? 'no run gave' : `${missing.length} of ${runs.length} runs did not give`;
    return [
      {
        code: 'tail-not-measured',
        message: `${who} ${metric}: it needs ${grouped(needed)} operations timed one by one in a process${room}`,
        cure: 'ask for a percentile nearer the middle, or make one operation do less',
      },
    ];
  });
}

const grouped = (count: number): string => count.toLocaleString('en-US');

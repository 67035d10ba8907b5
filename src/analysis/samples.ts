/** Outcomes to numbers: the value of a metric in each run, and the log-ratio of two arms in each block. */
import { findMetric } from '../model/metric.ts';
import type { Contrast, ContrastKind, Mode } from '../model/plan.ts';
import type { Outcome, RunOutcome, Stage } from '../model/run.ts';
import { mean, median } from '../stats/quantile.ts';
import { windowValue } from './boundary-values.ts';

/** One block in which no run failed. */
export interface Block {
  readonly block: number;
  readonly stage: Stage;
  readonly runs: ReadonlyMap<string, RunOutcome>;
}

/** One pair of runs, of one block. */
export interface Pair {
  readonly block: number;
  readonly stage: Stage;
  /** ln candidate − ln baseline. Every metric of this product is better when lower, so plus is worse. */
  readonly logRatio: number;
  readonly baseline: number;
  readonly candidate: number;
  /** Whether the candidate's process was opened first. */
  readonly candidateFirst: boolean;
}

/** Blocks of a stage in run order. A block with a failed run is dropped whole; a run that was repeated counts once, as last seen. */
export function collectBlocks(outcomes: readonly Outcome[], stage: Stage): Block[] {
  const runs = new Map<number, Map<string, RunOutcome>>();
  const failed = new Set<number>();
  for (const outcome of outcomes) {
    if (outcome.stage !== stage) continue;
    if (outcome.kind === 'failure') failed.add(outcome.block);
    else {
      const block = runs.get(outcome.block) ?? new Map<string, RunOutcome>();
      block.set(outcome.arm, outcome);
      runs.set(outcome.block, block);
    }
  }
  return [...runs]
    .filter(([block]) => !failed.has(block))
    .sort(([a], [b]) => a - b)
    .map(([block, byArm]) => ({ block, stage, runs: byArm }));
}

/** Blocks of a stage that had a failed run. */
export function countDropped(outcomes: readonly Outcome[], stage: Stage): number {
  return new Set(
    outcomes.filter((outcome) => outcome.kind === 'failure' && outcome.stage === stage).map((outcome) => outcome.block),
  ).size;
}

/** Two arms, and whether they do different work (kind 'contrast') or the same (builds, a treatment against itself, a probe). */
export interface PairedArms extends Pick<Contrast, 'baselineArm' | 'candidateArm'> {
  readonly kind?: ContrastKind;
}

/**
 * The pairs of a contrast, one a block. Time of the same work whose batches take turns (all modes but interleaved): the median over rounds of the log-ratio
 * of batches that ran in the same round, which sees through changes of speed slower than a round. Everything else: the
 * log-ratio of the runs' values. Different work (paths, levels) spreads in shapes of its own (one arm collects
 * garbage in every other batch, say), and the median of ratios is then not the ratio of medians that a reader sees:
 * 10 % apart was seen. A pair whose value is missing, or not above zero, is left out.
 */
export function pairBlocks(blocks: readonly Block[], arms: PairedArms, metric: string, mode: Mode): Pair[] {
  return blocks.flatMap((block) => {
    const from = block.runs.get(arms.baselineArm);
    const to = block.runs.get(arms.candidateArm);
    if (!from || !to) return [];
    const baseline = runValue(from, metric);
    const candidate = runValue(to, metric);
    if (baseline === undefined || candidate === undefined) return [];
    const logRatio =
      metric === 'time.p50' &&
      mode !== 'interleaved' &&
      arms.kind !== 'contrast' &&
      from.batches.length > 0 &&
      to.batches.length > 0
        ? median(roundLogRatios(from.batches, to.batches))
        : Math.log(candidate) - Math.log(baseline);
    if (!Number.isFinite(logRatio)) return [];
    const candidateFirst = to.position < from.position;
    return [{ block: block.block, stage: block.stage, logRatio, baseline, candidate, candidateFirst }];
  });
}

function roundLogRatios(from: readonly number[], to: readonly number[]): number[] {
  const ratios = Array.from({ length: Math.min(from.length, to.length) }, (_, round) => to[round]! / from[round]!);
  // A clock so coarse that both batches took no time at all says nothing of that round.
  return ratios.filter((ratio) => !Number.isNaN(ratio)).map(Math.log);
}

/** The value of a metric in one run, in its base unit; undefined when the run did not give it. */
export function runValue(run: RunOutcome, metric: string): number | undefined {
  const stated = run.values[metric];
  if (stated !== undefined) return Number.isFinite(stated) ? stated : undefined;
  if (metric === 'rss') return run.end.maxRssBytes > 0 ? run.end.maxRssBytes : undefined;
  if (findMetric(metric)?.source === 'probe') return run.boundary && windowValue(run.boundary, metric);
  if (run.batches.length === 0) return undefined;
  if (metric === 'time.p50') return median(run.batches);
  if (metric === 'time.mean') return mean(run.batches); // batches of a run have the same number of iterations
  return undefined;
}

export function isExact(metric: string): boolean {
  return findMetric(metric)?.exact ?? false;
}

/**
 * Every contrast on every metric asked for, with its verdict. The primary decides by the looks; noisy gate metrics by Holm
 * at the look where their primary settled; explored ones by Benjamini-Hochberg over all of them; counts exactly.
 */
import { type Experiment, marginOf } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Contrast, Plan, Schedule } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { Comparison, ProcessesCheck } from '../model/result.ts';
import type { BoundaryMap } from '../model/site.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { benjaminiHochberg } from '../stats/multiplicity.ts';
import { detectableFromInterval } from '../stats/power.ts';
import { median } from '../stats/quantile.ts';
import { signedRankTest } from '../stats/signed-rank.ts';
import { movedWarning } from './anytime.ts';
import { type Assessment, type Decision, logRatiosIn, noisyGates } from './assess.ts';
import { askedMetrics } from './estimates.ts';
import { compareCounts } from './exact-counts.ts';
import { oneLinkWarning, pairWarnings } from './fitness.ts';
import { askProcesses, processesWarnings } from './processes.ts';
import { collectorFactor, compareRegimes } from './regime.ts';
import { type Finding, type Repetition, repeatFinding } from './repetition.ts';
import { type Block, isExact, type Pair, pairBlocks } from './samples.ts';
import { shiftIn } from './shift.ts';
import { type Confirmation, isFound, type Judgement, judge } from './verdict.ts';

export interface CompareInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly judged: readonly Block[];
  readonly fresh: readonly Block[];
  /** Of the stage in a more whole mode. */
  readonly processes: readonly Block[];
  /** Of probed runs. */
  readonly probed: readonly Block[];
  readonly assessment: Assessment;
  readonly boundary: readonly BoundaryMap[];
}

/** Contrast by contrast, metrics in the order primary, gate, explore. What was never measured is left out. */
export function compareAll(input: CompareInput): Comparison[] {
  const explored = judgeExplored(input);
  return input.assessment.decisions.flatMap((decision) =>
    askedMetrics(input.experiment).flatMap((metric) => {
      if (isExact(metric)) return compareCounts(decision.contrast, metric, input);
      const found = firstStage(decision, metric, input, explored);
      return found ? [compareNoisy(decision, metric, found, input)] : [];
    }),
  );
}

interface FirstStage {
  readonly judgement: Judgement;
  readonly nominal: number;
}

function firstStage(
  decision: Decision,
  metric: string,
  { experiment, schedule, judged }: CompareInput,
  explored: ReadonlyMap<string, FirstStage>,
): FirstStage | undefined {
  if (metric === experiment.metrics.primary) {
    return decision.primary && { judgement: decision.primary, nominal: decision.nominal };
  }
  if (!noisyGates(experiment).includes(metric)) return explored.get(exploreKey(decision.contrast, metric));
  const gate = decision.gate[metric];
  if (gate) return { judgement: gate, nominal: gate.nominal };
  // The primary is still pending, or the metric was never measured.
  const x = logRatiosIn(judged.slice(0, decision.blocks), decision.contrast, metric, schedule.mode);
  if (x.length === 0) return undefined;
  const nominal = decision.nominal / noisyGates(experiment).length;
  const judgement = judge(x, { nominal, margin: marginOf(experiment, metric), kind: decision.contrast.kind });
  return { judgement: { ...judgement, verdict: 'undecided' }, nominal };
}

const exploreKey = (contrast: Contrast, metric: string) => `${contrast.id}\u0000${metric}`;

/** While watching, the moment was chosen by the primary: what is only explored is held to a tenth of the level. */
const WATCHED_LEVEL = 0.005;

/**
 * Explored metrics of all contrasts as one family. Their p-values are scaled to the level of the look at which their
 * contrast settled, so that looking several times costs what it must; intervals of those called are drawn at the level that keeps
 * the share of false intervals (Benjamini & Yekutieli 2005).
 */
function judgeExplored({ experiment, plan, schedule, judged, assessment }: CompareInput): Map<string, FirstStage> {
  const skipped = new Set([experiment.metrics.primary, ...noisyGates(experiment)]);
  const metrics = askedMetrics(experiment).filter((metric) => !skipped.has(metric) && !isExact(metric));
  const samples = assessment.decisions.flatMap((decision) =>
    metrics.flatMap((metric) => {
      const x = logRatiosIn(
        judged.slice(0, decision.blocks),
        armsFor(decision.contrast, metric, plan),
        metric,
        schedule.mode,
      );
      return x.length === 0 ? [] : [{ decision, metric, x }];
    }),
  );
  const level = 0.05;
  const levelOf = ({ nominal }: Decision) => (schedule.stopping === 'anytime' ? WATCHED_LEVEL : nominal);
  const adjusted = benjaminiHochberg(
    samples.map(({ decision, x }) => {
      const p = signedRankTest(x).pValue;
      return levelOf(decision) > 0 ? Math.min(1, (p * level) / levelOf(decision)) : 1;
    }),
  );
  const called = adjusted.filter((p) => p <= level).length;
  return new Map(
    samples.map(({ decision, metric, x }, i) => {
      const isCalled = decision.state === 'settled' && adjusted[i]! <= level;
      const nominal = isCalled ? (levelOf(decision) * called) / samples.length : levelOf(decision);
      const judgement = judge(x, { nominal, margin: marginOf(experiment, metric), kind: decision.contrast.kind });
      const allowed = decision.state === 'settled' && (isCalled || !isFound(judgement.verdict));
      const held: Judgement = allowed ? judgement : { ...judgement, verdict: 'undecided' };
      return [exploreKey(decision.contrast, metric), { judgement: held, nominal }] as const;
    }),
  );
}

/** Metrics of the probe live in the probed arms; all others in the main ones. */
function armsFor(contrast: Contrast, metric: string, plan: Plan): Contrast {
  if (findMetric(metric)?.source !== 'probe') return contrast;
  const probed = (treatment: string) =>
    plan.arms.find((arm) => arm.role === 'probed' && arm.treatment.id === treatment)?.id ?? treatment;
  return { ...contrast, baselineArm: probed(contrast.baselineArm), candidateArm: probed(contrast.candidateArm) };
}

function compareNoisy(decision: Decision, metric: string, { judgement, nominal }: FirstStage, input: CompareInput) {
  const { experiment, plan, schedule } = input;
  const { contrast } = decision;
  const { id: _, ...asked } = contrast;
  const margin = marginOf(experiment, metric);
  const arms = armsFor(contrast, metric, plan);
  const judgedHere = input.judged.slice(0, decision.blocks);
  const seen = pairBlocks(judgedHere, arms, metric, schedule.mode);
  const repetition = repeat(judgement, decision, { metric, arms, margin }, input);
  const second = repetition && (repetition.said ?? 'missing');
  const repeated = second !== undefined && second !== 'missing';
  const measured = [...input.judged, ...input.fresh];
  const all = pairBlocks(measured, arms, metric, schedule.mode);
  const waiting = second === 'missing' ? overall(all, nominal) : undefined;
  const { verdict } = repeated ? second : judgement;
  const { centre, low, high, confidence } = repeated ? second : (waiting ?? judgement);
  const [restsOn, restsOnBlocks] = repetition?.said
    ? [repetition.pairs, input.fresh.slice(0, repetition.blocks)]
    : waiting
      ? [all, measured]
      : [seen, judgedHere];
  const regime = compareRegimes(
    [...input.judged, ...input.fresh],
    arms,
    contrast.kind,
    collectorFactor(experiment.factors),
  );
  const announced = second === 'missing' || regime?.caps ? 'undecided' : verdict;
  const check = checkWithProcesses(announced, decision, metric, input);
  const final = check?.says === 'disagrees' ? 'undecided' : announced;
  const needed = final === 'undecided' && !repeated ? judgement.blocksNeeded : undefined;
  const comparison: Comparison = {
    metric,
    ...asked,
    baselineValue: median(restsOn.map((pair) => pair.baseline)),
    candidateValue: median(restsOn.map((pair) => pair.candidate)),
    ...asRatios({ centre, low, high }),
    confidence,
    blocks: restsOn.length,
    margin,
    verdict: final,
    confirmed: repeated ? second.confirmed : second === 'missing' ? 'not-repeated' : 'none',
    ...(needed !== undefined && { blocksNeeded: needed }),
    detectable: Math.expm1(detectableFromInterval(judgement.low, judgement.high, nominal)),
    series: all.map((pair) => ({ block: pair.block, ratio: Math.exp(pair.logRatio), stage: stageOf(pair) })),
    ...shiftIn({ metric, experiment, seed: plan.seed, arms, blocks: restsOnBlocks }),
    ...(check && { processes: check }),
    warnings: [
      ...pairWarnings(restsOn),
      ...movedWarning(judgement),
      ...stageWarnings(second, contrast, Math.exp(centre), final),
      ...(check ? processesWarnings(check, { mode: schedule.mode, ...asRatios({ centre, low, high }) }) : []),
      ...(regime ? [regime.warning] : []),
    ],
  };
  return comparison;
}

/** Of a regression that would fail a gate; undefined where the mode is the most whole there is, or nothing failed. */
function checkWithProcesses(
  verdict: Comparison['verdict'],
  { contrast }: Decision,
  metric: string,
  { experiment, schedule, processes }: CompareInput,
): ProcessesCheck | undefined {
  const judges = [experiment.metrics.primary, ...experiment.metrics.gate].includes(metric);
  if (verdict !== 'regression' || contrast.kind !== 'build' || !judges || !schedule.processes) return undefined;
  return askProcesses(processes, { contrast, metric }, schedule.processes.mode, marginOf(experiment, metric));
}

/**
 * What still has to repeat was found at the first moment that let it, which makes it look larger than it is: until then the
 * estimate is that of every block there is.
 */
const overall = (pairs: readonly Pair[], nominal: number) =>
  hodgesLehmann(
    pairs.map((pair) => pair.logRatio),
    nominal,
  );

const asRatios = ({ centre, low, high }: Pick<Judgement, 'centre' | 'low' | 'high'>) => ({
  ratio: Math.exp(centre),
  low: Math.exp(low),
  high: Math.exp(high),
});

/** Second stage: undefined when nothing has to repeat. */
function repeat(
  { verdict }: Judgement,
  { contrast, blocks }: Decision,
  asked: Pick<Finding, 'metric' | 'arms' | 'margin'>,
  { fresh, schedule }: CompareInput,
): Repetition | undefined {
  if (!isFound(verdict)) return undefined;
  return repeatFinding({ verdict, blocks, kind: contrast.kind, ...asked }, fresh, schedule);
}

/** A planted fault is switched on in the very same program: no linker has put anything elsewhere. */
const isOtherBinary = ({ factor }: Contrast) => !factor.startsWith('fault.');

function stageWarnings(
  second: Confirmation | 'missing' | undefined,
  contrast: Contrast,
  ratio: number,
  verdict: Comparison['verdict'],
): Warning[] {
  const warnings: Warning[] = [];
  if (second === 'missing') {
    warnings.push({
      code: 'fresh-blocks-missing',
      message: 'seen once, but there are no fresh blocks to say it again',
      cure: 'finish the study (seamark run --resume), or make the metric primary or a gate',
    });
  } else if (second?.confirmed === 'not-repeated') {
    warnings.push({
      code: 'not-repeated',
      message: 'seen once, not repeated on fresh blocks',
      cure: 'give a larger budget if the change matters',
    });
  }
  const link =
    contrast.kind === 'build' && isOtherBinary(contrast) && isFound(verdict) ? oneLinkWarning(ratio) : undefined;
  return link ? [...warnings, link] : warnings;
}

function stageOf(pair: Pair): 'judged' | 'fresh' {
  return pair.stage === 'fresh' ? 'fresh' : 'judged';
}

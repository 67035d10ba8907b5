/**
 * Where a study stands: what the outcomes so far decide, and what is to be run next. A pure function of the journal, so
 * that a resumed study, the live line and the final result can never disagree.
 */
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { Contrast, Mode, Plan, Schedule } from '../model/plan.ts';
import type { Outcome } from '../model/run.ts';
import { holmLevels } from '../stats/multiplicity.ts';
import { signedRankTest } from '../stats/signed-rank.ts';
import { decideAnytime } from './anytime.ts';
import {
  decideEffects,
  type EffectDecision,
  hasMattered,
  isAwaited,
  repeatEffect,
  treatmentsOfDesign,
} from './effect-decisions.ts';
import { confirmedRegressions, processesBlocks } from './processes.ts';
import { listFindings, repeatFinding } from './repetition.ts';
import { type Block, collectBlocks, isExact, pairBlocks } from './samples.ts';
import { isFound, type Judgement, judge } from './verdict.ts';

export interface AssessInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** Everything that ran, all stages, any order. */
  readonly outcomes: readonly Outcome[];
}

/** What the first stage says of one contrast, on the primary metric and on the noisy gate metrics. */
export interface Decision {
  readonly contrast: Contrast;
  /** Index of the look at which it was settled, or the last look there was; −1 before the first. */
  readonly look: number;
  /** Judged blocks it rests on. */
  readonly blocks: number;
  /** Two-sided level of that look. */
  readonly nominal: number;
  /** At that look; before the first: what there is, always undecided. Undefined when the primary metric is an exact count. */
  readonly primary: Judgement | undefined;
  /** By metric; judged with the primary, at the same blocks. Empty while the primary is pending. */
  readonly gate: Readonly<Record<string, GateJudgement>>;
  /** settled: a verdict fell, or there are no looks left. */
  readonly state: 'pending' | 'settled';
}

export interface GateJudgement extends Judgement {
  /** Level left to this metric by Holm's procedure over the gate metrics of the contrast. */
  readonly nominal: number;
}

/**
 * judged, fresh, processes: run blocks of this stage, numbered on from the last, until there are `blocks` in which no run failed,
 * then assess again. `only`: treatment ids whose arms take part (for `orderBlock`); undefined: all. finished: build the result.
 */
export type NextStep =
  | { readonly stage: 'judged'; readonly blocks: number; readonly only?: undefined }
  | { readonly stage: 'fresh' | 'processes'; readonly blocks: number; readonly only: ReadonlySet<string> }
  | { readonly stage: 'finished' };

export interface Assessment {
  readonly decisions: readonly Decision[];
  /** Effects of the plan's design, on the primary metric. */
  readonly effects: readonly EffectDecision[];
  /** Contrasts that the next look may still decide. */
  readonly pending: readonly Contrast[];
  /** Contrasts whose change (primary or gate) has to repeat on fresh blocks. */
  readonly found: readonly Contrast[];
  /** Blocks without a failure so far. */
  readonly judgedBlocks: number;
  readonly freshBlocks: number;
  /** Whether all decisions stand, of both stages. */
  readonly done: boolean;
  readonly next: NextStep;
}

/**
 * Call it when the pilot is done (no judged outcomes yet), after each `next.blocks` reached, or at any time for the live
 * line: looks count only once their blocks are complete, so calling it in between decides nothing early.
 */
export function assess(input: AssessInput): Assessment {
  const { plan, schedule } = input;
  const judged = collectBlocks(input.outcomes, 'judged');
  const fresh = collectBlocks(input.outcomes, 'fresh');
  const anytime = schedule.stopping === 'anytime';
  const decisions = plan.contrasts.map((contrast) =>
    anytime && !isExact(input.experiment.metrics.primary)
      ? decideAnytime(contrast, judged, input, noisyGates(input.experiment))
      : decide(contrast, judged, input),
  );
  const pending = decisions.filter(({ state }) => state === 'pending');
  const further = anytime && pending.length > 0 ? { blocks: judged.length + 1 } : undefined;
  const nextLook = schedule.looks.find((look) => look.blocks > judged.length) ?? further;
  // Without contrasts, or with all of them settled early, the first look is still completed: estimates rest on it.
  const effects = decideEffects(input, judged);
  const awaited = pending.length > 0 || effects.some(isAwaited);
  const needsJudged = nextLook !== undefined && (awaited || nextLook === schedule.looks[0]);
  const found = decisions.filter(hasFound);
  const mattering = effects.filter(hasMattered);
  const toRepeat = mattering.map((decision) => repeatEffect(decision, fresh, input).due);
  const freshDue = needsJudged ? 0 : Math.max(0, ...toRepeat, ...found.map((one) => freshDueFor(one, fresh, input)));
  const only = mattering.length > 0 ? new Set(treatmentsOfDesign(plan)) : treatmentsOf(found);
  const next: NextStep = needsJudged
    ? { stage: 'judged', blocks: nextLook.blocks }
    : fresh.length < freshDue
      ? { stage: 'fresh', blocks: freshDue, only }
      : (askWithProcesses(found, fresh, input) ?? { stage: 'finished' });
  return {
    decisions,
    effects,
    pending: pending.map(({ contrast }) => contrast),
    found: found.map(({ contrast }) => contrast),
    judgedBlocks: judged.length,
    freshBlocks: fresh.length,
    done: next.stage === 'finished',
    next,
  };
}

/** The last stage: undefined where nothing failed, no more whole mode is there, or it has run. */
function askWithProcesses(
  found: readonly Decision[],
  fresh: readonly Block[],
  input: AssessInput,
): Extract<NextStep, { stage: 'fresh' | 'processes' }> | undefined {
  const { schedule, outcomes } = input;
  if (!schedule.processes) return undefined;
  const regressions = found
    .filter(({ contrast }) => contrast.kind === 'build')
    .flatMap((decision) => confirmedRegressions(decision, fresh, input));
  if (regressions.length === 0) return undefined;
  const blocks = processesBlocks(regressions, schedule.processes, input);
  if (collectBlocks(outcomes, 'processes').length >= blocks) return undefined;
  return { stage: 'processes', blocks, only: treatmentsOf(regressions) };
}

/** Fresh blocks that this contrast's changes ask for, given what those there are say. */
function freshDueFor(decision: Decision, fresh: readonly Block[], { experiment, schedule }: AssessInput): number {
  const due = listFindings(decision, experiment).map((finding) => repeatFinding(finding, fresh, schedule).due);
  return Math.max(0, ...due);
}

/** Whether something of this contrast must repeat on fresh blocks. */
function hasFound({ state, primary, gate }: Decision): boolean {
  if (state === 'pending') return false;
  return [primary, ...Object.values(gate)].some((judgement) => judgement && isFound(judgement.verdict));
}

/** Noisy metrics of the gate family, without the primary. */
export function noisyGates(experiment: Experiment): string[] {
  return experiment.metrics.gate.filter((metric) => metric !== experiment.metrics.primary && !isExact(metric));
}

/** The log-ratios of a contrast in these blocks. */
export function logRatiosIn(blocks: readonly Block[], contrast: Contrast, metric: string, mode: Mode): number[] {
  return pairBlocks(blocks, contrast, metric, mode).map((pair) => pair.logRatio);
}

/** Replays the looks that are complete and stops at the first that decides: later blocks can't take a verdict back. */
function decide(contrast: Contrast, judged: readonly Block[], input: AssessInput): Decision {
  const { experiment, schedule } = input;
  const metric = experiment.metrics.primary;
  const complete = schedule.looks.filter((look) => look.blocks <= judged.length);
  if (isExact(metric)) return decideExact(contrast, judged, complete.length > 0, input);
  const options = { margin: marginOf(experiment, metric), kind: contrast.kind };
  let last: Decision = beforeFirstLook(contrast, judged, input);
  for (const [look, { blocks, nominal }] of complete.entries()) {
    const seen = judged.slice(0, blocks);
    const primary = judge(logRatiosIn(seen, contrast, metric, schedule.mode), { ...options, nominal });
    const settled = primary.verdict !== 'undecided' || look === schedule.looks.length - 1;
    const gate = settled ? judgeGates(contrast, seen, nominal, input) : {};
    last = { contrast, look, blocks, nominal, primary, gate, state: settled ? 'settled' : 'pending' };
    if (settled) break;
  }
  return last;
}

/** Too early for a verdict: the interval of what there is, at the level of the first look. */
function beforeFirstLook(contrast: Contrast, judged: readonly Block[], input: AssessInput): Decision {
  const { experiment, schedule } = input;
  const nominal = schedule.looks[0]?.nominal ?? 0;
  const metric = experiment.metrics.primary;
  const x = logRatiosIn(judged, contrast, metric, schedule.mode);
  const seen = judge(x, { nominal, margin: marginOf(experiment, metric), kind: contrast.kind });
  const primary: Judgement = { ...seen, verdict: 'undecided' };
  return { contrast, look: -1, blocks: judged.length, nominal, primary, gate: {}, state: 'pending' };
}

/** Counts need no second look: the first settles them, and the gate metrics get its level. */
function decideExact(contrast: Contrast, judged: readonly Block[], complete: boolean, input: AssessInput): Decision {
  const first = input.schedule.looks[0];
  const nominal = first?.nominal ?? 0;
  const seen = complete ? judged.slice(0, first?.blocks) : judged;
  const gate = complete ? judgeGates(contrast, seen, nominal, input) : {};
  const state = complete ? 'settled' : 'pending';
  return { contrast, look: complete ? 0 : -1, blocks: seen.length, nominal, primary: undefined, gate, state };
}

/** Holm over the noisy gate metrics of one contrast, on the nominal level of the look at which its primary settled. */
function judgeGates(
  contrast: Contrast,
  seen: readonly Block[],
  nominal: number,
  { experiment, schedule }: AssessInput,
): Record<string, GateJudgement> {
  const samples = noisyGates(experiment)
    .map((metric) => ({ metric, x: logRatiosIn(seen, contrast, metric, schedule.mode) }))
    .filter(({ x }) => x.length > 0);
  const levels = holmLevels(
    samples.map(({ x }) => signedRankTest(x).pValue),
    nominal,
  );
  return Object.fromEntries(
    samples.map(({ metric, x }, i) => {
      const options = { nominal: levels[i]!, margin: marginOf(experiment, metric), kind: contrast.kind };
      return [metric, { ...judge(x, options), nominal: levels[i]! }];
    }),
  );
}

function treatmentsOf(decisions: readonly Pick<Decision, 'contrast'>[]): ReadonlySet<string> {
  return new Set(decisions.flatMap(({ contrast }) => [contrast.baselineArm, contrast.candidateArm]));
}

/** What the pilot says and the rest of the study keeps: iterations of a batch, batches of a process, price of a block, looks. */
import {
  BATCH_S,
  batchIterations,
  DEFAULT_ROUNDS,
  FIRST_LOOK,
  LEAST_PILOT,
  PILOT_SHARE,
  paceKey,
  scheduleLooks,
} from '../design/schedule.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Arm, Plan, Schedule } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { Pace } from '../runner/pace.ts';
import { median } from '../stats/quantile.ts';
import type { BlockEntry } from '../store/journal.ts';
import { varianceRatio } from './rounds.ts';
import { OBSERVED_BLOCKS, settleCounting, settleWarmUp } from './warm-up.ts';

/** Rounds of a block that is still finding its pace, and the fewest there ever are. */
const LEAST_ROUNDS = 4;

export function isPilotOver(blocks: readonly BlockEntry[], plan: Plan): boolean {
  const piloted = blocks.filter((block) => block.stage === 'pilot');
  const elapsedS = piloted.at(-1)?.endedS ?? 0;
  return piloted.length >= plan.pilotBlocks || (piloted.length >= LEAST_PILOT && elapsedS > PILOT_SHARE * plan.budgetS);
}

/** Throws nothing: a pilot without a single good block never gets here (three failures from the start end a study). */
export function settleSchedule(blocks: readonly BlockEntry[], plan: Plan, experiment: Experiment): Schedule {
  const elapsedS = blocks.at(-1)?.endedS ?? 0;
  const budgetLeftS = Math.max(0, plan.budgetS - elapsedS);
  const rounds = settleRounds(blocks, plan, budgetLeftS);
  const blockS = priceBlock(blocks, plan, rounds);
  return {
    looks: scheduleLooks({
      pilot: { blockS },
      budgetLeftS,
      ...(experiment.maxBlocks === undefined ? {} : { maxBlocks: experiment.maxBlocks }),
    }),
    iterations: Object.fromEntries(settleIterations(blocks, plan, experiment)),
    rounds,
    blockS,
    warmUp: settleWarmUp(blocks, plan),
    countEvery: settleCounting(blocks, plan),
  };
}

/** The pace that a block of the pilot runs at: what is known of each arm so far. */
export function provisionalPace(blocks: readonly BlockEntry[], plan: Plan, experiment: Experiment): Pace {
  const warmUp = blocks.length < OBSERVED_BLOCKS ? {} : settleWarmUp(blocks, plan);
  return makePace(settleIterations(blocks, plan, experiment), warmUp, plan, experiment);
}

/** Every how many blocks of the pilot counts are taken. */
export function provisionalCounting(blocks: readonly BlockEntry[], plan: Plan): number {
  return blocks.length < OBSERVED_BLOCKS ? 1 : settleCounting(blocks, plan);
}

export function fixedPace({ iterations, warmUp }: Schedule, plan: Plan, experiment: Experiment): Pace {
  return makePace(new Map(Object.entries(iterations)), warmUp ?? {}, plan, experiment);
}

export function pilotRounds(blocks: readonly BlockEntry[], plan: Plan): number {
  const known = blocks.some((block) => listRuns([block]).length > 0);
  const last = blocks.at(-1);
  return known && last ? settleRounds(blocks, plan, Math.max(0, plan.budgetS - last.endedS)) : LEAST_ROUNDS;
}

function makePace(
  iterations: ReadonlyMap<string, number>,
  warmUp: Readonly<Record<string, number>>,
  plan: Plan,
  experiment: Experiment,
): Pace {
  const batchS = BATCH_S[plan.mode];
  // A whole program is its own operation: it is never repeated inside a run.
  const whole = experiment.subject.kind === 'command';
  return {
    iterations: (arm) => (whole ? 1 : iterations.get(paceKey(arm.treatment))),
    batchFor: (secondsPerOperation, cycle) => (whole ? 1 : batchIterations(secondsPerOperation, cycle, batchS)),
    // A probed process also touches its record file for the first time.
    warmUp: (arm) => (arm.role === 'probed' ? undefined : warmUp[paceKey(arm.treatment)]),
  };
}

function settleIterations(
  blocks: readonly BlockEntry[],
  plan: Plan,
  experiment: Experiment,
): ReadonlyMap<string, number> {
  const byKey = new Map<string, RunOutcome[]>();
  const arms = new Map(plan.arms.map((arm) => [arm.id, arm]));
  for (const run of listRuns(blocks)) {
    const arm = arms.get(run.arm);
    // A probed process is slower; the pace is that of the bare ones.
    if (!arm || arm.role === 'probed') continue;
    const key = paceKey(arm.treatment);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  const batchFor = (seconds: number, cycle: number) =>
    experiment.subject.kind === 'command' ? 1 : batchIterations(seconds, cycle, BATCH_S[plan.mode]);
  return new Map(
    [...byKey].map(([key, runs]) => {
      const seconds = median(runs.map((run) => median(run.batches)));
      const cycle = Math.max(...runs.map((run) => run.cycle ?? 1));
      return [key, batchFor(seconds, cycle)];
    }),
  );
}

/**
 * Two-stage sampling (Cochran, Sampling Techniques, 10.6): what a process costs to start, over what one more round of it
 * costs, times how much a batch varies over how much a process does, under the root. Never more than usual, and never so
 * many that the budget would not pay for the fewest blocks of both stages.
 */
function settleRounds(blocks: readonly BlockEntry[], plan: Plan, budgetLeftS: number): number {
  if (plan.mode === 'interleaved') return 1;
  const prices = typicalBlocks(blocks).flatMap((block) => splitPrice(block) ?? []);
  if (prices.length === 0) return LEAST_ROUNDS;
  const fixedS = median(prices.map((price) => price.fixedS));
  const roundS = Math.max(1e-9, median(prices.map((price) => price.roundS)));
  const best = Math.ceil(Math.sqrt((varianceRatio(blocks, plan) * fixedS) / roundS));
  const payable = Math.floor((budgetLeftS / (2 * FIRST_LOOK) - fixedS) / roundS);
  return Math.max(LEAST_ROUNDS, Math.min(DEFAULT_ROUNDS, best, payable));
}

/** Seconds an average block of `rounds` rounds takes: blocks with side arms are dearer, and one in `every` has them. */
function priceBlock(blocks: readonly BlockEntry[], plan: Plan, rounds: number): number {
  const settled = typicalBlocks(blocks);
  const price = (some: readonly BlockEntry[]): number | undefined => {
    const prices = some.flatMap((block) => splitPrice(block) ?? []);
    return prices.length > 0 ? median(prices.map(({ fixedS, roundS }) => fixedS + roundS * rounds)) : undefined;
  };
  const every = sideEvery(plan.arms);
  const plain = price(settled.filter((block) => every === undefined || block.block % every !== 0));
  const dear = price(settled.filter((block) => every !== undefined && block.block % every === 0));
  const usual = plain ?? dear ?? price(blocks) ?? 1;
  return every === undefined ? usual : usual + ((dear ?? usual) - usual) / every;
}

/** Those that ran as the rest of the study will; the first one also searched for its pace. */
function typicalBlocks(blocks: readonly BlockEntry[]): readonly BlockEntry[] {
  const later = blocks.slice(OBSERVED_BLOCKS);
  return later.length > 1 ? later : blocks.length > 1 ? blocks.slice(1) : blocks;
}

/** A block's seconds, apart: what each round costs, and what starting, comparing and ending the processes costs. */
function splitPrice(block: BlockEntry): { readonly fixedS: number; readonly roundS: number } | undefined {
  const runs = listRuns([block]);
  const rounds = Math.max(0, ...runs.map((run) => run.batches.length));
  if (rounds === 0) return undefined;
  const batchesS = runs.reduce((total, run) => total + run.iterations * run.batches.reduce((a, b) => a + b, 0), 0);
  return { fixedS: Math.max(0, block.endedS - block.startedS - batchesS), roundS: batchesS / rounds };
}

function sideEvery(arms: readonly Arm[]): number | undefined {
  const side = arms.filter((arm) => arm.every > 1).map((arm) => arm.every);
  return side.length > 0 ? Math.min(...side) : undefined;
}

function listRuns(blocks: readonly BlockEntry[]): RunOutcome[] {
  return blocks.flatMap((block) => block.outcomes.filter((outcome) => outcome.kind === 'run'));
}

/** How the blocks of one mode run, from its pilot blocks: iterations of a batch, batches of a process, warm-up, counting, price. */
import { BATCH_S, batchIterations, DEFAULT_ROUNDS, FIRST_LOOK, paceKey } from '../design/schedule.ts';
import type { Experiment } from '../model/experiment.ts';
import { holdsProbe, type Mode, type Pacing, type Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { Pace } from '../runner/pace.ts';
import { median } from '../stats/quantile.ts';
import { bestRepetitions } from '../stats/repetitions.ts';
import type { BlockEntry } from '../store/journal.ts';
import { listRuns, priceBlock, typicalPrice } from './price.ts';
import { varianceRatio } from './rounds.ts';
import { courseLength } from './start-classes.ts';
import { OBSERVED_BLOCKS, settleCounting, settleWarmUp } from './warm-up.ts';

/** Rounds of a block that is still finding its pace, and the fewest there ever are; batches of an interleaved process of the pilot. */
const LEAST_ROUNDS = 4;
/** A batch is lengthened up to this where asking for it is dear, so that at most half of the time goes into asking. */
const LONGEST_BATCH_S = 0.1;
/** Share of a batch that may be its own beginning, where a benchmark sets itself up on the clock: its time is told with it. */
const START_SHARE = 0.01;

/** What a mode is settled for. `blocks`: those of its pilot so far. */
export interface Piloted {
  readonly blocks: readonly BlockEntry[];
  readonly mode: Mode;
  readonly plan: Plan;
  readonly experiment: Experiment;
  readonly budgetLeftS: number;
}

export function settlePacing(piloted: Piloted): Pacing {
  const { blocks, mode, plan } = piloted;
  const repetitions = settleRounds(piloted);
  const rounds = mode === 'interleaved' ? 1 : repetitions;
  return {
    mode,
    // An interleaved process runs its repetitions as one batch: nothing takes turns with it.
    iterations: Object.fromEntries(settleIterations(piloted, mode === 'interleaved' ? repetitions : 1)),
    rounds,
    blockS: priceBlock(blocks, plan.arms, ({ fixedS, roundS }) => fixedS + roundS * repetitions),
    warmUp: settleWarmUp(blocks, plan),
    countEvery: settleCounting(blocks, plan),
  };
}

/** The pace that a block of the pilot runs at: what is known of each arm so far. */
export function provisionalPace(piloted: Piloted): Pace {
  const { blocks, mode, plan, experiment } = piloted;
  const warmUp = blocks.length < OBSERVED_BLOCKS ? {} : settleWarmUp(blocks, plan);
  const pace = makePace(settleIterations(piloted), warmUp, piloted);
  // The first block searches for its pace, which warms its processes up.
  const observed = blocks.length > 0 && blocks.length < OBSERVED_BLOCKS;
  const course = observed ? courseLength(experiment, plan, mode, OBSERVED_BLOCKS - 1) : undefined;
  return course === undefined ? pace : { ...pace, course: (arm) => (arm.role === 'probed' ? undefined : course) };
}

export function fixedPace({ mode, iterations, warmUp }: Pacing, plan: Plan, experiment: Experiment): Pace {
  return makePace(new Map(Object.entries(iterations)), warmUp ?? {}, { blocks: [], mode, plan, experiment });
}

/** Every how many blocks of the pilot counts are taken. */
export function provisionalCounting({ blocks, plan }: Piloted): number {
  return blocks.length < OBSERVED_BLOCKS ? 1 : settleCounting(blocks, plan);
}

export function pilotRounds(piloted: Piloted): number {
  if (piloted.mode === 'interleaved') return isWhole(piloted.experiment) ? 1 : LEAST_ROUNDS;
  return listRuns(piloted.blocks).length > 0 ? settleRounds(piloted) : LEAST_ROUNDS;
}

function makePace(
  iterations: ReadonlyMap<string, number>,
  warmUp: Readonly<Record<string, number>>,
  piloted: Omit<Piloted, 'budgetLeftS'>,
): Pace {
  const whole = isWhole(piloted.experiment);
  const batchS = settleBatch(listRuns(piloted.blocks), piloted.mode);
  return {
    iterations: (arm) => (whole ? 1 : iterations.get(paceKey(arm.treatment))),
    batchFor: (secondsPerOperation, cycle) => (whole ? 1 : batchIterations(secondsPerOperation, cycle, batchS)),
    // A probed process also touches its record file for the first time.
    warmUp: (arm) => (arm.role === 'probed' ? undefined : warmUp[paceKey(arm.treatment)]),
  };
}

/** A whole program is its own operation: it is never repeated inside a run. */
function isWhole({ subject }: Experiment): boolean {
  return subject.kind === 'command';
}

/** Seconds a batch of these runs aims at. */
function settleBatch(runs: readonly RunOutcome[], mode: Mode): number {
  const known = (values: readonly number[]): number => (values.length > 0 ? median(values) : 0);
  const asking = mode === 'interleaved' ? 0 : known(runs.flatMap((run) => run.askingS ?? []));
  const start = known(runs.map((run) => run.startS ?? 0));
  return Math.max(BATCH_S[mode], Math.min(LONGEST_BATCH_S, Math.max(asking, start / START_SHARE)));
}

function settleIterations(piloted: Omit<Piloted, 'budgetLeftS'>, repetitions = 1): ReadonlyMap<string, number> {
  const { blocks, plan, experiment } = piloted;
  const byKey = new Map<string, RunOutcome[]>();
  const arms = new Map(plan.arms.map((arm) => [arm.id, arm]));
  for (const run of listRuns(blocks)) {
    const arm = arms.get(run.arm);
    // A probed process is slower; the pace is that of the bare ones.
    if (!arm || holdsProbe(arm)) continue;
    const key = paceKey(arm.treatment);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return new Map(
    [...byKey].map(([key, runs]) => {
      const batchS = settleBatch(runs, piloted.mode) * repetitions;
      const seconds = median(runs.map((run) => median(run.batches)));
      const cycle = Math.max(...runs.map((run) => run.cycle ?? 1));
      return [key, isWhole(experiment) ? 1 : batchIterations(seconds, cycle, batchS)];
    }),
  );
}

/**
 * Batches of each process: what starting the processes costs over what one more round of batches costs, times how much a batch
 * varies over how much a process does, under the root. Never so many that the budget would not pay for the fewest blocks of both
 * stages. Rounds that take turns: between 4 and 20, whole. Interleaved: pieces of one batch, as many as pay.
 */
function settleRounds(piloted: Piloted): number {
  const { blocks, mode, plan, budgetLeftS } = piloted;
  const interleaved = mode === 'interleaved';
  const least = interleaved ? 1 : LEAST_ROUNDS;
  const price = typicalPrice(blocks);
  if (isWhole(piloted.experiment) || !price) return least;
  const best = bestRepetitions({
    unit: price.fixedS,
    repetition: price.roundS,
    varianceRatio: varianceRatio(blocks, plan, interleaved ? BATCH_S.alternating / BATCH_S.interleaved : 1),
  });
  const payable = (budgetLeftS / (2 * FIRST_LOOK) - price.fixedS) / price.roundS;
  if (interleaved) return Math.max(least, Math.min(best, payable));
  return Math.max(least, Math.min(DEFAULT_ROUNDS, Math.ceil(best), Math.floor(payable)));
}

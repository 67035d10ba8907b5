/** What the pilot settles and then stays fixed: iterations a batch, batches a block, and at how many blocks to look. */
import { type Look, MOST_BLOCKS, type Mode, type Treatment } from '../model/plan.ts';
import { boundaries } from '../stats/spending.ts';

const ALPHA = 0.05;
/** Kim-DeMets: error spent grows with the square of the blocks (docs/method.md, "When a study stops"). */
const SPENDING_RHO = 2;
export const FIRST_LOOK = 12;
export const DEFAULT_ROUNDS = 20;
/** Blocks of a mode that its pilot has, when the budget allows. */
export const PILOT_BLOCKS: Readonly<Record<Mode, number>> = {
  'in-process': 12,
  alternating: 12,
  interleaved: 8,
  duet: 12,
};
/** The pilot ends early when it has used this share of the budget, with at least so many blocks. */
export const PILOT_SHARE = 0.25;
export const LEAST_PILOT = 4;
/** Seconds a batch aims at: short ones that take turns see through speed changes. Interleaved: in the pilot; what pays is settled by it. */
export const BATCH_S: Readonly<Record<Mode, number>> = {
  'in-process': 1e-3,
  alternating: 1e-3,
  interleaved: 0.01,
  duet: 1e-3,
};
const LOOKS_AT = [0.2, 0.4, 0.6, 0.8, 1];

/**
 * Arms of one key run the same number of iterations a batch. All builds and planted faults of a treatment share one, so that a slower build
 * is not given less work; paths and other levels have their own, as their work differs anyway.
 */
export function paceKey(treatment: Treatment): string {
  return Object.entries(treatment.levels)
    .filter(([name]) => name !== 'build' && !name.startsWith('fault.'))
    .map(([name, level]) => `${name}=${level}`)
    .sort()
    .join(' · ');
}

export interface LookInput {
  /** Of the pilot: seconds one block took. */
  readonly pilot: { readonly blockS: number };
  /** Seconds left of the budget once the pilot is done. */
  readonly budgetLeftS: number;
  /** Cap on judged blocks that the user set. */
  readonly maxBlocks?: number;
  /** Blocks before the first look, whatever they cost: 12 where nothing is said. */
  readonly leastBlocks?: number;
  /** Of a change that is taken out: one look, at 40 blocks or more, so that no proof rests on a study that stopped when it looked well. */
  readonly proves?: boolean;
}

const FEWEST_OF_PROOF = 40;

/**
 * Five looks at a fifth, two fifths … of the most blocks that half the budget pays for (the other half is kept for the
 * repetition on fresh blocks); looks under 12 blocks are left out and the levels computed for those that remain.
 * At least 12 blocks are judged even when the budget pays for fewer, unless the user's own cap is lower.
 */
export function scheduleLooks({ pilot, budgetLeftS, maxBlocks, leastBlocks, proves = false }: LookInput): Look[] {
  const first = leastBlocks ?? (proves ? FEWEST_OF_PROOF : FIRST_LOOK);
  const cap = Math.max(leastBlocks ?? 1, Math.min(maxBlocks ?? MOST_BLOCKS, MOST_BLOCKS));
  const paid = Math.floor(budgetLeftS / pilot.blockS / 2);
  const most = Math.max(1, Math.min(cap, Math.max(first, Number.isNaN(paid) ? 0 : paid)));
  const counts = [...new Set(LOOKS_AT.map((share) => Math.round(share * most)))].filter(
    (blocks) => blocks === most || (!proves && blocks >= first),
  );
  const { nominal } = boundaries(
    counts.map((blocks) => blocks / most),
    ALPHA,
    SPENDING_RHO,
  );
  return counts.map((blocks, look) => ({ blocks, nominal: nominal[look]! }));
}

/** Iterations of one batch: about `batchS` seconds, whole input cycles, at least one. */
export function batchIterations(secondsPerOperation: number, cycle: number, batchS = BATCH_S.alternating): number {
  const whole = Math.max(1, Math.floor(cycle));
  const cycles = secondsPerOperation > 0 ? Math.round(batchS / secondsPerOperation / whole) : 1;
  return whole * Math.min(Math.max(1, cycles), Math.max(1, Math.floor(1e9 / whole)));
}

/** Where the effects of a design stand: at which look each was decided, and what has to repeat on fresh blocks. */
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import { readTerms, type SizedEffect, sizerOf, type TermReading } from './effects.ts';
import { MISSING_VALUES } from './repetition.ts';
import { type Block, isExact } from './samples.ts';
import { freshLooks } from './verdict.ts';

export interface EffectDecision {
  readonly reading: TermReading;
  /** Judged blocks it rests on. */
  readonly blocks: number;
  /** Of those, the ones with all of its values. */
  readonly told: number;
  readonly first: SizedEffect;
  /** The judged blocks themselves: steps on fresh blocks are read in their directions. */
  readonly judged: readonly Block[];
  readonly state: 'pending' | 'settled';
}

export interface EffectInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly schedule: Schedule;
}

/** Level while watching, when blocks go on until the comparisons are decided: effects then wait for nothing. */
const WATCHED_LEVEL = 0.005;

/**
 * Each effect at the first look that decides it, as comparisons are; none on an exact count. Intervals at one look hold at
 * all of them together, and an effect has to lie wholly beyond the margin to matter: so no further price for their number.
 */
export function decideEffects({ experiment, plan, schedule }: EffectInput, judged: readonly Block[]): EffectDecision[] {
  const metric = experiment.metrics.primary;
  if (!plan.design || isExact(metric)) return [];
  const margin = marginOf(experiment, metric);
  const watched = { blocks: judged.length, nominal: WATCHED_LEVEL };
  const looks =
    schedule.stopping === 'anytime' ? [watched] : schedule.looks.filter(({ blocks }) => blocks <= judged.length);
  const isLast = (look: number) => schedule.stopping === 'anytime' || look === schedule.looks.length - 1;
  return readTerms(plan, experiment).map((reading) => {
    const size = sizerOf(reading, judged, { metric, mode: schedule.mode });
    let last: EffectDecision | undefined;
    for (const [look, { blocks, nominal }] of looks.entries()) {
      const { blocks: told, ...first } = size(blocks, { nominal, margin });
      const settled = first.size !== 'undecided' || isLast(look);
      last = { reading, blocks, told, first, judged: judged.slice(0, blocks), state: settled ? 'settled' : 'pending' };
      if (settled) break;
    }
    if (last) return last;
    const nominal = schedule.looks[0]?.nominal ?? 0;
    const { blocks: told, ...first } = size(judged.length, { nominal, margin });
    return {
      reading,
      blocks: judged.length,
      told,
      first: { ...first, size: 'undecided' },
      judged,
      state: 'pending',
    };
  });
}

/** Whether the study goes on for it. */
export function isAwaited({ reading, state }: EffectDecision): boolean {
  return reading.term.asked && state === 'pending';
}

/** Whether it has to repeat on fresh blocks: it was asked for, and matters. */
export function hasMattered({ reading, state, first }: EffectDecision): boolean {
  return reading.term.asked && state === 'settled' && first.size === 'matters';
}

export interface EffectRepetition {
  /** Fresh blocks in all that are to be run. */
  readonly due: number;
  /** At the last look that was reached; undefined before the first, or when too many of its blocks lack a value. */
  readonly said?: SizedEffect;
  /** What it rests on. */
  readonly blocks: number;
}

/**
 * What fresh blocks say of an effect that mattered, at the looks they have reached, which are those of comparisons: again
 * wholly beyond the margin on the same side; inside it; else open, and asked once more where there are blocks for it.
 */
export function repeatEffect(
  { reading, blocks, first, judged }: EffectDecision,
  fresh: readonly Block[],
  { experiment, schedule }: EffectInput,
): EffectRepetition {
  const metric = experiment.metrics.primary;
  const margin = marginOf(experiment, metric);
  const size = sizerOf(reading, fresh, { metric, mode: schedule.mode, earlier: judged });
  let seen: EffectRepetition = { due: 0, blocks: 0 };
  for (const { blocks: due, nominal } of freshLooks(blocks, schedule.looks.at(-1)?.blocks ?? 0)) {
    if (fresh.length < due) return { ...seen, due };
    const { blocks: told, ...second } = size(due, { nominal, margin });
    if (told < due * (1 - MISSING_VALUES)) return { ...seen, due };
    const turned = Math.sign(second.centre) !== Math.sign(first.centre);
    const said: SizedEffect = turned && second.size === 'matters' ? { ...second, size: 'undecided' } : second;
    seen = { due, said, blocks: told };
    if (said.size !== 'undecided') return seen;
  }
  return seen;
}

/** Treatments whose runs an effect is made of: all of the design, and the middle where there is one. */
export function treatmentsOfDesign({ arms, design }: Plan): string[] {
  const names = design?.factors.map(({ name }) => name) ?? [];
  return arms
    .filter((arm) => arm.role === 'main' && names.every((name) => arm.treatment.levels[name] !== undefined))
    .map((arm) => arm.treatment.id);
}

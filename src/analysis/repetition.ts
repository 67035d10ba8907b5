/**
 * What fresh blocks say of a change that was found, at the looks they have reached. One place for the engine, which asks how many to
 * run, and for the result, which reports what they said: the two can't disagree.
 */
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { ContrastKind, Mode, Schedule } from '../model/plan.ts';
import type { Decision } from './assess.ts';
import { type Block, type Pair, type PairedArms, pairBlocks } from './samples.ts';
import { type Confirmation, confirm, freshLooks, isFound, type Judgement } from './verdict.ts';

export interface Finding {
  readonly verdict: Judgement['verdict'];
  /** Judged blocks it took. */
  readonly blocks: number;
  readonly metric: string;
  readonly arms: PairedArms;
  readonly kind: ContrastKind;
  /** As a fraction. */
  readonly margin: number;
}

export interface Repetition {
  /** Fresh blocks in all that are to be run. */
  readonly due: number;
  /** At the last look that was reached; undefined before the first, or when too many of its blocks lack a value. */
  readonly said?: Confirmation;
  /** What `said` rests on: of the first `blocks` fresh ones. */
  readonly blocks: number;
  readonly pairs: readonly Pair[];
}

/** What of a comparison was found and has to repeat: on the primary metric, and on gate metrics. */
export function listFindings({ contrast, blocks, primary, gate }: Decision, experiment: Experiment): Finding[] {
  const judged: (readonly [string, Judgement | undefined])[] = [
    [experiment.metrics.primary, primary],
    ...Object.entries(gate),
  ];
  return judged.flatMap(([metric, judgement]) => {
    if (!judgement || !isFound(judgement.verdict)) return [];
    const { verdict } = judgement;
    return [{ verdict, blocks, metric, arms: contrast, kind: contrast.kind, margin: marginOf(experiment, metric) }];
  });
}

/** Share of blocks of a later stage that may lack a value (a count of zero, a batch too short) before it says nothing. */
export const MISSING_VALUES = 0.1;

/** `fresh`: blocks without a failure, in run order. */
export function repeatFinding(
  { verdict, blocks, metric, arms, kind, margin }: Finding,
  fresh: readonly Block[],
  { mode, looks }: { readonly mode: Mode; readonly looks: Schedule['looks'] },
): Repetition {
  let seen: Repetition = { due: 0, blocks: 0, pairs: [] };
  for (const look of freshLooks(blocks, looks[looks.length - 1]?.blocks ?? 0)) {
    const due = look.blocks;
    if (fresh.length < due) return { ...seen, due };
    const pairs = pairBlocks(fresh.slice(0, due), arms, metric, mode);
    if (pairs.length < due * (1 - MISSING_VALUES)) return { ...seen, due };
    const logRatios = pairs.map((pair) => pair.logRatio);
    const said = confirm(logRatios, { margin, kind, found: verdict, nominal: look.nominal });
    seen = { due, blocks: due, pairs, said };
    if (said.confirmed === 'fresh') return seen;
  }
  return seen;
}

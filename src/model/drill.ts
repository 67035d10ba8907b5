/**
 * Drills: studies of a program in which a fault was hidden, or none, and what each said of where the change is. Kept for each
 * machine and subject beside its calibration.
 */
import type { Rate } from './calibration.ts';
import type { FaultName } from './fault.ts';
import type { LayerChange } from './layer.ts';
import type { Verdict } from './result.ts';
import type { Witness } from './witness.ts';

export const DRILLS_SCHEMA = 'seamark/drills@1';

/** A fault of each of the five layers in which a change is told apart, and what it shows as. */
export const DRILL_FAULTS = [
  { kind: 'delay', in: 'foreign code', layers: ['callee'], at: 'site' },
  { kind: 'allocs', in: 'foreign allocation', layers: ['allocator'], at: 'site' },
  { kind: 'go-copy', in: 'copy at the boundary', layers: ['copy'], at: 'C.GoBytes' },
  { kind: 'contention', in: 'lock', layers: ['lock'], at: 'site' },
  { kind: 'go-alloc', in: 'Go allocation', layers: ['go', 'collector'], at: 'program' },
] as const satisfies readonly {
  readonly kind: FaultName;
  readonly in: string;
  /** Any of these is right as the layer that moved most. */
  readonly layers: readonly string[];
  /** site: where it was planted · program: nowhere in particular · else the name of the site at which it shows. */
  readonly at: string;
}[];

export type DrillKind = (typeof DRILL_FAULTS)[number]['kind'];

/** What was hidden. */
export interface Planted {
  readonly kind: DrillKind;
  readonly site: string;
  /** As a spec says it: `120 ns`, `812 B`, `14`. */
  readonly size: string;
  readonly every?: number;
  /** Seconds an operation that it was sized to cost, and their share of an operation. */
  readonly seconds: number;
  readonly share: number;
}

/** One study of a series, as it is kept. */
export interface Drill {
  readonly seed: number;
  readonly budgetS: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Absent: nothing, a program against itself. */
  readonly planted?: Planted;
  /** Of the whole program. */
  readonly verdict: Verdict;
  readonly ratio: number;
  /** Layers and sites that were said to have moved, in the order of the answer. */
  readonly named: readonly Pick<LayerChange, 'layer' | 'site' | 'delta' | 'low' | 'high' | 'verdict'>[];
  /** Those that were asked; an answer in figures cites its count. */
  readonly witnesses: readonly (Pick<Witness, 'name' | 'says' | 'seen'> & { readonly cites: boolean })[];
  readonly judged: DrillJudgement;
  readonly seconds: number;
}

/** Planted: whether the first layer named is the right one, and its first site. Nothing planted: whether nothing was named. */
export interface DrillJudgement {
  readonly layer: boolean;
  /** Absent where the fault has no site, or the layer is wrong already. */
  readonly site?: boolean;
  /** No witness agrees without a count to cite, nor with what is not there. */
  readonly witnesses: boolean;
}

export interface DrillRates {
  readonly schema: typeof DRILLS_SCHEMA;
  readonly subject: string;
  readonly treatment: string;
  readonly version: string;
  readonly drills: readonly Drill[];
  readonly layer: Rate;
  readonly site: Rate;
  readonly silent: Rate;
  readonly witnesses: Rate;
}

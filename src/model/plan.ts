/** What will be done, fixed by the experiment and the seed before the first judged block. */
import type { Path } from './experiment.ts';

/** Level text by factor name. */
export type Levels = Readonly<Record<string, string>>;

/** One level of each factor that exists here. `levels` maps factor name to level text and holds `path` where there are paths. */
export interface Treatment {
  /** Stable and readable: `go->rust · payload=4 KiB · handover=borrow`. */
  readonly id: string;
  readonly path?: Path;
  readonly levels: Levels;
}

/** Whether `levels` has every level that `wanted` names. */
export function holds(levels: Levels, wanted: Levels): boolean {
  return Object.entries(wanted).every(([name, level]) => levels[name] === level);
}

/**
 * main: judged · aa: the same treatment once more, to see what chance and position do · probed: the same treatment
 * built with the probe, for the boundary map and the probe's own cost, never for a verdict on time.
 */
export type ArmRole = 'main' | 'aa' | 'probed';

/** A treatment as it is run. Each arm of a block is one process. */
export interface Arm {
  readonly id: string;
  readonly treatment: Treatment;
  readonly role: ArmRole;
  /** Runs in blocks whose number is divisible by this: 1 is every block. */
  readonly every: number;
}

/**
 * How the arms of a block share the machine, from the cheapest way to see a change to the most whole one.
 * in-process: builds loaded into one process, batches take turns · alternating: all processes of a block live at once and
 * batches of about a millisecond take turns · interleaved: one process after the other, shuffled · duet: all processes of a
 * block at the same time, each on cores of its own (only when asked for).
 */
export type Mode = 'in-process' | 'alternating' | 'interleaved' | 'duet';

/** build: baseline against candidate, may be a regression · contrast: paths or levels, slower or faster, never a gate. */
export type ContrastKind = 'build' | 'contrast';

/** Two treatments to be compared, by arm id. */
export interface Contrast {
  readonly id: string;
  readonly kind: ContrastKind;
  /** What both have in common: `payload=4 KiB · handover=borrow`; empty when nothing. */
  readonly treatment: string;
  /** What tells them apart: `go` against `go->rust`, `v1.4.0` against `HEAD`. */
  readonly factor: string;
  readonly baselineArm: string;
  readonly candidateArm: string;
  readonly baseline: string;
  readonly candidate: string;
}

export interface Look {
  /** Judged blocks at this look. */
  readonly blocks: number;
  /** Two-sided nominal level spent at this look: the interval's level is 1 minus this. */
  readonly nominal: number;
}

/** Settled by the pilot and then fixed. */
export interface Schedule {
  readonly looks: readonly Look[];
  /** Iterations of a batch by pace key (see `paceKey`), a multiple of the input cycle. */
  readonly iterations: Readonly<Record<string, number>>;
  /** Batches of each process in a block. */
  readonly rounds: number;
  /** Seconds one block takes, from the pilot. */
  readonly blockS: number;
  /** Batches that warm a process up, by pace key; where the pilot could not tell, the usual warm-up. */
  readonly warmUp?: Readonly<Record<string, number>>;
  /** Exact counts are taken in blocks whose number is divisible by this: 1 unless the pilot found them all steady. */
  readonly countEvery?: number;
}

export interface Plan {
  readonly seed: number;
  readonly mode: Mode;
  readonly arms: readonly Arm[];
  readonly contrasts: readonly Contrast[];
  readonly pilotBlocks: number;
  readonly budgetS: number;
}

/** What the seed says of one block. */
export interface BlockOrder {
  readonly block: number;
  /** Arm ids in the order their processes are opened (and run, when interleaved). */
  readonly opening: readonly string[];
  /** Per round, arm ids in the order their batches run; one round, equal to `opening`, when interleaved. */
  readonly rounds: readonly (readonly string[])[];
  /** Bytes of padding added to the environment, per arm. */
  readonly padding: Readonly<Record<string, number>>;
}

/** What will be done, fixed by the experiment and the seed before the first judged block. */
import type { DesignFacts } from './design.ts';
import type { Path, Stopping } from './experiment.ts';

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
 * built with the probe, for the boundary map and the probe's own cost, never for a verdict on time · off: that build with
 * the probe switched off, for its cost alone.
 */
export type ArmRole = 'main' | 'aa' | 'probed' | 'off';

/** Whether the probe is compiled into what this arm runs, switched on or off: such arms explain, and nothing is judged by them. */
export function holdsProbe({ role }: Pick<Arm, 'role'>): boolean {
  return role === 'probed' || role === 'off';
}

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
export type Mode = (typeof MODES)[number];

export const MODES = ['in-process', 'alternating', 'interleaved', 'duet'] as const;

/** build: baseline against candidate, may be a regression · contrast: paths or levels, slower or faster, never a gate. */
export type ContrastKind = 'build' | 'contrast';

/** Blocks of a study's first stage at most, whatever its budget is. */
export const MOST_BLOCKS = 2000;

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

/** How the blocks of one mode run, as its pilot settled it. */
export interface Pacing {
  readonly mode: Mode;
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

/** What the pilot saw of a mode. */
export interface ModePrice {
  readonly mode: Mode;
  /** Pilot blocks of it in which no run failed. */
  readonly blocks: number;
  /** Seconds of one block, as it would run. */
  readonly blockS: number;
  /** Robust standard deviation of a block's log-ratio, the median over build comparisons; absent when too few blocks tell. */
  readonly spread?: number;
  /** Seconds until a change of the margin would be seen in 8 of 10 studies at 5 %, at least the fewest blocks; absent likewise. */
  readonly seconds?: number;
}

/** Settled by the pilot and then fixed. */
export interface Schedule extends Pacing {
  /** Anytime: one, the first block at which it may stop. */
  readonly looks: readonly Look[];
  /** Default: looks. */
  readonly stopping?: Stopping;
  /** Treatment -> 1 in so many crossings is timed in its probed runs, where a full record costs too much; others: each. */
  readonly timedEvery?: Readonly<Record<string, number>>;
  /** Treatment that also runs with the probe switched off, beside its probed runs; absent where nothing crossed in the pilot. */
  readonly probeOff?: string;
  /** Every mode that the pilot tried, in the plan's order. */
  readonly prices?: readonly ModePrice[];
  /** The next more whole mode, in which a confirmed regression is asked once more; absent where `mode` is the most whole there is. */
  readonly processes?: Pacing & { readonly spread?: number };
}

/**
 * The mode of blocks of probed runs: that of the judged ones, but where builds share a process the next more whole one, as a probed
 * build has a process of its own and its bare twin must have one too.
 */
export function probedMode({ mode, processes }: Pick<Schedule, 'mode' | 'processes'>): Mode {
  return mode === 'in-process' && processes ? processes.mode : mode;
}

export interface Plan {
  readonly seed: number;
  /** Tried in the pilot, from the cheapest to the most whole; the schedule names the one that judges. */
  readonly modes: readonly Mode[];
  /** Asked for; otherwise the pilot chooses. */
  readonly mode?: Mode;
  readonly arms: readonly Arm[];
  readonly contrasts: readonly Contrast[];
  /** What can be told from the treatments together; absent where factors are nested, or fewer than two. */
  readonly design?: DesignFacts;
  /** Of all modes together. */
  readonly pilotBlocks: number;
  readonly budgetS: number;
}

/** What the seed says of one block. */
export interface BlockOrder {
  readonly block: number;
  /** Arm ids in the order their processes are opened (and run, when interleaved). */
  readonly opening: readonly string[];
  /** Per round, arm ids in the order their batches run. Interleaved processes run one batch a round, each all of its own at once. */
  readonly rounds: readonly (readonly string[])[];
  /** Bytes of padding added to the environment, per arm. */
  readonly padding: Readonly<Record<string, number>>;
}

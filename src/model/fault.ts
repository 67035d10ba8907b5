/**
 * What can be planted on purpose, so that what is found is known beforehand. The words of the spec, and where in the
 * boundary map each has to appear. How it is done stands in go/toolexec/probe/fault-plant.c.txt, in the same order.
 */
import type { Dimension } from './unit.ts';

/** callee, go, callback: in a crossing; process: in the process as a whole, from its start. */
export type FaultLayer = 'callee' | 'go' | 'callback' | 'process';

export interface FaultKind {
  /** Behind `fault.` in the spec. */
  readonly name: string;
  readonly dimension: Extract<Dimension, 'seconds' | 'bytes' | 'count'>;
  /** In the base unit; what is larger would be answered by a limit of time or memory. */
  readonly most: number;
  readonly layer: FaultLayer;
  /** Goes on with ", at every call": for the record of a study. */
  readonly what: string;
}

const MIB = 2 ** 20;

export const FAULT_KINDS = [
  { name: 'delay', dimension: 'seconds', most: 1, layer: 'callee', what: 'busy time on the foreign side' },
  {
    name: 'jitter',
    dimension: 'seconds',
    most: 1,
    layer: 'callee',
    what: 'busy time of that mean on the foreign side',
  },
  { name: 'copy', dimension: 'bytes', most: 256 * MIB, layer: 'callee', what: 'bytes copied on the foreign side' },
  { name: 'alloc', dimension: 'bytes', most: 256 * MIB, layer: 'callee', what: 'bytes of malloc, touched and freed' },
  { name: 'leak', dimension: 'bytes', most: 256 * MIB, layer: 'callee', what: 'bytes of malloc, touched and kept' },
  { name: 'lock', dimension: 'seconds', most: 1, layer: 'callee', what: 'one lock of the process held, busy' },
  { name: 'syscall', dimension: 'count', most: 100_000, layer: 'callee', what: 'system calls (getppid)' },
  { name: 'threads', dimension: 'count', most: 1000, layer: 'callee', what: 'threads made and awaited' },
  { name: 'allocs', dimension: 'count', most: 100_000, layer: 'callee', what: 'blocks of 64 B by malloc and free' },
  {
    name: 'contention',
    dimension: 'seconds',
    most: 1,
    layer: 'callee',
    what: 'sleep on a lock that a thread of our own holds',
  },
  { name: 'go-delay', dimension: 'seconds', most: 1, layer: 'go', what: 'busy time in Go before the call' },
  {
    name: 'go-alloc',
    dimension: 'bytes',
    most: 256 * MIB,
    layer: 'go',
    what: 'bytes of garbage made in Go before the call',
  },
  {
    name: 'go-copy',
    dimension: 'bytes',
    most: 256 * MIB,
    layer: 'go',
    what: 'bytes copied into Go after the call, as C.GoBytes does',
  },
  { name: 'callback-delay', dimension: 'seconds', most: 1, layer: 'callback', what: 'busy time in Go' },
  { name: 'ballast', dimension: 'bytes', most: 65_536 * MIB, layer: 'process', what: 'bytes touched and held' },
  {
    name: 'cache',
    dimension: 'bytes',
    most: 1024 * MIB,
    layer: 'process',
    what: 'bytes run through every 10 ms by a thread',
  },
  { name: 'cores', dimension: 'count', most: 1023, layer: 'process', what: 'cores taken away' },
] as const satisfies readonly FaultKind[];

export type FaultName = (typeof FAULT_KINDS)[number]['name'];

/** Of `fault.delay`; undefined for what is no fault. */
export function faultKindOf(factor: string): (FaultKind & { readonly name: FaultName }) | undefined {
  return FAULT_KINDS.find(({ name }) => `fault.${name}` === factor);
}

/** How the times of a jitter lie about their mean: evenly from nothing to twice as much, or exponentially. */
export const SPREADS = ['uniform', 'exponential'] as const;
export type Spread = (typeof SPREADS)[number];

/** What else speaks for or against a change that was seen: part of a Result. */

/** agrees: it moved the same way · disagrees: it shows that nothing of the kind moved, or the other way · blind: it can't see this. */
export type Says = 'agrees' | 'disagrees' | 'blind';

export interface Witness {
  /** `instructions`, `system calls`, `allocations` … */
  readonly name: string;
  /** What both builds share; '' when nothing. */
  readonly treatment: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly says: Says;
  /** As a sentence, with its count: `312 → 326 instructions an operation more, all in decode (Rust)`. Of a blind one: why. */
  readonly seen: string;
  /** What moved, the largest first. */
  readonly findings: readonly Finding[];
  /** A tool that would have seen more, and how to get it. */
  readonly missing?: string;
}

/** One thing that differs, per operation. */
export interface Finding {
  /** A function, a system call, a lock, an allocation's site. */
  readonly what: string;
  readonly language?: 'go' | 'rust' | 'c';
  readonly where?: string;
  readonly unit: 'instructions' | 'calls' | 'allocations' | 'bytes' | 'seconds' | 'misses' | 'waits';
  readonly baseline: number;
  readonly candidate: number;
}

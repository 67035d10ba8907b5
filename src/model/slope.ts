/** What a known delay in one layer costs the whole operation: part of a Result. */
import type { FaultName } from './fault.ts';
import type { Layer } from './layer.ts';

/**
 * in line: a second there is a second of the whole · hidden: it costs nothing, something longer runs beside it · partly hidden: more than
 * nothing, and less than a second · amplified: more than a second, as what waits behind it waits too · undecided: the interval is too wide.
 */
export type SlopeSays = 'in line' | 'hidden' | 'partly hidden' | 'amplified' | 'undecided';

/** Busy waits that can be planted in one layer of one site. */
export const SLOWED_LAYERS = {
  delay: 'callee',
  'go-delay': 'go',
  'callback-delay': 'callback',
} as const satisfies Partial<Record<FaultName, Layer>>;

/** Seconds that one operation takes longer for each second of delay in it, over all delays of one factor. */
export interface Slope {
  /** `fault.delay`. */
  readonly factor: string;
  readonly layer: (typeof SLOWED_LAYERS)[keyof typeof SLOWED_LAYERS];
  /** Where the delay is; absent: at every call. */
  readonly site?: string;
  /** What all its arms share; '' when nothing. */
  readonly treatment: string;
  readonly levels: Readonly<Record<string, string>>;
  /** Seconds of delay in one operation, and by how much longer it took (middle over the blocks), by level. */
  readonly points: readonly { readonly level: string; readonly delayS: number; readonly longerS: number }[];
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
  readonly says: SlopeSays;
}

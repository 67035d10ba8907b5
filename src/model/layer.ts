/** Where the time of an operation goes, and where a change of it comes from: part of a Result. */
import type { Verdict } from './result.ts';

/**
 * Exclusive times of one operation that sum to its whole. Inside calls each may be asked of one site; the others belong to the
 * whole program. `go`: Go's own code · `collector`: assist and stop-the-world pauses within it · `go-lock`: Go waiting for a lock ·
 * `entry`, `return`: the crossing itself · `callee`: the foreign side's own code · `allocator`: the foreign allocator ·
 * `lock`: the foreign side waiting, off the processor by its own will · `callback`: Go inside a callback · `copy`: cgo's helpers
 * that copy a payload · `run-queue`: ready, and
 * waiting for a processor · `unaccounted`: what none of these holds.
 */
export const LAYERS = [
  'go',
  'collector',
  'go-lock',
  'entry',
  'callee',
  'allocator',
  'lock',
  'return',
  'callback',
  'copy',
  'run-queue',
  'unaccounted',
] as const;

export type Layer = (typeof LAYERS)[number];

/** Between two builds: how much longer one operation spends in one layer. */
export interface LayerChange {
  /** What both builds share; '' when nothing. */
  readonly treatment: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly layer: Layer;
  /** The foreign function, or of a callback Go's; absent: over the whole program. */
  readonly site?: string;
  /** Mean seconds an operation in this layer, of each build. */
  readonly baselineS: number;
  readonly candidateS: number;
  /** Candidate minus baseline, seconds an operation, with the interval that holds for all layers (and for all sites) at once. */
  readonly delta: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly blocks: number;
  /** regression and improvement: the interval leaves zero out; equivalent: within the margin of the whole; else undecided. */
  readonly verdict: Extract<Verdict, 'regression' | 'improvement' | 'equivalent' | 'undecided'>;
}

/** Whether its interval leaves zero out. */
export function hasMoved({ verdict }: Pick<LayerChange, 'verdict'>): boolean {
  return verdict === 'regression' || verdict === 'improvement';
}

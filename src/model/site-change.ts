/** Where two builds differ in what is exact: part of a Result. */
import type { Comparison } from './result.ts';

/** An exact count of one site that differs between two builds, per operation. */
export interface SiteChange
  extends Pick<
    Comparison,
    | 'treatment'
    | 'factor'
    | 'baseline'
    | 'candidate'
    | 'baselineArm'
    | 'candidateArm'
    | 'baselineValue'
    | 'candidateValue'
  > {
  /** As it is asked for: its symbol; where several have it, `example.com/db.free` or `callback goOnRow`. */
  readonly site: string;
  /** A metric of the probe: `callee.allocs`. */
  readonly quantity: string;
  /** Probed runs of an arm behind it, the fewer of the two. */
  readonly runs: number;
  /** Each arm shows one and the same value in all its runs; otherwise medians, of ranges that lie apart. */
  readonly steady: boolean;
}

/** What a tool says of two versions, and what saying it cost. */
import type { Version } from './versions.ts';

export interface Said {
  readonly call: 'slower' | 'faster' | 'none';
  readonly cpuS: number;
}

export interface Judge {
  readonly name: string;
  /** How it was asked: `-count=10 each, one after the other`. */
  readonly manner: string;
  compare(baseline: Version, candidate: Version, turn: number): Promise<Said>;
}

/** A study was stopped by the user: what it had, and how far it came. */
import type { Result } from '../model/result.ts';
import { Interruption } from '../runner/interruption.ts';

export class StudyInterrupted extends Interruption {
  readonly study: string;
  /** Good blocks by then, those of the pilot included. */
  readonly blocks: number;
  readonly pilotBlocks: number;
  /** What is known so far; undefined before the first judged block. */
  readonly result: Result | undefined;

  constructor(study: string, blocks: number, pilotBlocks: number, result: Result | undefined) {
    super();
    this.name = 'StudyInterrupted';
    this.study = study;
    this.blocks = blocks;
    this.pilotBlocks = pilotBlocks;
    this.result = result;
  }
}

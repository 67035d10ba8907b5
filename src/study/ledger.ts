/** Everything a study has done so far, as its journal tells it: the only state of the engine. */
import type { Schedule } from '../model/plan.ts';
import type { Outcome, RunOutcome, Stage } from '../model/run.ts';
import type { BlockEntry, JournalEntry } from '../store/journal.ts';

export class Ledger {
  readonly blocks: BlockEntry[] = [];
  readonly outcomes: Outcome[] = [];
  schedule: Schedule | undefined;
  readonly #ran = noBlocks();
  readonly #good = noBlocks();

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) this.add(entry);
  }

  add(entry: JournalEntry): void {
    if (entry.kind === 'schedule') this.schedule = entry.schedule;
    if (entry.kind !== 'block') return;
    this.blocks.push(entry);
    this.outcomes.push(...entry.outcomes);
    this.#ran[entry.stage] += 1;
    if (!entry.outcomes.some((outcome) => outcome.kind === 'failure')) this.#good[entry.stage] += 1;
  }

  /** Blocks of a stage that were run, with or without a failure: the number of the next one. */
  ran(stage: Stage): number {
    return this.#ran[stage];
  }

  /** Blocks of both stages that were run. */
  get timed(): number {
    return this.#ran.judged + this.#ran.fresh;
  }

  good(stage: Stage): number {
    return this.#good[stage];
  }

  /** Those that check and explain are no part of it: nobody planned so many. */
  get goodBlocks(): number {
    const { pilot, judged, fresh, processes } = this.#good;
    return pilot + judged + fresh + processes;
  }

  /** Seconds the study has run, pauses left out. */
  get elapsedS(): number {
    return this.blocks.at(-1)?.endedS ?? 0;
  }

  get runs(): RunOutcome[] {
    return this.outcomes.filter((outcome) => outcome.kind === 'run');
  }
}

function noBlocks(): Record<Stage, number> {
  return { pilot: 0, judged: 0, fresh: 0, self: 0, probed: 0, processes: 0 };
}

/** The drills of one subject on one machine: a line each, beside its calibration. */
import { join } from 'node:path';
import { DRILLS_SCHEMA, type Drill } from '../model/drill.ts';
import { appendLine, readLines } from './line-file.ts';

const SERIES = 'drills.ndjson';

/** A series begins anew for what is run within this budget: what was kept of it before counts no more. */
interface Begin {
  readonly kind: 'begin';
  readonly schema: typeof DRILLS_SCHEMA;
  readonly budgetS: number;
}

type Line = Begin | ({ readonly kind: 'drill' } & Drill);

/** `folder` is made when the first line is kept. */
export class DrillSeries {
  readonly #folder: string;
  readonly #budgetS: number;

  constructor(folder: string, budgetS: number) {
    this.#folder = folder;
    this.#budgetS = budgetS;
  }

  /** Forgets what is known. */
  begin(): void {
    appendLine(this.#folder, SERIES, { kind: 'begin', schema: DRILLS_SCHEMA, budgetS: this.#budgetS } satisfies Begin);
  }

  add(drill: Drill): void {
    appendLine(this.#folder, SERIES, { kind: 'drill', ...drill } satisfies Line);
  }

  /** What still counts of this budget, in the order in which it ran. */
  drills(): readonly Drill[] {
    let kept: Drill[] = [];
    for (const line of readLines<Line>(join(this.#folder, SERIES))) {
      if (line.budgetS !== this.#budgetS) continue;
      if (line.kind === 'begin') kept = [];
      else if (line.kind === 'drill') kept.push(revive(line));
    }
    return kept;
  }
}

function revive({ kind: _, ...drill }: Extract<Line, { kind: 'drill' }>): Drill {
  return drill;
}

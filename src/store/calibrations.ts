/**
 * Calibrations of a machine, a folder each, and the ledger of its self checks. Kept beside what else Seamark knows of a
 * machine, outside every project; lines are appended as studies end, so that a crash loses none.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CALIBRATION_SCHEMA,
  type Calibration,
  type CalibrationGroup,
  type CalibrationStudy,
  type SelfCheckEntry,
} from '../model/calibration.ts';
import { appendLine, parseLine, readLines, writeWhole } from './line-file.ts';

/** A series begins anew for these groups: what was kept of them before counts no more. */
interface Begin {
  readonly kind: 'begin';
  readonly schema: typeof CALIBRATION_SCHEMA;
  readonly groups: readonly CalibrationGroup[];
}

type Line = Begin | ({ readonly kind: 'study' } & CalibrationStudy);

const SERIES = 'series.ndjson';
const SUMMARY = 'calibration.json';
const LEDGER = 'self-checks.ndjson';
/** The ledger is cut to its last lines when it has grown beyond twice as many. */
const LEDGER_LINES = 200;

/** The studies of one subject on one machine. `folder` is made when the first line is kept. */
export class CalibrationSeries {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Forgets what is known of these groups. */
  begin(groups: readonly CalibrationGroup[]): void {
    this.#append({ kind: 'begin', schema: CALIBRATION_SCHEMA, groups });
  }

  add(study: CalibrationStudy): void {
    this.#append({ kind: 'study', ...study });
  }

  /** What still counts, in the order in which it ran. */
  studies(): readonly CalibrationStudy[] {
    let kept: CalibrationStudy[] = [];
    for (const line of readLines<Line>(join(this.folder, SERIES))) {
      if (line.kind === 'begin') kept = kept.filter((study) => !line.groups.some((group) => isOf(study, group)));
      else if (line.kind === 'study') kept.push(revive(line));
    }
    return kept;
  }

  /** The rates as they stand, for who does not want to count again. */
  summarise(calibration: Calibration): void {
    writeWhole(join(this.folder, SUMMARY), `${JSON.stringify(calibration, null, 2)}\n`);
  }

  #append(line: Line): void {
    appendLine(this.folder, SERIES, line);
  }
}

/** JSON has no word for the infinity of an interval that is open above. */
function revive({ kind: _, ...study }: Extract<Line, { kind: 'study' }>): CalibrationStudy {
  return { ...study, high: study.high ?? Number.POSITIVE_INFINITY };
}

export function isOf(study: CalibrationGroup, group: CalibrationGroup): boolean {
  return study.share === group.share && study.margin === group.margin && study.budgetS === group.budgetS;
}

/** The calibrations kept under a machine's folder, by subject key; what can't be read is left out. */
export function readCalibrations(machineFolder: string): ReadonlyMap<string, Calibration> {
  const found = new Map<string, Calibration>();
  if (!existsSync(machineFolder)) return found;
  for (const entry of readdirSync(machineFolder, { withFileTypes: true })) {
    const file = join(machineFolder, entry.name, SUMMARY);
    if (!entry.isDirectory() || !existsSync(file)) continue;
    const document = parseLine<Calibration>(readFileSync(file, 'utf8'));
    if (document?.schema === CALIBRATION_SCHEMA) found.set(entry.name, document);
  }
  return found;
}

/** Of the studies that ran on this machine, oldest first. */
export function readSelfChecks(machineFolder: string): readonly SelfCheckEntry[] {
  return readLines<SelfCheckEntry>(join(machineFolder, LEDGER));
}

export function addSelfCheck(machineFolder: string, entry: SelfCheckEntry): void {
  appendLine(machineFolder, LEDGER, entry);
  const lines = readSelfChecks(machineFolder);
  if (lines.length <= 2 * LEDGER_LINES) return;
  const kept = lines.slice(-LEDGER_LINES).map((line) => `${JSON.stringify(line)}\n`);
  writeWhole(join(machineFolder, LEDGER), kept.join(''));
}

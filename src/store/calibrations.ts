/**
 * Calibrations of a machine, a folder each, and the ledger of its self checks. Kept beside what else Seamark knows of a
 * machine, outside every project; lines are appended as studies end, so that a crash loses none.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CALIBRATION_SCHEMA,
  type Calibration,
  type CalibrationGroup,
  type CalibrationStudy,
  type SelfCheckEntry,
} from '../model/calibration.ts';
import { explainWriteFailure } from './write-failure.ts';

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
    const document = parse<Calibration>(readFileSync(file, 'utf8'));
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

function appendLine(folder: string, name: string, line: unknown): void {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    // A line that a crash cut short must not swallow the next one.
    const torn = existsSync(path) && !/(^|\n)$/.test(readFileSync(path, 'utf8'));
    appendFileSync(path, `${torn ? '\n' : ''}${JSON.stringify(line)}\n`);
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

function writeWhole(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, path);
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

/** Whole lines; one that is torn, or of no JSON, is passed over. */
function readLines<Kind>(path: string): Kind[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => parse<Kind>(line) ?? []);
}

function parse<Kind>(text: string): Kind | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Kind) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where the answer of `seamark probe` goes: to a stream, to the files that were asked for, and into the project's own
 * folder. What ran is not run again for a file: whatever can be shown is shown before a failed write is told.
 */
import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../model/problem.ts';
import { describePlace, ensureKeep, findProject } from '../store/project.ts';
import { explainWriteFailure } from '../store/write-failure.ts';
import { renderSites, type SitesAnswer } from './probe-list.ts';
import { type ProbeAnswer, renderProbe } from './probe-text.ts';
import { allowsColor, columnsOf } from './terminal.ts';

/** What reads a list from a file or a pipe needs whole names. */
const FILE_COLUMNS = 1000;

export interface Wanted {
  /** true: stdout. */
  readonly json?: string | true;
  readonly out?: string;
}

/** The folder of one run, or why there is none: with only the map to keep, that is no reason not to run. */
export function makeProbeFolder(id: string): string | Problem {
  try {
    const folder = join(ensureKeep(findProject(process.cwd())), 'probes', id);
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    return explainWriteFailure(error, describePlace(join(findProject(process.cwd()), '.seamark', 'probes')));
  }
}

/** Throws a Problem where a file that was asked for can't be: what runs for hours should not find out at its end. */
export function requireWritable(wanted: Wanted): void {
  const json = wantsStdout(wanted) ? [] : [wanted.json as string | undefined];
  for (const file of [wanted.out, ...json]) {
    if (file === undefined) continue;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) throw notWritten(new Error('it is a folder'), file);
    try {
      accessSync(stat ? file : dirname(file), constants.W_OK);
    } catch (error) {
      throw notWritten(error, file);
    }
  }
}

/** Throws the Problem of a file that was asked for and could not be written, when all else is delivered. */
export function deliver(
  answer: ProbeAnswer,
  wanted: Wanted,
  notes: readonly string[],
  folder: string | undefined,
): void {
  const json = toJson(answer);
  const unkept = folder === undefined ? undefined : keepMap(join(folder, 'map.json'), json);
  const kept = folder !== undefined && unkept === undefined;
  const failures: Problem[] = [];
  const wrote = (file: string, text: string): boolean => {
    try {
      writeFileSync(file, text);
      return true;
    } catch (error) {
      failures.push(notWritten(error, file, kept ? `${describePlace(folder)}/map.json` : undefined));
      return false;
    }
  };
  const text = (stream: NodeJS.WriteStream | undefined): string =>
    renderProbe(answer, {
      columns: stream ? columnsOf(stream) : 120,
      color: stream ? allowsColor(stream) : false,
      notes: [...notes, ...(unkept ? [`the map is not kept: ${unkept.message}`] : [])],
      kept,
      ...(folder === undefined ? {} : { folder: describePlace(folder) }),
    });
  if (wanted.out === undefined || !wrote(wanted.out, text(undefined))) {
    process.stderr.write(`\n${text(process.stderr)}`);
  }
  if (wantsStdout(wanted)) process.stdout.write(json);
  else if (wanted.json !== undefined) wrote(wanted.json as string, json);
  if (failures[0]) throw failures[0];
}

export function deliverSites(answer: SitesAnswer, wanted: Wanted): void {
  const json = `${JSON.stringify(answer, undefined, 2)}\n`;
  const write = (file: string, text: string): void => {
    try {
      writeFileSync(file, text);
    } catch (error) {
      throw notWritten(error, file);
    }
  };
  if (wantsStdout(wanted)) process.stdout.write(json);
  else if (wanted.json !== undefined) write(wanted.json as string, json);
  if (wanted.out !== undefined) write(wanted.out, renderSites(answer, FILE_COLUMNS));
  else if (wanted.json === undefined)
    process.stdout.write(renderSites(answer, process.stdout.isTTY ? columnsOf(process.stdout) : FILE_COLUMNS));
}

/** A twin in the environment can only say that JSON is wanted: SEAMARK_JSON=1. */
export function wantsStdout({ json }: Wanted): boolean {
  return json !== undefined && (json === true || ['-', '1', 'true'].includes(json));
}

const toJson = (answer: ProbeAnswer): string => `${JSON.stringify(answer, undefined, 2)}\n`;

/** Why it is not kept; a file that is cut is nobody's and goes. */
function keepMap(file: string, json: string): Problem | undefined {
  try {
    writeFileSync(file, json);
    return undefined;
  } catch (error) {
    rmSync(file, { force: true });
    return explainWriteFailure(error, describePlace(file));
  }
}

/** `kept`: where the same stands. */
function notWritten(error: unknown, file: string, kept?: string): Problem {
  const { facts } = explainWriteFailure(error, describePlace(file));
  const cure =
    kept !== undefined
      ? `It is kept in ${kept}.`
      : facts.code === 'disk-full'
        ? 'Free some space, or name a file elsewhere.'
        : 'Name a file in a folder that is there and may be written to.';
  return new Problem({ ...facts, cure }, error);
}

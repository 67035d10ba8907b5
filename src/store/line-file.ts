/** Files of one JSON document a line, to which lines are added as things end: a crash loses none of those before. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainWriteFailure } from './write-failure.ts';

export function appendLine(folder: string, name: string, line: unknown): void {
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

export function writeWhole(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, path);
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

/** Whole lines; one that is torn, or of no JSON, is passed over. */
export function readLines<Kind>(path: string): Kind[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => parseLine<Kind>(line) ?? []);
}

export function parseLine<Kind>(text: string): Kind | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Kind) : undefined;
  } catch {
    return undefined;
  }
}

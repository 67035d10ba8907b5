/** Files of a study: written aside, forced to disk, then named. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../model/problem.ts';
import { describePlace } from './project.ts';
import { explainWriteFailure } from './write-failure.ts';

export function writeText(path: string, text: string): void {
  const aside = `${path}.new`;
  try {
    const descriptor = openSync(aside, 'w');
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw explainWriteFailure(error, describePlace(path));
  }
}

/** Numbers that JSON has no word for become null; the schema goes first. */
export function writeJson(path: string, schema: string, value: object): void {
  writeText(path, `${JSON.stringify({ schema, ...value }, null, 2)}\n`);
}

/** The document, when it is of this schema; a Problem that names the file otherwise. */
export function readJson(path: string, schema: string): Record<string, unknown> {
  const refuse = (why: string, cause?: unknown): Problem =>
    new Problem(
      {
        code: 'study-unreadable',
        message: `${describePlace(path)} ${why}`,
        cure: 'The file was changed, cut, or written by another version of Seamark.',
        blame: 'run',
      },
      cause,
    );
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refuse("can't be read as JSON", error);
  }
  if (document === null || typeof document !== 'object' || !('schema' in document)) throw refuse('names no schema');
  if (document.schema !== schema) throw refuse(`is ${String(document.schema)}, not ${schema}`);
  return document as Record<string, unknown>;
}

/** Makes a rename or a new file in `folder` survive a power cut. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Renames, and makes the renaming last. */
export function moveInto(from: string, to: string): void {
  try {
    renameSync(from, to);
    syncFolder(dirname(to));
  } catch (error) {
    throw explainWriteFailure(error, describePlace(to));
  }
}

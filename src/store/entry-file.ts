/**
 * A file of JSON documents, one a line, that only grows: each is on disk before anything else happens. A crash loses the line at
 * work and no more.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Problem } from '../model/problem.ts';
import { describePlace } from './project.ts';
import { explainWriteFailure } from './write-failure.ts';

export class EntryFile<Entry> {
  readonly #path: string;
  readonly #descriptor: number;
  /** Length of what is known to be whole. */
  #length: number;

  private constructor(path: string, descriptor: number, length: number) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#length = length;
  }

  /** Of a path where nothing is yet. */
  static create<Entry>(path: string, first: Entry): EntryFile<Entry> {
    try {
      const file = new EntryFile<Entry>(path, openSync(path, 'wx'), 0);
      file.append(first);
      return file;
    } catch (error) {
      throw explainWriteFailure(error, describePlace(path));
    }
  }

  /** To be gone on with after so many bytes: what is torn behind them is cut off. */
  static reopen<Entry>(path: string, wholeBytes: number): EntryFile<Entry> {
    try {
      const descriptor = openSync(path, 'r+');
      ftruncateSync(descriptor, wholeBytes);
      return new EntryFile<Entry>(path, descriptor, wholeBytes);
    } catch (error) {
      throw explainWriteFailure(error, describePlace(path));
    }
  }

  /** On disk when it returns. When it fails, the file ends where it ended before. */
  append(entry: Entry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let written = 0; written < line.length; ) {
        written += writeSync(this.#descriptor, line, written, line.length - written, this.#length + written);
      }
      fsyncSync(this.#descriptor);
      this.#length += line.length;
    } catch (error) {
      // Best effort: the reader drops a torn line anyway.
      try {
        ftruncateSync(this.#descriptor, this.#length);
      } catch {}
      throw explainWriteFailure(error, describePlace(this.#path));
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * All whole lines. A last line without its end, or that is no JSON, was being written when the power went; anywhere else that is a
 * Problem `journal-broken`, as is a first line that `isFirst` does not know.
 */
export function readEntries<Entry>(
  path: string,
  isFirst: (first: Entry) => boolean,
): { readonly entries: readonly Entry[]; readonly wholeBytes: number } {
  const bytes = readFileSync(path);
  const entries: Entry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const entry = end < 0 ? undefined : parseLine<Entry>(bytes.toString('utf8', start, end));
    if (entry === undefined) {
      if (end >= 0 && end + 1 < bytes.length) throw broken(path, entries.length + 1);
      break;
    }
    entries.push(entry);
    start = end + 1;
  }
  const first = entries[0];
  if (first && !isFirst(first)) throw broken(path, 1);
  return { entries, wholeBytes: start };
}

function parseLine<Entry>(line: string): Entry | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function broken(path: string, line: number): Problem {
  return new Problem({
    code: 'journal-broken',
    message: `Line ${line} of ${describePlace(path)} is not what this version of Seamark writes`,
    cure: 'It was changed or written by another version; start anew.',
    blame: 'run',
  });
}

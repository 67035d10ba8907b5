/** Record files that probed processes left in a folder. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { openRecordFile, type RecordFile } from '../format/reader.ts';
import { FormatRefusal } from '../format/refusal.ts';
import type { ByteSource } from '../format/source.ts';
import { readWhy, type Unwatched } from '../model/unwatched.ts';

export interface RecordFolder {
  readonly files: readonly { readonly name: string; readonly file: RecordFile }[];
  /** Files that could not be read, each with the reason: `12-1f.rec: cut at byte 64`, `13-2a.rec: EACCES` (root's, under sudo). */
  readonly refused: readonly string[];
  /** Probed processes that could not write one, and ran as if nobody watched. */
  readonly bare: readonly BareProcess[];
}

export interface BareProcess extends Unwatched {
  readonly pid: number;
}

/** In order of name. Files are read piece by piece when they are asked for: they are sparse and larger than they look. */
export function readRecordFiles(folder: string): RecordFolder {
  const files: { name: string; file: RecordFile }[] = [];
  const refused: string[] = [];
  const bare: BareProcess[] = [];
  for (const name of readdirSync(folder).sort()) {
    const why = readWhy(name, (errno) => getSystemErrorName(-errno));
    const pid = Number.parseInt(name, 10);
    if (why && pid > 0) bare.push({ pid, ...why });
    if (why || !name.includes('.rec')) continue;
    try {
      files.push({ name, file: openRecordFile(sourceOnDisk(join(folder, name))) });
    } catch (error) {
      refused.push(`${name}: ${explainUnread(error)}`);
    }
  }
  return { files, refused, bare };
}

/** What is no whole record file, or what the system does not let us read; throws what is neither. */
export function explainUnread(error: unknown): string {
  if (error instanceof FormatRefusal) return error.message;
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code);
  throw error;
}

/** Opens the file for each view: a folder or a study may hold more files than a process may have open. */
export function sourceOnDisk(path: string): ByteSource {
  return {
    ...withOpen(path, measureFile),
    view: (offset, length, room) => withOpen(path, (descriptor) => readPart(descriptor, offset, length, room)),
  };
}

/** Opens it once for all views, which are over when `use` is: for a reading that must be quick. */
export function withRecordSource<Found>(path: string, use: (source: ByteSource) => Found): Found {
  return withOpen(path, (descriptor) =>
    use({
      ...measureFile(descriptor),
      view: (offset, length, room) => readPart(descriptor, offset, length, room),
    }),
  );
}

/** A file system that counts no blocks says nothing of what is there. */
function measureFile(descriptor: number): Pick<ByteSource, 'size' | 'stored'> {
  const { size, blocks } = fstatSync(descriptor);
  return { size, ...(blocks > 0 ? { stored: 512 * blocks } : {}) };
}

function withOpen<Found>(path: string, use: (descriptor: number) => Found): Found {
  const descriptor = openSync(path, 'r');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readPart(descriptor: number, offset: number, length: number, room?: Uint8Array): Uint8Array {
  const bytes = room?.subarray(0, length) ?? new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const got = readSync(descriptor, bytes, done, length - done, offset + done);
    if (got === 0) return bytes.fill(0, done); // cut while it was read: what is missing is zero and is refused as such
    done += got;
  }
  return bytes;
}

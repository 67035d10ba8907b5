/** Record files that probed processes left in a folder. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { openRecordFile, type RecordFile } from '../format/reader.ts';
import { FormatRefusal } from '../format/refusal.ts';
import type { ByteSource } from '../format/source.ts';

export interface RecordFolder {
  readonly files: readonly { readonly name: string; readonly file: RecordFile }[];
  /** Files that could not be read, each with the reason: `12-1f.rec: cut at byte 64`. */
  readonly refused: readonly string[];
  /** Probed processes that could not write one, and ran as if nobody watched. */
  readonly bare: readonly BareProcess[];
}

export interface BareProcess {
  readonly pid: number;
  /** What failed: making the file, its size against the limit, mapping it, room for its first pages. */
  readonly step: 'create' | 'limit' | 'map' | 'room';
  /** `ENOSPC`; as the system names its reason. */
  readonly error: string;
}

/** In order of name. Files are read piece by piece when they are asked for: they are sparse and larger than they look. */
export function readRecordFiles(folder: string): RecordFolder {
  const files: { name: string; file: RecordFile }[] = [];
  const refused: string[] = [];
  const bare: BareProcess[] = [];
  for (const name of readdirSync(folder).sort()) {
    const told = /^(\d+).*\.why-(create|limit|map|room)-(\d+)$/.exec(name);
    if (told)
      bare.push({ pid: Number(told[1]), step: told[2] as BareProcess['step'], error: nameError(Number(told[3])) });
    if (told || !name.includes('.rec')) continue;
    try {
      files.push({ name, file: openRecordFile(sourceOnDisk(join(folder, name))) });
    } catch (error) {
      if (!(error instanceof FormatRefusal)) throw error;
      refused.push(`${name}: ${error.message}`);
    }
  }
  return { files, refused, bare };
}

function nameError(errno: number): string {
  try {
    return getSystemErrorName(-errno);
  } catch {
    return `error ${errno}`;
  }
}

/** Opens the file for each view: a folder may hold more files than a process may have open. */
export function sourceOnDisk(path: string): ByteSource {
  return {
    ...withOpen(path, measureFile),
    view: (offset, length) => withOpen(path, (descriptor) => readPart(descriptor, offset, length)),
  };
}

/** Opens it once for all views, which are over when `use` is: for a reading that must be quick. */
export function withRecordSource<Found>(path: string, use: (source: ByteSource) => Found): Found {
  return withOpen(path, (descriptor) =>
    use({
      ...measureFile(descriptor),
      view: (offset, length) => readPart(descriptor, offset, length),
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

function readPart(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const got = readSync(descriptor, bytes, done, length - done, offset + done);
    if (got === 0) break; // cut while it was read: what is missing stays zero and is refused as such
    done += got;
  }
  return bytes;
}

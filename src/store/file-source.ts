/** A record file on disk, read piece by piece: it is sparse and much larger than what it holds. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../format/source.ts';

/** Opens the file for each piece: a study may keep more files than a process may have open. */
export function sourceOnDisk(path: string): ByteSource {
  return {
    ...withOpen(path, measureFile),
    view: (offset, length, room) =>
      withOpen(path, (descriptor) =>
        readExactly(descriptor, offset, room?.subarray(0, length) ?? new Uint8Array(length)),
      ),
  };
}

/** A file system that counts no blocks says nothing of what is there. */
function measureFile(descriptor: number): Pick<ByteSource, 'size' | 'stored'> {
  const { size, blocks } = fstatSync(descriptor);
  return { size, ...(blocks > 0 ? { stored: 512 * blocks } : {}) };
}

function withOpen<T>(path: string, use: (descriptor: number) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Fills `bytes` from `offset` on. The file may be cut while it is read: what is missing is zero, and is refused as such. */
function readExactly(descriptor: number, offset: number, bytes: Uint8Array): Uint8Array {
  for (let done = 0; done < bytes.length; ) {
    const got = readSync(descriptor, bytes, done, bytes.length - done, offset + done);
    if (got === 0) return bytes.fill(0, done);
    done += got;
  }
  return bytes;
}

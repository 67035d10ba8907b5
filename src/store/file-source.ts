/** A record file on disk, read piece by piece: it is sparse and much larger than what it holds. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../format/source.ts';

/** Calls `read` with the file's bytes and closes it. */
export function withFile<T>(path: string, read: (source: ByteSource) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    return read({ size, view: (offset, length) => readExactly(descriptor, offset, length) });
  } finally {
    closeSync(descriptor);
  }
}

/** A fresh buffer each time: the format's readers may hold on to two pieces at once. */
function readExactly(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const got = readSync(descriptor, bytes, done, length - done, offset + done);
    if (got === 0) break; // the file was cut while it was read: what is missing stays zero, and is refused as such
    done += got;
  }
  return bytes;
}

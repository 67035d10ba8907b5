/** A record file on disk, read piece by piece: it is sparse and much larger than what it holds. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../format/source.ts';

/** Calls `read` with the file's bytes and closes it. */
export function withFile<T>(path: string, read: (source: ByteSource) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return read(new Reading(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Pieces of records come through one buffer: making 4 MiB anew for each takes longer than decoding them. A source's
 * bytes hold only until its next call, so nothing is lost; small pieces are fresh all the same.
 */
class Reading implements ByteSource {
  readonly size: number;
  readonly #descriptor: number;
  #large = new Uint8Array(0);

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.size = fstatSync(descriptor).size;
  }

  view(offset: number, length: number): Uint8Array {
    const bytes = this.#room(length);
    for (let done = 0; done < length; ) {
      const got = readSync(this.#descriptor, bytes, done, length - done, offset + done);
      // The file was cut while it was read: what is missing is zero, and is refused as such.
      if (got === 0) return bytes.fill(0, done);
      done += got;
    }
    return bytes;
  }

  #room(length: number): Uint8Array {
    if (length < 64 * 1024) return new Uint8Array(length);
    if (length > this.#large.length) this.#large = new Uint8Array(length);
    return this.#large.subarray(0, length);
  }
}

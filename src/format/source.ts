/** Where the bytes of a record file come from: memory here, a file on disk in `store`. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, both inside `size`. They need to hold only until the next call, so a source
   * on disk may read into the same buffer every time.
   */
  view(offset: number, length: number): Uint8Array;
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.byteLength, view: (offset, length) => bytes.subarray(offset, offset + length) };
}

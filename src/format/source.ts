/** Where the bytes of a record file come from: memory here, a file on disk in `store`. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Bytes that are really there, on a disk that leaves out what is empty. Absent: all of them, or not known. */
  readonly stored?: number;
  /**
   * Exactly `length` bytes from `offset`, both inside `size`. `room`, when given, has at least that many bytes and may be
   * filled and handed back in part: making 4 MiB anew for each piece takes longer than decoding them.
   */
  view(offset: number, length: number, room?: Uint8Array): Uint8Array;
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.byteLength, view: (offset, length) => bytes.subarray(offset, offset + length) };
}

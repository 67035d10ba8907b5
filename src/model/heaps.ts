/** Both heaps of a process at one moment, summed up from what it wrote. */

export interface HeapSnapshot {
  readonly pid: number;
  /** Absent where no call ended after the moment, or it could not be read. */
  readonly go?: GoHeap;
  readonly glibc?: GlibcHeap;
}

export interface GoHeap {
  readonly objects: number;
  readonly bytes: number;
  /** By size of an object as the runtime lays it out, those that take most together first. */
  readonly sizes: readonly { readonly size: number; readonly objects: number }[];
}

export interface GlibcHeap {
  /** Handed out, and taken from the system, mapped blocks in both. */
  readonly usedBytes: number;
  readonly systemBytes: number;
  readonly arenas: number;
  readonly mappedBlocks: number;
}

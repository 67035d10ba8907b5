/** Reads what a probed process wrote of its heaps: the Go runtime's dump (`PID.goheap`) and glibc's account (`PID.malloc.xml`). */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { GlibcHeap, GoHeap, HeapSnapshot } from '../model/heaps.ts';

/** One a process, by number. Files that are cut, or are something else, are left out. */
export function readHeapSnapshots(folder: string): readonly HeapSnapshot[] {
  const names = readdirSync(folder);
  const pids = new Set(names.map((name) => Number.parseInt(name, 10)).filter((pid) => pid > 0));
  return [...pids]
    .sort((a, b) => a - b)
    .map((pid) => {
      const has = (ending: string): boolean => names.includes(`${pid}${ending}`);
      const go = has('.goheap') ? readGoHeap(join(folder, `${pid}.goheap`)) : undefined;
      const glibc = has('.malloc.xml')
        ? readGlibcHeap(readFileSync(join(folder, `${pid}.malloc.xml`), 'utf8'))
        : undefined;
      return { pid, ...(go && { go }), ...(glibc && { glibc }) };
    });
}

const HEAD = 'go1.7 heap dump\n';
const TAG = { OBJECT: 1, TYPE: 3, PARAMS: 6, ITAB: 8 } as const;
/** Sizes that are told. */
const SIZES = 8;

/**
 * Objects by size. The format is that of runtime/heapdump.go, the same since Go 1.7: parameters, types, objects, and then
 * what is not read here. Undefined when it is cut before the objects end, or none of it.
 */
export function readGoHeap(path: string): GoHeap | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new ByteStream(descriptor);
    if (bytes.text(HEAD.length) !== HEAD) return undefined;
    const sizes = new Map<number, number>();
    for (;;) {
      switch (bytes.number()) {
        case TAG.PARAMS:
          bytes.numbers(4);
          bytes.skipString();
          bytes.skipString();
          bytes.numbers(1);
          break;
        case TAG.TYPE:
          bytes.numbers(2);
          bytes.skipString();
          bytes.numbers(1);
          break;
        case TAG.ITAB:
          bytes.numbers(2);
          break;
        case TAG.OBJECT: {
          bytes.numbers(1);
          const size = bytes.skipString();
          sizes.set(size, (sizes.get(size) ?? 0) + 1);
          while (bytes.number() !== 0) bytes.numbers(1);
          break;
        }
        default:
          return sumUp(sizes);
      }
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function sumUp(sizes: ReadonlyMap<number, number>): GoHeap {
  const all = [...sizes].map(([size, objects]) => ({ size, objects }));
  return {
    objects: all.reduce((sum, { objects }) => sum + objects, 0),
    bytes: all.reduce((sum, { size, objects }) => sum + size * objects, 0),
    sizes: all.sort((a, b) => b.size * b.objects - a.size * a.objects).slice(0, SIZES),
  };
}

/** Forward only; contents are passed over and never held. Throws a RangeError beyond the end. */
class ByteStream {
  readonly #descriptor: number;
  readonly #buffer = new Uint8Array(1 << 16);
  #at = 0;
  #length = 0;
  /** Of the buffer's end in the file. */
  #position = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  text(length: number): string {
    return String.fromCharCode(...Array.from({ length }, () => this.#byte()));
  }

  /** A varint; beyond 2^53, as addresses of other systems may be, not exact. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 63) throw new RangeError('no number is that long');
    }
  }

  numbers(count: number): void {
    for (let done = 0; done < count; done++) this.number();
  }

  /** Answers its length. */
  skipString(): number {
    const length = this.number();
    const left = this.#length - this.#at;
    if (length <= left) this.#at += length;
    else {
      this.#position += length - left;
      this.#at = this.#length = 0;
    }
    return length;
  }

  #byte(): number {
    if (this.#at === this.#length) {
      this.#length = readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, this.#position);
      if (this.#length === 0) throw new RangeError('the dump is cut');
      this.#position += this.#length;
      this.#at = 0;
    }
    return this.#buffer[this.#at++]!;
  }
}

/** The figures behind the last arena of malloc_info: sums over all. */
export function readGlibcHeap(xml: string): GlibcHeap | undefined {
  const whole = xml.slice(xml.lastIndexOf('</heap>'));
  const figure = (pattern: RegExp): readonly number[] | undefined => pattern.exec(whole)?.slice(1).map(Number);
  const [, fast = 0] = figure(/<total type="fast" count="(\d+)" size="(\d+)"/) ?? [];
  const [, rest = 0] = figure(/<total type="rest" count="(\d+)" size="(\d+)"/) ?? [];
  const [mappedBlocks = 0, mapped = 0] = figure(/<total type="mmap" count="(\d+)" size="(\d+)"/) ?? [];
  const [system] = figure(/<system type="current" size="(\d+)"/) ?? [];
  if (system === undefined) return undefined;
  return {
    usedBytes: system - fast - rest + mapped,
    systemBytes: system + mapped,
    arenas: xml.split('<heap nr=').length - 1,
    mappedBlocks,
  };
}

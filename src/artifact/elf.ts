/**
 * What Seamark reads of a 64-bit little-endian ELF file: its sections and symbols, what it loads, and the one change that it
 * makes to a library, that of looking for a symbol in itself first (Tool Interface Standard, ELF 1.2; the gABI for 64 bits).
 */
import { createHash } from 'node:crypto';

export interface ElfSymbol {
  readonly name: string;
  readonly kind: 'function' | 'data' | 'other';
  /** Here, and not in another file. */
  readonly defined: boolean;
  /** Seen from other files, where it is defined here. */
  readonly exported: boolean;
}

export interface Elf {
  readonly bytes: Buffer;
  /** A program or a shared library, and not an object file. */
  readonly linked: boolean;
  readonly sections: readonly Section[];
}

interface Section {
  readonly type: number;
  readonly flags: bigint;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

const SECTION = { strings: 3, dynamic: 6, note: 7, empty: 8, symbols: 2, dynamicSymbols: 11 } as const;
const LOADED = 2n;
const TAG = { end: 0n, needed: 1n, name: 14n, symbolic: 16n, flags: 30n, relativeCount: 0x6ffffff9n } as const;
const FLAG_SYMBOLIC = 2n;

/** Undefined for whatever is not such a file, or one cut short. */
export function readElf(bytes: Buffer): Elf | undefined {
  // 02: 64 bits · 01: little-endian
  if (bytes.length < 64 || bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return undefined;
  const type = bytes.readUInt16LE(16);
  const table = Number(bytes.readBigUInt64LE(40));
  const size = bytes.readUInt16LE(58);
  const count = bytes.readUInt16LE(60);
  if (size < 64 || table + size * count > bytes.length) return undefined;
  const sections = Array.from({ length: count }, (_, index) => readSection(bytes, table + index * size));
  const whole = sections.every((one) => one.type === SECTION.empty || one.offset + one.size <= bytes.length);
  return whole ? { bytes, linked: type === 2 || type === 3, sections } : undefined;
}

/** `dynamic`: what other files see or must bring · `all`: the linker's own table, empty in a stripped file. */
export function listSymbols({ bytes, sections }: Elf, which: 'dynamic' | 'all'): ElfSymbol[] {
  const wanted = which === 'dynamic' ? SECTION.dynamicSymbols : SECTION.symbols;
  return sections
    .filter((section) => section.type === wanted)
    .flatMap((section) => {
      const names = sections[section.link];
      if (!names) return [];
      const found: ElfSymbol[] = [];
      for (let at = section.offset; at + 24 <= section.offset + section.size; at += 24) {
        const symbol = readSymbol(bytes, at, names);
        if (symbol.name !== '') found.push(symbol);
      }
      return found;
    });
}

/** Bytes of address space that the file takes when it is loaded, in whole pages of 4 KiB. */
export function measureLoaded({ bytes }: Elf): number {
  const table = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  const ends = Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = table + index * size;
    const loaded = bytes.readUInt32LE(at) === 1;
    return loaded ? Number(bytes.readBigUInt64LE(at + 16) + bytes.readBigUInt64LE(at + 40)) : 0;
  });
  return Math.ceil(Math.max(0, ...ends) / 4096) * 4096;
}

/** Files that the loader brings with it, as they are named inside. */
export function listNeeded(elf: Elf): string[] {
  const dynamic = elf.sections.find((section) => section.type === SECTION.dynamic);
  const names = dynamic && elf.sections[dynamic.link];
  if (!names) return [];
  return listTags(elf)
    .filter(({ tag }) => tag === TAG.needed)
    .map(({ value }) => textAt(elf.bytes, names, Number(value)));
}

/**
 * SHA-256 over code and data as they are loaded, without notes: two builds of one program from different folders differ in their
 * build ids, which stand there, and in what only a debugger reads.
 */
export function digestLoaded({ bytes, sections }: Elf): string {
  const hash = createHash('sha256');
  for (const { type, flags, offset, size } of sections) {
    if ((flags & LOADED) === 0n || type === SECTION.note || type === SECTION.empty) continue;
    hash.update(`${size}\0`).update(bytes.subarray(offset, offset + size));
  }
  return hash.digest('hex');
}

/**
 * A copy of a shared library that looks for each symbol in itself before it looks elsewhere (DT_SYMBOLIC), whatever the program
 * that loads it offers under the same name. Undefined when its dynamic section has no room for that.
 */
export function preferOwnSymbols(elf: Elf): Buffer | undefined {
  const bytes = Buffer.from(elf.bytes);
  const tags = listTags(elf);
  const own = tags.some(
    ({ tag, value }) => tag === TAG.symbolic || (tag === TAG.flags && (value & FLAG_SYMBOLIC) !== 0n),
  );
  if (own) return bytes;
  const flags = tags.find(({ tag }) => tag === TAG.flags);
  if (flags) {
    bytes.writeBigUInt64LE(flags.value | FLAG_SYMBOLIC, flags.at + 8);
    return bytes;
  }
  // The name goes, since the file is opened by its path; or a spare end mark; or a count that only makes loading quicker.
  const end = tags.findIndex(({ tag }) => tag === TAG.end);
  const spare = end >= 0 && tags[end + 1]?.tag === TAG.end ? tags[end] : undefined;
  const place = tags.find(({ tag }) => tag === TAG.name) ?? spare ?? tags.find(({ tag }) => tag === TAG.relativeCount);
  if (!place) return undefined;
  bytes.writeBigUInt64LE(TAG.symbolic, place.at);
  bytes.writeBigUInt64LE(0n, place.at + 8);
  return bytes;
}

function listTags({ bytes, sections }: Elf): { readonly at: number; readonly tag: bigint; readonly value: bigint }[] {
  const dynamic = sections.find((section) => section.type === SECTION.dynamic);
  if (!dynamic) return [];
  return Array.from({ length: Math.floor(dynamic.size / 16) }, (_, index) => {
    const at = dynamic.offset + index * 16;
    return { at, tag: bytes.readBigUInt64LE(at), value: bytes.readBigUInt64LE(at + 8) };
  });
}

function readSection(bytes: Buffer, at: number): Section {
  return {
    type: bytes.readUInt32LE(at + 4),
    flags: bytes.readBigUInt64LE(at + 8),
    offset: Number(bytes.readBigUInt64LE(at + 24)),
    size: Number(bytes.readBigUInt64LE(at + 32)),
    link: bytes.readUInt32LE(at + 40),
  };
}

function readSymbol(bytes: Buffer, at: number, names: Section): ElfSymbol {
  const info = bytes[at + 4] ?? 0;
  const binding = info >> 4;
  const type = info & 15;
  const visibility = (bytes[at + 5] ?? 0) & 3;
  const defined = bytes.readUInt16LE(at + 6) !== 0;
  return {
    name: textAt(bytes, names, bytes.readUInt32LE(at)),
    // 2: code, 10: code chosen when it is loaded · 1: data, 6: data of each thread, 5: data of no section yet
    kind: type === 2 || type === 10 ? 'function' : type === 1 || type === 5 || type === 6 ? 'data' : 'other',
    defined,
    // global or weak (or unique), default or protected
    exported: defined && binding !== 0 && (visibility === 0 || visibility === 3),
  };
}

function textAt(bytes: Buffer, { offset, size }: Section, at: number): string {
  const begin = offset + at;
  const end = bytes.indexOf(0, begin);
  return at < size && end >= 0 ? bytes.toString('utf8', begin, end) : '';
}

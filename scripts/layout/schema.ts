/** Reads format/record.json and lays its structs out: offsets, sizes and alignment are computed here and checked here. */
import { readFileSync } from 'node:fs';

export const SOURCE = 'format/record.json';

export interface Constant {
  readonly name: string;
  readonly value: number;
  readonly doc: string;
}

export interface Enum {
  readonly name: string;
  readonly type: Scalar;
  /** flags are bits that may be set together; values exclude each other. */
  readonly flags: boolean;
  readonly members: readonly { readonly name: string; readonly value: number }[];
}

export type Scalar = 'u8' | 'u16' | 'u32' | 'u64';

export interface Field {
  readonly name: string;
  /** A scalar, or the name of a struct. */
  readonly type: Scalar | string;
  /** Elements of an array; undefined for a single value. */
  readonly count?: number;
  /** Bytes that hold UTF-8, padded with zeros. */
  readonly text: boolean;
  readonly enum?: string;
  readonly offset: number;
  /** Bytes of one element. */
  readonly width: number;
  readonly doc: string;
}

export interface Struct {
  readonly name: string;
  readonly size: number;
  readonly doc: string;
  readonly fields: readonly Field[];
}

export interface Layout {
  readonly magic: string;
  readonly version: number;
  readonly constants: readonly Constant[];
  readonly enums: readonly Enum[];
  /** Code and reason of everything a reader refuses. */
  readonly refusals: readonly { readonly code: string; readonly reason: string }[];
  /** Each after the structs it holds. */
  readonly structs: readonly Struct[];
}

const WIDTHS: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, u32: 4, u64: 8 };

interface RawField {
  readonly name: string;
  readonly type: string;
  readonly count?: number;
  readonly text?: boolean;
  readonly enum?: string;
  readonly doc: string;
}

interface RawLayout {
  readonly magic: string;
  readonly version: number;
  readonly constants: Readonly<Record<string, { readonly value: number; readonly doc: string }>>;
  readonly enums: Readonly<
    Record<
      string,
      {
        readonly type: Scalar;
        readonly values?: Readonly<Record<string, number>>;
        readonly flags?: Readonly<Record<string, number>>;
      }
    >
  >;
  readonly refusals: Readonly<Record<string, string>>;
  readonly structs: Readonly<
    Record<string, { readonly size: number; readonly doc: string; readonly fields: readonly RawField[] }>
  >;
}

/** Throws when a size is not what its fields make, or a field does not stand on a multiple of its own width. */
export function readLayout(path: string): Layout {
  const raw = JSON.parse(readFileSync(path, 'utf8')) as RawLayout;
  const structs = new Map<string, Struct>();
  const lay = (name: string): Struct => {
    const known = structs.get(name);
    if (known) return known;
    const source = raw.structs[name];
    if (!source) throw new Error(`${SOURCE}: no struct ${name}`);
    const fields: Field[] = [];
    let offset = 0;
    for (const field of source.fields) {
      const width = isScalar(field.type) ? WIDTHS[field.type] : lay(field.type).size;
      const alignment = isScalar(field.type) ? width : 8;
      if (offset % alignment !== 0)
        throw new Error(`${SOURCE}: ${name}.${field.name} stands at ${offset}, off its alignment`);
      if (field.doc === '') throw new Error(`${SOURCE}: ${name}.${field.name} has no doc`);
      fields.push({ ...field, text: field.text ?? false, offset, width });
      offset += width * (field.count ?? 1);
    }
    if (offset !== source.size) throw new Error(`${SOURCE}: ${name} takes ${offset} bytes, not ${source.size}`);
    const struct: Struct = { name, size: source.size, doc: source.doc, fields };
    structs.set(name, struct);
    return struct;
  };
  for (const name of Object.keys(raw.structs)) lay(name);
  return {
    magic: raw.magic,
    version: raw.version,
    constants: Object.entries(raw.constants).map(([name, constant]) => ({ name, ...constant })),
    enums: Object.entries(raw.enums).map(([name, { type, values, flags }]) => ({
      name,
      type,
      flags: flags !== undefined,
      members: Object.entries(values ?? flags ?? {}).map(([member, value]) => ({ name: member, value })),
    })),
    refusals: Object.entries(raw.refusals).map(([code, reason]) => ({ code, reason })),
    structs: [...structs.values()],
  };
}

export function isScalar(type: string): type is Scalar {
  return Object.hasOwn(WIDTHS, type);
}

/** Fields that carry something: reserved bytes are written as zeros and not read. */
export function usedFields(struct: Struct): readonly Field[] {
  return struct.fields.filter((field) => field.name !== 'reserved');
}

/** `site_count` -> `SiteCount`. */
export function pascal(name: string): string {
  return name
    .toLowerCase()
    .split(/[_-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `site_count` -> `siteCount`. */
export function camel(name: string): string {
  const whole = pascal(name);
  return whole.charAt(0).toLowerCase() + whole.slice(1);
}

/** `torn-record` -> `TORN_RECORD`. */
export function shout(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/**
 * How one field lies in a struct, and how a struct goes to and from bytes by its table of fields (layout-gen.ts).
 * For heads, sites and totals; the scan over records reads words instead.
 */
interface Place {
  /** Of the shape in TypeScript: `siteCount`. */
  readonly name: string;
  /** Of the field in record.json and in the vectors: `site_count`. */
  readonly json: string;
  /** Bytes from the start of the struct. */
  readonly offset: number;
}

export type Field = Place &
  (
    | { readonly kind: 'u8' | 'u16' | 'u32' | 'u64' }
    | { readonly kind: 'text' | 'bytes'; readonly count: number }
    | {
        readonly kind: 'structs';
        readonly count: number;
        /** Bytes of one element. */
        readonly width: number;
        readonly fields: readonly Field[];
      }
  );

/** A struct as plain data. The generated shapes (`HeaderFields` …) say which of these each field is. */
export type FieldValue = number | bigint | string | readonly FieldValues[];
export interface FieldValues {
  readonly [name: string]: FieldValue;
}

/** Reads the struct at `offset` of `bytes`; the caller has checked that it is there. */
export function decodeFields(fields: readonly Field[], bytes: Uint8Array, offset: number): FieldValues {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Object.fromEntries(
    fields.map((field) => [field.name, decodeField(field, bytes, view, offset + field.offset)]),
  );
}

function decodeField(field: Field, bytes: Uint8Array, view: DataView, at: number): FieldValue {
  switch (field.kind) {
    case 'u8':
      return view.getUint8(at);
    case 'u16':
      return view.getUint16(at, true);
    case 'u32':
      return view.getUint32(at, true);
    case 'u64':
      return view.getBigUint64(at, true);
    case 'text':
      return decodeText(bytes.subarray(at, at + field.count));
    case 'bytes':
      return Array.from(bytes.subarray(at, at + field.count), (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'structs':
      return Array.from({ length: field.count }, (_, index) =>
        decodeFields(field.fields, bytes, at + index * field.width),
      );
  }
}

/** Up to the first zero. What is no UTF-8, such as a letter cut at the end, becomes U+FFFD. */
function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Writes `values` at `offset` of `bytes`, which hold zeros there. Numbers too wide for their field are a mistake of the caller. */
export function encodeFields(fields: readonly Field[], values: FieldValues, bytes: Uint8Array, offset: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined) throw new TypeError(`no value for ${field.name}`);
    encodeField(field, value, bytes, view, offset + field.offset);
  }
}

function encodeField(field: Field, value: FieldValue, bytes: Uint8Array, view: DataView, at: number): void {
  switch (field.kind) {
    case 'u8':
      view.setUint8(at, fitting(field, value, 0xff));
      return;
    case 'u16':
      view.setUint16(at, fitting(field, value, 0xffff), true);
      return;
    case 'u32':
      view.setUint32(at, fitting(field, value, 0xffffffff), true);
      return;
    case 'u64':
      if (typeof value !== 'bigint' || value < 0n || value > 0xffffffffffffffffn) throw unfit(field, value);
      view.setBigUint64(at, value, true);
      return;
    case 'text':
      if (typeof value !== 'string') throw unfit(field, value);
      bytes.set(encodeText(value, field.count), at);
      return;
    case 'bytes':
      if (typeof value !== 'string' || !/^([0-9a-f]{2})*$/.test(value) || value.length > 2 * field.count) {
        throw unfit(field, value);
      }
      for (let index = 0; index < value.length; index += 2) {
        bytes[at + index / 2] = Number.parseInt(value.slice(index, index + 2), 16);
      }
      return;
    case 'structs':
      if (!Array.isArray(value) || value.length > field.count) throw unfit(field, value);
      value.forEach((item: FieldValues, index) => {
        encodeFields(field.fields, item, bytes, at + index * field.width);
      });
  }
}

/** Cut at a whole character, so that a reader never meets half a one of ours. */
function encodeText(text: string, size: number): Uint8Array {
  const room = new Uint8Array(size);
  const { written } = new TextEncoder().encodeInto(text, room);
  return room.subarray(0, written);
}

function fitting(field: Field, value: FieldValue, largest: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > largest) throw unfit(field, value);
  return value;
}

function unfit(field: Field, value: FieldValue): RangeError {
  return new RangeError(`${field.name} can't hold ${String(value)}`);
}

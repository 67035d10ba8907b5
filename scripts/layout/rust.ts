/** The layout for Rust: `#[repr(C)]` structs, their encoding, and constant assertions on every size and offset. */
import { type Field, isScalar, type Layout, pascal, SOURCE, type Struct, shout, usedFields } from './schema.ts';

export function layoutForRust(layout: Layout): string {
  const lines = [
    `// Generated from ${SOURCE} by scripts/generate.ts; do not edit.`,
    '',
    'use core::mem::{offset_of, size_of};',
    '',
    '/// Begins every record file.',
    `pub const MAGIC: [u8; ${layout.magic.length}] = *b"${layout.magic}";`,
    '/// Version of the layout; a reader refuses others.',
    `pub const VERSION: u32 = ${layout.version};`,
    ...layout.constants.flatMap(({ name, value, doc }) => [
      `/// ${sentence(doc)}`,
      `pub const ${name}: u32 = ${value};`,
    ]),
    '',
    ...layout.enums.flatMap(({ name, type, flags, members }) =>
      members.flatMap((member) => [
        `/// ${flags ? 'Bit' : 'Value'} of \`${name}\`.`,
        `pub const ${shout(name)}_${member.name}: ${type} = ${member.value};`,
      ]),
    ),
    '',
    '/// Everything a reader refuses: code and reason.',
    'pub const REFUSALS: &[(&str, &str)] = &[',
    ...layout.refusals.map(({ code, reason }) => `    ("${code}", "${reason}"),`),
    '];',
    '',
    ...layout.structs.flatMap((struct) => [...declare(struct), ...implementation(struct), ...assertions(struct)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const sentence = (doc: string): string => `${doc.charAt(0).toUpperCase()}${doc.slice(1)}.`;

function declare({ name, doc, fields }: Struct): string[] {
  return [
    `/// ${sentence(doc)}`,
    '#[repr(C)]',
    '#[derive(Clone, Copy, Debug, PartialEq, Eq)]',
    `pub struct ${pascal(name)} {`,
    ...fields.flatMap((field) => [`    /// ${sentence(field.doc)}`, `    pub ${field.name}: ${typeOf(field)},`]),
    '}',
    '',
  ];
}

function typeOf({ type, count }: Field): string {
  const base = isScalar(type) ? type : pascal(type);
  return count === undefined ? base : `[${base}; ${count}]`;
}

function implementation(struct: Struct): string[] {
  const { name, size, fields } = struct;
  return [
    `impl ${pascal(name)} {`,
    '    /// All fields zero.',
    `    pub const ZERO: Self = ${pascal(name)} {`,
    ...fields.map((field) => `        ${field.name}: ${zeroOf(field)},`),
    '    };',
    '',
    `    /// Reads the first ${size} bytes; panics when there are fewer.`,
    '    pub fn decode(bytes: &[u8]) -> Self {',
    '        let mut out = Self::ZERO;',
    ...fields.flatMap((field) => decode(field)),
    '        out',
    '    }',
    '',
    `    /// Writes the first ${size} bytes; panics when there are fewer.`,
    '    pub fn encode(&self, bytes: &mut [u8]) {',
    ...fields.flatMap((field) => encode(field)),
    '    }',
    '',
    '    /// Every field that carries something, by name, for printing.',
    "    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {",
    '        vec![',
    ...usedFields(struct).map((field) => `            ("${field.name}", ${printed(field)}),`),
    '        ]',
    '    }',
    '}',
    '',
  ];
}

function zeroOf({ type, count }: Field): string {
  const zero = isScalar(type) ? '0' : `${pascal(type)}::ZERO`;
  return count === undefined ? zero : `[${zero}; ${count}]`;
}

function decode({ name, type, count, offset, width }: Field): string[] {
  const end = offset + width * (count ?? 1);
  if (!isScalar(type)) {
    return [
      `        for (item, raw) in out.${name}.iter_mut().zip(bytes[${offset}..${end}].chunks_exact(${width})) {`,
      `            *item = ${pascal(type)}::decode(raw);`,
      '        }',
    ];
  }
  if (count !== undefined) return [`        out.${name}.copy_from_slice(&bytes[${offset}..${end}]);`];
  if (type === 'u8') return [`        out.${name} = bytes[${offset}];`];
  const parts = Array.from({ length: width }, (_, index) => `bytes[${offset + index}]`).join(', ');
  return [`        out.${name} = ${type}::from_le_bytes([${parts}]);`];
}

function encode({ name, type, count, offset, width }: Field): string[] {
  const end = offset + width * (count ?? 1);
  if (!isScalar(type)) {
    return [
      `        for (item, raw) in self.${name}.iter().zip(bytes[${offset}..${end}].chunks_exact_mut(${width})) {`,
      '            item.encode(raw);',
      '        }',
    ];
  }
  if (count !== undefined) return [`        bytes[${offset}..${end}].copy_from_slice(&self.${name});`];
  if (type === 'u8') return [`        bytes[${offset}] = self.${name};`];
  return [`        bytes[${offset}..${end}].copy_from_slice(&self.${name}.to_le_bytes());`];
}

function printed({ name, type, count, text }: Field): string {
  if (!isScalar(type)) return `super::Value::List(self.${name}.iter().map(|item| item.fields()).collect())`;
  if (text) return `super::Value::text(&self.${name})`;
  if (count !== undefined) return `super::Value::Bytes(self.${name}.to_vec())`;
  return type === 'u64'
    ? `super::Value::Wide(self.${name})`
    : `super::Value::Number(${type === 'u32' ? '' : 'u32::from('}self.${name}${type === 'u32' ? '' : ')'})`;
}

function assertions({ name, size, fields }: Struct): string[] {
  return [
    `const _: () = assert!(size_of::<${pascal(name)}>() == ${size});`,
    ...fields.map((field) => `const _: () = assert!(offset_of!(${pascal(name)}, ${field.name}) == ${field.offset});`),
    '',
  ];
}

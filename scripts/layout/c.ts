/**
 * The layout for C: C89 without a single include, everything prefixed, so that it can stand at the top of other
 * people's files. A size or an offset that a compiler lays out otherwise is an array of negative size: it does not compile.
 */
import { type Field, isScalar, type Layout, SOURCE, type Struct, shout } from './schema.ts';

export function layoutForC(layout: Layout): string {
  const lines = [
    `/* Generated from ${SOURCE} by scripts/generate.ts; do not edit. */`,
    '#ifndef SEAMARK_RECORD_GEN_H',
    '#define SEAMARK_RECORD_GEN_H',
    '',
    'typedef unsigned char seamark_u8;',
    'typedef unsigned short seamark_u16;',
    'typedef unsigned int seamark_u32;',
    '__extension__ typedef unsigned long long seamark_u64;',
    '',
    `#define SEAMARK_MAGIC "${layout.magic}"`,
    `#define SEAMARK_VERSION ${layout.version}u`,
    ...layout.constants.map(({ name, value, doc }) => `#define SEAMARK_${name} ${value}u /* ${doc} */`),
    '',
    ...layout.enums.flatMap(({ name, members }) => [
      ...members.map((member) => `#define SEAMARK_${shout(name)}_${member.name} ${member.value}u`),
      '',
    ]),
    ...layout.refusals.map(({ code }) => `#define SEAMARK_REFUSAL_${shout(code)} "${code}"`),
    '',
    ...['u8', 'u16', 'u32', 'u64'].map((type, power) =>
      assertion(`width_${type}`, `sizeof(seamark_${type}) == ${2 ** power}`),
    ),
    '',
    ...layout.structs.flatMap(struct),
    '#endif',
    '',
  ];
  return lines.join('\n');
}

function struct({ name, doc, size, fields }: Struct): string[] {
  return [
    `/* ${doc} */`,
    `struct seamark_${name} {`,
    ...fields.map((field) => `    ${declaration(field)}; /* ${field.doc} */`),
    '};',
    `#define SEAMARK_${shout(name)}_BYTES ${size}u`,
    assertion(`${name}_size`, `sizeof(struct seamark_${name}) == ${size}`),
    ...fields.map((field) =>
      assertion(
        `${name}_${field.name}`,
        `__builtin_offsetof(struct seamark_${name}, ${field.name}) == ${field.offset}`,
      ),
    ),
    '',
  ];
}

function declaration({ name, type, count }: Field): string {
  const base = isScalar(type) ? `seamark_${type}` : `struct seamark_${type}`;
  return `${base} ${name}${count === undefined ? '' : `[${count}]`}`;
}

function assertion(name: string, condition: string): string {
  return `typedef char seamark_assert_${name}[(${condition}) ? 1 : -1];`;
}

/** The layout for Go: plain structs, their encoding, and constants whose overflow stops the compiler when a size or offset is off. */
import { type Field, isScalar, type Layout, pascal, SOURCE, type Struct } from './schema.ts';

/** Go spells initialisms in capitals. */
const goName = (name: string): string =>
  pascal(name).replace(/(?:Pid|Id|Tsc|Os|Ipc)(?=[A-Z]|$)/g, (initialism) => initialism.toUpperCase());

const GO_TYPES = { u8: 'uint8', u16: 'uint16', u32: 'uint32', u64: 'uint64' } as const;

export function layoutForGo(layout: Layout): string {
  const lines = [
    `// Code generated from ${SOURCE} by scripts/generate.ts. DO NOT EDIT.`,
    '',
    'package record',
    '',
    'import (',
    '\t"encoding/binary"',
    '\t"unsafe"',
    ')',
    '',
    'const (',
    '\t// Magic begins every record file.',
    `\tMagic = "${layout.magic}"`,
    '\t// Version of the layout; a reader refuses others.',
    `\tVersion = ${layout.version}`,
    ...layout.constants.flatMap(({ name, value, doc }) => [
      `\t// Default${goName(name)}: ${doc}.`,
      `\tDefault${goName(name)} = ${value}`,
    ]),
    ')',
    '',
    ...layout.enums.flatMap(({ name, type, flags, members }) => [
      `// ${goName(name)} ${flags ? 'bits' : 'values'}.`,
      'const (',
      ...members.map((member) => `\t${goName(name)}${goName(member.name)} ${GO_TYPES[type]} = ${member.value}`),
      ')',
      '',
    ]),
    '// Refusal codes.',
    'const (',
    ...layout.refusals.map(({ code }) => `\tRefusal${goName(code)} = "${code}"`),
    ')',
    '',
    'var reasons = map[string]string{',
    ...layout.refusals.map(({ code, reason }) => `\tRefusal${goName(code)}: "${reason}",`),
    '}',
    '',
    ...layout.structs.flatMap((struct) => [
      ...declare(struct),
      ...decoder(struct),
      ...encoder(struct),
      ...assertions(struct),
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function declare({ name, doc, size, fields }: Struct): string[] {
  return [
    `// ${goName(name)}Bytes is the size of a ${goName(name)}.`,
    `const ${goName(name)}Bytes = ${size}`,
    '',
    `// ${goName(name)}: ${doc}.`,
    `type ${goName(name)} struct {`,
    ...fields.flatMap((field) => [`\t// ${field.doc}`, `\t${goName(field.name)} ${typeOf(field)}${tag(field)}`]),
    '}',
    '',
  ];
}

function typeOf({ type, count }: Field): string {
  const base = isScalar(type) ? GO_TYPES[type] : goName(type);
  return count === undefined ? base : `[${count}]${base}`;
}

function tag({ name, text }: Field): string {
  return name === 'reserved' ? '' : ` \`record:"${name}${text ? ',text' : ''}"\``;
}

function decoder({ name, size, fields }: Struct): string[] {
  return [
    `func (s *${goName(name)}) decode(b []byte) {`,
    `\t_ = b[${size - 1}]`,
    ...fields.flatMap((field) => {
      const target = `s.${goName(field.name)}`;
      if (!isScalar(field.type)) return loop(field, `${target}[i].decode(b[${field.offset}+i*${field.width}:])`);
      if (field.count !== undefined) return [`\tcopy(${target}[:], b[${field.offset}:])`];
      if (field.type === 'u8') return [`\t${target} = b[${field.offset}]`];
      return [`\t${target} = binary.LittleEndian.${pascal(GO_TYPES[field.type])}(b[${field.offset}:])`];
    }),
    '}',
    '',
  ];
}

function encoder({ name, size, fields }: Struct): string[] {
  return [
    `func (s *${goName(name)}) encode(b []byte) {`,
    `\t_ = b[${size - 1}]`,
    ...fields.flatMap((field) => {
      const source = `s.${goName(field.name)}`;
      if (!isScalar(field.type)) return loop(field, `${source}[i].encode(b[${field.offset}+i*${field.width}:])`);
      if (field.count !== undefined) return [`\tcopy(b[${field.offset}:], ${source}[:])`];
      if (field.type === 'u8') return [`\tb[${field.offset}] = ${source}`];
      return [`\tbinary.LittleEndian.Put${pascal(GO_TYPES[field.type])}(b[${field.offset}:], ${source})`];
    }),
    '}',
    '',
  ];
}

function loop(field: Field, body: string): string[] {
  return [`\tfor i := range s.${goName(field.name)} {`, `\t\t${body}`, '\t}'];
}

/** `uint(a - b)` of constants does not compile when it is negative; both ways round makes an equality. */
function assertions({ name, size, fields }: Struct): string[] {
  const equal = (actual: string, expected: number): string[] => [
    `\t_ = uint(${actual} - ${expected})`,
    `\t_ = uint(${expected} - ${actual})`,
  ];
  return [
    'const (',
    ...equal(`unsafe.Sizeof(${goName(name)}{})`, size),
    ...fields.flatMap((field) => equal(`unsafe.Offsetof(${goName(name)}{}.${goName(field.name)})`, field.offset)),
    ')',
    '',
  ];
}

/** The layout for TypeScript: offsets as constants for hot loops, field tables and shapes for everything else. */
import { camel, type Field, isScalar, type Layout, pascal, SOURCE, type Struct, shout, usedFields } from './schema.ts';

export function layoutForTypeScript(layout: Layout): string {
  const lines = [
    `// Generated from ${SOURCE} by scripts/generate.ts; do not edit.`,
    "import type { Field } from './field.ts';",
    '',
    `export const MAGIC = '${layout.magic}';`,
    `export const VERSION = ${layout.version};`,
    ...layout.constants.flatMap(({ name, value, doc }) => [`/** ${doc} */`, `export const ${name} = ${value};`]),
    '',
    ...layout.enums.flatMap(({ name, members }) => [
      `export const ${shout(name)} = { ${members.map((member) => `${member.name}: ${member.value}`).join(', ')} } as const;`,
    ]),
    '',
    '/** Everything a reader refuses: code and reason. */',
    'export const REFUSALS = {',
    ...layout.refusals.map(({ code, reason }) => `  '${code}': ${JSON.stringify(reason)},`),
    '} as const;',
    'export type RefusalCode = keyof typeof REFUSALS;',
    '',
    ...layout.structs.flatMap(struct),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function struct(source: Struct): string[] {
  const { name, size, doc, fields } = source;
  return [
    `/** Byte offsets of ${name}: ${doc}. */`,
    `export const ${shout(name)} = {`,
    `  size: ${size},`,
    ...fields.map((field) => `  ${camel(field.name)}: ${field.offset},`),
    '} as const;',
    '',
    `export const ${shout(name)}_FIELDS: readonly Field[] = [`,
    ...usedFields(source).map((field) => `  ${row(field)},`),
    '];',
    '',
    `/** ${doc}. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */`,
    `export type ${pascal(name)}Fields = {`,
    ...usedFields(source).flatMap((field) => [
      `  /** ${field.doc} */`,
      `  readonly ${camel(field.name)}: ${shape(field)};`,
    ]),
    '};',
    '',
  ];
}

function row({ name, type, count, text, offset, width }: Field): string {
  const kind = !isScalar(type) ? 'structs' : text ? 'text' : count !== undefined ? 'bytes' : type;
  const more = count === undefined ? '' : `, count: ${count}`;
  const inner = isScalar(type) ? '' : `, width: ${width}, fields: ${shout(type)}_FIELDS`;
  return `{ name: '${camel(name)}', json: '${name}', kind: '${kind}', offset: ${offset}${more}${inner} }`;
}

function shape({ type, count, text }: Field): string {
  if (!isScalar(type)) return `readonly ${pascal(type)}Fields[]`;
  if (text || count !== undefined) return 'string';
  return type === 'u64' ? 'bigint' : 'number';
}

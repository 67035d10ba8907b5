/** The layout for people. */
import { type Layout, SOURCE, type Struct } from './schema.ts';

export function layoutForPeople(layout: Layout): string {
  const lines = [
    `<!-- Generated from ${SOURCE} by scripts/generate.ts; do not edit. -->`,
    '# Layout of the record file',
    '',
    `Version ${layout.version}. Little-endian, naturally aligned. What it means and how to read it: \`docs/record.md\`.`,
    '',
    ...layout.structs.flatMap(struct),
    '## Enumerations',
    '',
    ...layout.enums.flatMap(({ name, type, flags, members }) => [
      `**${name}** (${type}, ${flags ? 'bits' : 'values'}): ${members.map((member) => `${member.value} ${member.name}`).join(' · ')}`,
      '',
    ]),
    '## Constants',
    '',
    '| name | value | meaning |',
    '| --- | --- | --- |',
    ...layout.constants.map(({ name, value, doc }) => `| ${name} | ${value} | ${doc} |`),
    '',
    '## Refusals',
    '',
    '| code | reason |',
    '| --- | --- |',
    ...layout.refusals.map(({ code, reason }) => `| ${code} | ${reason} |`),
    '',
  ];
  return lines.join('\n');
}

function struct({ name, size, doc, fields }: Struct): string[] {
  return [
    `## ${name}: ${size} bytes`,
    '',
    `${doc}.`,
    '',
    '| offset | type | field | meaning |',
    '| --- | --- | --- | --- |',
    ...fields.map(
      ({ offset, type, count, name: field, doc: meaning }) =>
        `| ${offset} | ${type}${count === undefined ? '' : `[${count}]`} | ${field} | ${meaning} |`,
    ),
    '',
  ];
}

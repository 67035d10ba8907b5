/** The JSON Schema of `seamark.yaml` for editors, from the same source as the checks. */
import * as z from 'zod';
import { specSchema } from './schema.ts';

export function createJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(specSchema, { io: 'input', target: 'draft-7' }) as Record<
    string,
    unknown
  >;
  return { $schema, title: 'seamark.yaml', ...rest };
}

export function renderJsonSchema(): string {
  return `${JSON.stringify(createJsonSchema(), null, 2)}\n`;
}

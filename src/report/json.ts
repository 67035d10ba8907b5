/** A result as one JSON document. Infinite and unknown numbers are null, since JSON has no others; the store reads them back. */
import type { Result } from '../model/result.ts';

/** The document of `--json`: the Result as it stands, `schema` first, ending in a line break; `indent` 0 puts it on one line. */
export function renderJson(result: Result, indent = 2): string {
  const { schema, ...rest } = result;
  return `${JSON.stringify({ schema, ...rest }, nullOutOfRange, indent)}\n`;
}

function nullOutOfRange(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

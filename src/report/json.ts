/** A result as one JSON document, and back. Infinite and unknown numbers are null, since JSON has no others. */
import { RESULT_SCHEMA, type Result } from '../model/result.ts';

/** The document of `--json`: the Result as it stands, `schema` first, ending in a line break. */
export function renderJson(result: Result): string {
  const { schema, ...rest } = result;
  return `${JSON.stringify({ schema, ...rest }, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value), 2)}\n`;
}

/**
 * Reads what `renderJson` wrote; undefined when it is no result of this schema. Null becomes what it stood for: an open
 * lower end 0 (of a ratio) or −∞, an open upper end or a ratio to zero ∞, an unknown value NaN.
 */
export function readResult(text: string): Result | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, revive);
  } catch {
    return undefined;
  }
  const schema = typeof parsed === 'object' && parsed !== null && 'schema' in parsed ? parsed.schema : undefined;
  return schema === RESULT_SCHEMA ? (parsed as Result) : undefined;
}

const STANDS_FOR: Readonly<Record<string, number>> = {
  ratio: Number.POSITIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  detectable: Number.POSITIVE_INFINITY,
  low: Number.NEGATIVE_INFINITY,
};

function revive(key: string, value: unknown): unknown {
  if (value !== null) return value;
  return STANDS_FOR[key] ?? Number.NaN;
}

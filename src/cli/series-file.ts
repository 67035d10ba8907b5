/**
 * A series as text: one version a line, `version,value` or `value`, separated by comma, semicolon, tab or blanks; values may
 * carry a unit. Lines of one version that follow each other are its runs, and their median stands for it. Every line that
 * can't be read is named.
 */
import type { SeriesPoint } from '../analysis/series.ts';
import { type Place, Problem, Problems } from '../model/problem.ts';
import { type Dimension, parseQuantity } from '../model/unit.ts';
import { median } from '../stats/quantile.ts';

export interface SeriesFile {
  readonly points: readonly SeriesPoint[];
  readonly dimension: Dimension;
}

/** More problems than this are counted, not told one by one. */
const MOST_TOLD = 10;

interface Line {
  readonly version?: string;
  readonly value: number;
  readonly dimension: Dimension;
}

/** `name` is how messages call the file. Throws Problems for lines that are no version and value. */
export function parseSeries(text: string, name: string): SeriesFile {
  const problems: Problem[] = [];
  const foreign: { readonly dimension: Dimension; readonly place: Place }[] = [];
  const lines: Line[] = [];
  let seen = 0;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const source = raw.trim();
    if (source === '' || source.startsWith('#')) continue;
    seen++;
    const read = readLine(source);
    const column = raw.length - raw.trimStart().length + 1;
    const place: Place = { file: name, line: at + 1, column, length: source.length, source: raw };
    if (typeof read !== 'string') {
      if (lines[0] === undefined || lines[0].dimension === read.dimension) lines.push(read);
      else foreign.push({ dimension: read.dimension, place });
      // A first line without any number is the head of a table.
    } else if (seen > 1 || /\d/.test(source) || /\bnan\b|\binf/i.test(source)) problems.push(refuse(read, place));
  }
  const [first, ...others] = foreign;
  if (first) {
    const more =
      others.length === 0 ? '' : `; ${others.length} more ${others.length === 1 ? 'line differs' : 'lines differ'} too`;
    const message = `the value is in ${first.dimension}, the ones above in ${lines[0]!.dimension}${more}`;
    problems.push(new Problem({ code: 'bad-value', message, cure: 'write all values in one unit', at: first.place }));
  }
  if (problems.length > MOST_TOLD) {
    const left = problems.length - MOST_TOLD + 1;
    const more = new Problem({ code: 'bad-value', message: `${left} more lines of ${name} can not be read either` });
    throw new Problems([...problems.slice(0, MOST_TOLD - 1), more]);
  }
  if (problems.length > 0) throw new Problems(problems);
  if (lines.length === 0) {
    throw new Problem({
      code: 'empty-series',
      message: `${name} holds no value`,
      cure: 'write one line a version: v1.4.0, 12.3 ms',
      at: { file: name },
    });
  }
  return { points: joinRuns(lines), dimension: lines[0]!.dimension };
}

/** The line, or why it is none. */
function readLine(source: string): Line | string {
  const cells = source.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const blank = /\s/.exec(source)?.index ?? -1;
  // `12.3 ms` is a value with its unit, `abc123 12.3 ms` a version and its value.
  const whole = cells.length === 1 ? parseQuantity(source) : undefined;
  const parts =
    whole !== undefined || cells.length > 1 || blank < 0
      ? cells
      : [source.slice(0, blank), source.slice(blank + 1).trim()];
  if (parts.length > 2) return 'there are more than a version and a value on this line';
  const text = parts[parts.length - 1]!;
  const quantity = parseQuantity(text);
  if (quantity === undefined || !Number.isFinite(quantity.value)) return `\`${text}\` is not a number`;
  if (!(quantity.value > 0)) return `\`${text}\` is not above zero`;
  return { ...quantity, ...(parts.length === 2 && parts[0] !== '' && { version: parts[0]! }) };
}

function refuse(message: string, at: Place): Problem {
  const cure = message.includes('above zero')
    ? 'a time, a size or a rate is above zero: leave out runs that failed'
    : 'write one line a version: v1.4.0, 12.3 ms; or only the value';
  return new Problem({ code: 'bad-value', message, cure, at });
}

/** Neighbouring lines of one version become one point. A value without a version is called by its number. */
function joinRuns(lines: readonly Line[]): SeriesPoint[] {
  const groups: { version: string; values: number[] }[] = [];
  for (const { version, value } of lines) {
    const last = groups[groups.length - 1];
    if (version !== undefined && last?.version === version) last.values.push(value);
    else groups.push({ version: version ?? `#${groups.length + 1}`, values: [value] });
  }
  return groups.map(({ version, values }) => ({ version, value: median(values) }));
}

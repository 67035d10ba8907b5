/** One picture of a study alone: `--picture forest`, `forest:2` for the second, `all` for the list of them. */
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import type { DataRow } from '../report/gallery.ts';

interface Options {
  readonly format?: string;
  readonly json?: boolean;
  readonly out?: string;
}

const WIDTH = 1040;

/** SVG, unless the numbers are asked for: by --json, or a name that ends in .csv or .json. */
export async function drawAlone(result: Result, asked: string, options: Options): Promise<string> {
  const { drawPicture, listPictures, PICTURE_NAMES, readPicture } = await import('../report/gallery.ts');
  const there = listPictures(result);
  if (asked === 'all') return there.flatMap((kind) => sayKind(kind)).join('');
  const [, name = '', number = '1'] = /^([\w-]+?)(?::([1-9]\d{0,3}))?$/.exec(asked) ?? [];
  const at = Number(number) - 1;
  if (!PICTURE_NAMES.includes(name)) {
    throw noPicture(`There is no kind of picture \`${asked}\``, `It is one of ${PICTURE_NAMES.join(', ')}.`);
  }
  const form = formOf(options);
  const text =
    form === 'svg' ? drawPicture(result, name, at, WIDTH) : writeRows(readPicture(result, name, at), form === 'json');
  if (text !== undefined) return text;
  const count = there.find((kind) => kind.name === name)?.titles.length ?? 0;
  throw noPicture(
    count === 0 ? `This study has no data for a picture \`${name}\`` : `There are only ${count} pictures \`${name}\``,
    'See those it has with --picture all.',
  );
}

function formOf({ format, json, out = '' }: Options): 'svg' | 'csv' | 'json' {
  if (json || format === 'json' || out.endsWith('.json')) return 'json';
  if (out.endsWith('.csv')) return 'csv';
  if (format === undefined) return 'svg';
  throw noPicture(`A picture can't be printed as ${format}`, 'Leave --format out for SVG, or take --json.');
}

function sayKind({ name, shows, titles }: { name: string; shows: string; titles: readonly string[] }): string[] {
  return titles.map((title, at) => `${`${name}${at === 0 ? '' : `:${at + 1}`}`.padEnd(14)} ${shows}: ${title}\n`);
}

function writeRows(rows: readonly DataRow[] | undefined, json: boolean): string | undefined {
  if (!rows) return undefined;
  if (json) return `${JSON.stringify(rows, null, 2)}\n`;
  const names = Object.keys(rows[0] ?? {});
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map(writeLine).join('');
}

/** RFC 4180; what a spreadsheet would take for a formula is kept a text. */
function writeLine(cells: readonly (string | number)[]): string {
  const quote = (cell: string | number) => {
    const text = typeof cell === 'string' && /^[=+@-]/.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${cells.map(quote).join(',')}\r\n`;
}

function noPicture(message: string, cure: string): Problem {
  return new Problem({ code: 'no-picture', message, cure, blame: 'input' });
}

/** Quantities of a spec, checked for their dimension: `2 %`, `90 s`. */

import { nearestWord } from '../model/nearest.ts';
import { type Dimension, parseQuantity, type Quantity, UNITS } from '../model/unit.ts';
import type { ValuePath } from './document.ts';
import type { Reading } from './reading.ts';

const EXAMPLES: Readonly<Record<Dimension, string>> = {
  seconds: 'a time with its unit, such as 90 s',
  bytes: 'a size with its unit, such as 64 KiB',
  fraction: 'a share in percent, such as 2 %',
  rate: 'a rate, such as 400/s',
  count: 'a number',
};

/** Reads the scalar at `path` as a quantity of `dimension`; reports and answers undefined when it is none. */
function readQuantity(reading: Reading, path: ValuePath, dimension: Dimension): number | undefined {
  const text = reading.text(path);
  const quantity = parseQuantity(text);
  if (quantity?.dimension === dimension && Number.isFinite(quantity.value)) return quantity.value;
  const key = path.filter((part) => typeof part === 'string').join('.');
  reading.report(
    'unexpected-value',
    `\`${key}\` expects ${EXAMPLES[dimension]}, found \`${text}\``,
    path,
    unitCure(text, dimension),
  );
  return undefined;
}

/** A size, time or share that lies outside what makes sense is reported and not used. */
export function readWithin(
  reading: Reading,
  path: ValuePath,
  dimension: Dimension,
  range: { readonly least: number; readonly most: number; readonly words: string },
): number | undefined {
  const value = readQuantity(reading, path, dimension);
  if (value === undefined || (value >= range.least && value <= range.most)) return value;
  const key = path.filter((part) => typeof part === 'string').join('.');
  reading.report('out-of-range', `\`${key}\` must lie ${range.words}, found \`${reading.text(path)}\``, path);
  return undefined;
}

/** `64 kib` carries a unit that is nearly one; `5x` and `v1.4.0` carry none. */
export function mistakenUnit(
  text: string,
): { readonly unit: string; readonly nearest: string | undefined } | undefined {
  if (parseQuantity(text)) return undefined;
  const match = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(\s*)([^\s\d.]\S*)\s*$/.exec(text);
  if (!match) return undefined;
  const [, blank, unit] = match as unknown as [string, string, string];
  const nearest = nearestUnit(unit);
  const isSpelling = nearest !== undefined && nearest.toLowerCase() === unit.toLowerCase();
  return blank !== '' || isSpelling ? { unit, nearest } : undefined;
}

export const describeQuantity = (quantity: Quantity | undefined) =>
  quantity ? DIMENSION_WORDS[quantity.dimension] : 'a word';

const DIMENSION_WORDS: Readonly<Record<Dimension, string>> = {
  seconds: 'a time',
  bytes: 'a size',
  fraction: 'a share',
  rate: 'a rate',
  count: 'a number',
};

function nearestUnit(unit: string): string | undefined {
  const names = Object.keys(UNITS);
  const spelling = names.find((candidate) => candidate.toLowerCase() === unit.toLowerCase());
  return (
    spelling ??
    nearestWord(
      unit,
      names.filter((candidate) => candidate.length > 1),
    )
  );
}

function unitCure(text: string, dimension: Dimension): string | undefined {
  const bare = parseQuantity(text)?.dimension === 'count';
  if (bare && dimension === 'fraction') return `did you mean \`${text} %\`?`;
  if (bare && dimension === 'seconds') return `did you mean \`${text} s\`?`;
  const wrong = mistakenUnit(text);
  if (wrong?.nearest !== undefined) return `did you mean the unit \`${wrong.nearest}\`?`;
  const fitting = Object.keys(UNITS).filter((name) => UNITS[name]!.dimension === dimension && !/[μ]/.test(name));
  return fitting.length === 0 ? undefined : `the units here are ${fitting.join(', ')}`;
}

/**
 * Fisher's exact test of a table of two rows: whether both rows share their columns alike, for counts too small for
 * chi-squared. Every table with the same margins is weighed; those no likelier than the one seen make the p-value.
 * Source: Fisher 1935; Freeman & Halton 1951 for more than two columns.
 */
import { logGamma } from './gamma.ts';

/** Tables are called equally likely within this, as R's fisher.test does. */
const EQUAL = 1 + 1e-7;
const MOST_TABLES = 5e6;

/**
 * Two-sided p-value; `first` and `second` are the rows, counts a column. RangeError for counts that are not whole, rows of
 * unlike length, or tables too many to weigh (five million).
 */
export function fisherExact(first: readonly number[], second: readonly number[]): number {
  if (first.length !== second.length) throw new RangeError('Both rows of the table must have the same columns.');
  if ([...first, ...second].some((count) => !Number.isInteger(count) || count < 0))
    throw new RangeError('Every count of the table must be a whole number, zero or more.');
  const columns = first.map((count, i) => count + second[i]!);
  const drawn = first.reduce((sum, count) => sum + count, 0);
  const total = columns.reduce((sum, count) => sum + count, 0);
  // P(table) = Π C(column, count in the first row) / C(total, first row).
  const logAll = logChoose(total, drawn);
  const ways = columns.map((column) => Array.from({ length: column + 1 }, (_, count) => logChoose(column, count)));
  const seen = first.reduce((sum, count, i) => sum + ways[i]![count]!, -logAll);
  const room = columns.map((_, i) => columns.slice(i + 1).reduce((sum, column) => sum + column, 0));
  const limit = seen + Math.log(EQUAL);
  let p = 0;
  let tables = 0;
  const fill = (column: number, left: number, soFar: number): void => {
    if (column === columns.length) {
      if (++tables > MOST_TABLES)
        throw new RangeError('The table has too many counts for an exact test: use chi-squared.');
      if (soFar <= limit) p += Math.exp(soFar);
      return;
    }
    const least = Math.max(0, left - room[column]!);
    const most = Math.min(columns[column]!, left);
    for (let count = least; count <= most; count++) fill(column + 1, left - count, soFar + ways[column]![count]!);
  };
  fill(0, drawn, -logAll);
  return Math.min(1, p);
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Screening designs of 12, 20 and 24 rows: main effects only, each mixed with parts of many interactions.
 * Source: Plackett & Burman, The design of optimum multifactorial experiments, Biometrika 33 (1946).
 */
const FIRST_ROWS = ['++-+++---+-', '++--++++-+-+----++-', '+++++-+-++--++--+-+----'];

/** The smallest one with a column for each factor; undefined beyond 23. Row by row the first is shifted; the last is all −1. */
export function plackettBurman(factors: number): number[][] | undefined {
  const first = FIRST_ROWS.find((row) => row.length >= factors);
  if (first === undefined) return undefined;
  const signs = [...first].map((sign) => (sign === '+' ? 1 : -1));
  const shifted = signs.map((_, by) => signs.map((_, at) => signs[(at - by + signs.length) % signs.length]!));
  return [...shifted, signs.map(() => -1)].map((row) => row.slice(0, factors));
}

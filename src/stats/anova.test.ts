import { describe, expect, test } from 'vitest';
import { typeThreeAnova } from './anova.ts';
import { listTerms } from './coding.ts';
import { fUpper } from './fisher-f.ts';

/** One way: groups of values. */
function oneWay(groups: readonly (readonly number[])[]) {
  const levels = groups.flatMap((group, level) => group.map(() => [level]));
  return typeThreeAnova(levels, [groups.length], [[0]], groups.flat());
}

const SI_RSTV = [
  [196.3052, 196.124, 196.189, 196.2569, 196.3403],
  [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
  [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
  [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
  [196.2119, 196.1051, 196.185, 196.0052, 196.209],
];
const ATM_WT_AG = [
  [
    1568, 1465, 1572, 1785, 1446, 1903, 1526, 1494, 1616, 1587, 1519, 1486, 1419, 1569, 1508, 1672, 1385, 1518, 1662,
    1424, 1360, 1333, 1610, 1477,
  ],
  [
    1079, 1344, 1513, 1197, 1604, 1385, 1642, 1365, 1151, 1082, 1517, 1448, 1198, 1482, 1334, 1609, 1101, 1512, 1469,
    1360, 1254, 1261, 1450, 1368,
  ],
].map((group) => group.map((last) => Number(`107.868${last}`)));
/** Simon & Lesage: nine treatments, one value and then pairs around it, above a constant. 1,000 pairs are 18,009 points. */
const simonLesage = (constant: number, pairs: number) =>
  [4, 3, 5, 3, 5, 3, 5, 3, 5].map((centre) => {
    const write = (digit: number) => Number(`${constant}.${digit}`);
    return [write(centre), ...Array.from({ length: pairs }, () => [write(centre - 1), write(centre + 1)]).flat()];
  });

describe('NIST StRD', () => {
  // SmLs09 stands at 1e12, where doubles are 1.2e-4 apart: the data hold no more than these digits of F.
  test.each([
    ['SiRstv', SI_RSTV, 1.18046237440255, 0.190999039051129, 1e-9],
    ['SmLs01', simonLesage(1, 10), 21, 0.482758620689655, 1e-12],
    ['SmLs09', simonLesage(1_000_000_000_000, 1000), 2001, 0.470712773465067, 1e-3],
    ['AtmWtAg', ATM_WT_AG, 15.946733567793, 0.257426544538321, 1e-7],
  ])('%s has the certified F and R²', (_, groups, f, rSquared, digits) => {
    const { rows, rSquared: reached } = oneWay(groups);
    expect(Math.abs(rows[0]!.f / f - 1)).toBeLessThan(digits);
    expect(Math.abs(reached / rSquared - 1)).toBeLessThan(digits);
  });
});

/** R `npk`: block, N, P, K, yield (Venables & Ripley, Modern Applied Statistics with S, 6.6). */
const NPK = [
  [0, 0, 1, 1, 49.5],
  [0, 1, 1, 0, 62.8],
  [0, 0, 0, 0, 46.8],
  [0, 1, 0, 1, 57],
  [1, 1, 0, 0, 59.8],
  [1, 1, 1, 1, 58.5],
  [1, 0, 0, 1, 55.5],
  [1, 0, 1, 0, 56],
  [2, 0, 1, 0, 62.8],
  [2, 1, 1, 1, 55.8],
  [2, 1, 0, 0, 69.5],
  [2, 0, 0, 1, 55],
  [3, 1, 0, 0, 62],
  [3, 1, 1, 1, 48.8],
  [3, 0, 0, 1, 45.5],
  [3, 0, 1, 0, 44.2],
  [4, 1, 1, 0, 52],
  [4, 0, 0, 0, 51.5],
  [4, 1, 0, 1, 49.8],
  [4, 0, 1, 1, 48.8],
  [5, 1, 0, 1, 57.2],
  [5, 1, 1, 0, 59],
  [5, 0, 1, 1, 53.2],
  [5, 0, 0, 0, 56],
];

test('R npk, a blocked 2³: F of N, K and blocks, and what is left over', () => {
  const levels = NPK.map((row) => row.slice(0, 4));
  const y = NPK.map((row) => row[4]!);
  const counts = [6, 2, 2, 2];
  const terms = [[0], [1], [2], [3], [1, 2], [1, 3], [2, 3]];
  const { rows, residual } = typeThreeAnova(levels, counts, terms, y);
  expect(rows[0]!.f).toBeCloseTo(4.44667, 4);
  expect(rows[1]!.f).toBeCloseTo(12.25873, 4);
  expect(rows[3]!.f).toBeCloseTo(6.16569, 4);
  expect(residual.sumOfSquares).toBeCloseTo(185.2867, 3);
  expect(residual.df).toBe(12);
  expect(fUpper(rows[1]!.f, 1, 12)).toBeCloseTo(0.00437, 4);
});

test('what blocks are confounded with is refused by its number', () => {
  const levels = NPK.map((row) => row.slice(0, 4));
  const y = NPK.map((row) => row[4]!);
  expect(() => typeThreeAnova(levels, [6, 2, 2, 2], [[0], [1], [2], [3], [1, 2, 3]], y)).toThrow(/term 5/);
});

/** R `warpbreaks`: wool A and B by tension L, M, H (Tippett 1950). */
const WARP = [
  [
    [26, 30, 54, 25, 70, 52, 51, 26, 67],
    [18, 21, 29, 17, 12, 18, 35, 30, 36],
    [36, 21, 24, 18, 10, 43, 28, 15, 26],
  ],
  [
    [27, 14, 29, 19, 29, 31, 41, 20, 44],
    [42, 26, 19, 16, 39, 28, 21, 39, 29],
    [20, 21, 24, 17, 13, 15, 15, 16, 28],
  ],
];

test('R warpbreaks, two by three: F of wool, tension and both', () => {
  const cells = WARP.flatMap((row, wool) => row.map((values, tension) => ({ wool, tension, values })));
  const levels = cells.flatMap(({ wool, tension, values }) => values.map(() => [wool, tension]));
  const { rows } = typeThreeAnova(
    levels,
    [2, 3],
    listTerms(2, 2),
    cells.flatMap(({ values }) => values),
  );
  expect(rows.map((row) => Number(row.f.toFixed(5)))).toEqual([3.76529, 8.49805, 4.18907]);
  expect(rows.map((row) => row.df)).toEqual([1, 2, 2]);
});

test('an unbalanced table gives each term what it adds to all others', () => {
  // Two-level, unbalanced: type III of a main effect is the squared t of its ±1 coefficient (Searle 1987, 4.6).
  const levels = [
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [1, 1],
    [1, 1],
  ];
  const y = [3, 5, 9, 4, 8, 12, 10];
  const { rows } = typeThreeAnova(levels, [2, 2], listTerms(2, 2), y);
  // Cell means 4, 9, 4, 10: A = (4 + 10 − 4 − 9)/2, its variance s²/4 · Σ 1/n.
  const s2 = (2 + 8) / 3;
  const inverse = 1 / 2 + 1 + 1 + 1 / 3;
  expect(rows[0]!.f).toBeCloseTo(0.5 ** 2 / ((s2 / 4) * inverse), 9);
  expect(rows[1]!.f).toBeCloseTo(5.5 ** 2 / ((s2 / 4) * inverse), 9);
});

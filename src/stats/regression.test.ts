import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitWeights, leastSquares, logDeterminant, matrixRank, standardDeviation } from './regression.ts';

// NIST StRD, Norris: ozone monitors.
const NORRIS_X = [
  0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6,
  556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5,
];
const NORRIS_Y = [
  0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8,
  557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2,
];

test('the straight line through NIST Norris has the certified figures', () => {
  const fit = leastSquares(
    NORRIS_X.map((x) => [1, x]),
    NORRIS_Y,
  );
  expect(fit.coefficients[0]! / -0.262323073774029).toBeCloseTo(1, 10);
  expect(fit.coefficients[1]! / 1.00211681802045).toBeCloseTo(1, 13);
  expect(fit.standardErrors[0]! / 0.232818234301152).toBeCloseTo(1, 10);
  expect(fit.standardErrors[1]! / 0.429796848199937e-3).toBeCloseTo(1, 10);
  expect(fit.rSquared).toBeCloseTo(0.999993745883712, 14);
  expect(fit.residualDf).toBe(34);
});

test('NIST NumAcc4 keeps eight digits of its standard deviation', () => {
  const values = [10000000.2, ...Array.from({ length: 500 }, () => [10000000.1, 10000000.3]).flat()];
  expect(Math.abs(standardDeviation(values) / 0.1 - 1)).toBeLessThan(1e-8);
});

test('a polynomial is found again from its values, whatever constant is added', () => {
  const coefficient = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.tuple(coefficient, coefficient, coefficient), fc.constantFrom(0, 1e6), (wanted, constant) => {
      const rows = Array.from({ length: 12 }, (_, i) => [1, i - 5.5, (i - 5.5) ** 2]);
      const y = rows.map((row) => constant + row.reduce((sum, x, j) => sum + x * wanted[j]!, 0));
      const { coefficients } = leastSquares(rows, y);
      wanted.forEach((each, j) => {
        expect(coefficients[j]!).toBeCloseTo(each + (j === 0 ? constant : 0), 6);
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

test('weights give the coefficients of any values', () => {
  const rows = NORRIS_X.map((x) => [1, x, Math.sqrt(x)]);
  const weights = fitWeights(rows);
  leastSquares(rows, NORRIS_Y).coefficients.forEach((each, j) => {
    expect(weights[j]!.reduce((sum, weight, i) => sum + weight * NORRIS_Y[i]!, 0)).toBeCloseTo(each, 9);
  });
});

test('the determinant of an orthogonal design is that of its diagonal', () => {
  const rows = [-1, 1].flatMap((a) => [-1, 1].map((b) => [1, a, b]));
  expect(logDeterminant(rows)).toBeCloseTo(3 * Math.log(4), 12);
  expect(logDeterminant(rows.map(([one, a]) => [one!, a!, a!]))).toBe(-Infinity);
});

test.each([
  [
    'a column that repeats another',
    [
      [1, 2, 4],
      [1, 3, 6],
      [1, 5, 10],
      [1, 6, 12],
    ],
    [1, 2, 3, 4],
    /only 2 of 3/,
  ],
  ['fewer rows than columns', [[1, 2]], [1], /1 rows can't tell 2 columns apart/],
  [
    'a value that is no number',
    [
      [1, 2],
      [1, 3],
      [1, 5],
    ],
    [1, Number.NaN, 3],
    /not a finite number/,
  ],
  [
    'a design that is not finite',
    [
      [1, 2],
      [1, Infinity],
      [1, 5],
    ],
    [1, 2, 3],
    /not finite/,
  ],
  [
    'too few values',
    [
      [1, 2],
      [1, 3],
    ],
    [1],
    /1 values for 2 rows/,
  ],
])('%s is refused', (_, matrix, y, message) => {
  expect(() => leastSquares(matrix, y)).toThrow(message);
});

test('rank counts columns that say something new', () => {
  expect(matrixRank([[1, 1, 2, 0]])).toBe(1);
  expect(
    matrixRank([
      [1, 0, 1],
      [0, 1, 1],
      [1, 1, 2],
    ]),
  ).toBe(2);
});

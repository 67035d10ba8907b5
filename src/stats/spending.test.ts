import { expect, test } from 'vitest';
import { boundaries, crossingProbability, obrienFleming, pocock } from './spending.ts';

const equal = (looks: number) => Array.from({ length: looks }, (_, i) => (i + 1) / looks);

test('five equal looks that spend with the square of time have the known boundaries', () => {
  const { z, nominal } = boundaries(equal(5), 0.05, 2);
  expect(z.map((value) => value.toFixed(4))).toEqual(['3.0902', '2.7141', '2.4728', '2.2799', '2.1140']);
  expect(nominal.map((value) => value.toFixed(6))).toEqual([
    '0.002000',
    '0.006645',
    '0.013407',
    '0.022616',
    '0.034513',
  ]);
});

test.each([
  [5, ['4.8769', '3.3570', '2.6803', '2.2898', '2.0310']],
  [4, ['4.3326', '2.9631', '2.3590', '2.0141']],
  [3, ['3.7103', '2.5114', '1.9930']],
  [2, ['2.9626', '1.9686']],
])("%d looks in the manner of O'Brien and Fleming (Lan & DeMets)", (looks, published) => {
  expect(boundaries(equal(looks), 0.05, obrienFleming).z.map((value) => value.toFixed(4))).toEqual(published);
});

test('five looks in the manner of Pocock (Lan & DeMets)', () => {
  const published = ['2.4380', '2.4268', '2.4102', '2.3966', '2.3860'];
  expect(boundaries(equal(5), 0.05, pocock).z.map((value) => value.toFixed(4))).toEqual(published);
});

test.each([
  [2, 1.977],
  [3, 2.004],
  [4, 2.024],
  [5, 2.04],
  [10, 2.087],
])("%d looks at O'Brien and Fleming's constant %d keep five percent (Jennison & Turnbull)", (looks, constant) => {
  const z = equal(looks).map((t) => constant / Math.sqrt(t));
  expect(Math.abs(crossingProbability(equal(looks), z) - 0.05)).toBeLessThan(1e-4);
});

test('looks at uneven times spend the same in all', () => {
  const fractions = [0.33, 0.41, 0.8, 1];
  expect(crossingProbability(fractions, boundaries(fractions, 0.05, 2).z)).toBeCloseTo(0.05, 9);
});

test('a single look is an ordinary test', () => {
  expect(boundaries([1], 0.05, 2).nominal[0]).toBeCloseTo(0.05, 12);
});

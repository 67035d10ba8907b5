import { expect, test } from 'vitest';
import type { Level } from '../model/experiment.ts';
import { parseQuantity } from '../model/unit.ts';
import { middleOf } from './centre.ts';
import { factor } from './invented-experiment.ts';

const between = (low: string, high: string) => {
  const level = (text: string): Level => ({ text, ...parseQuantity(text) });
  return middleOf(factor('f', [], { levels: [level(low), level(high)] }));
};

test.each([
  ['4 KiB', '64 KiB', '16 KiB'],
  ['64 KiB', '4 KiB', '16 KiB'],
  ['1 KiB', '3 KiB', '1774 B'],
  ['50', '400', '141'],
  ['1', '4', '2'],
  ['0', '10', '5'],
  ['10 ms', '1 s', '100 ms'],
  ['0.5', '2', '1'],
])('the middle of %s and %s is %s', (low, high, middle) => {
  expect(between(low, high)).toBe(middle);
});

test('between neighbours there is none', () => {
  expect(() => between('1', '2')).toThrow(
    /nothing between `.*: 1` and `2`: the middle of whole numbers is a whole number/,
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseChangeUnit, formatChange, formatShare } from './change.ts';
import { alignDecimals, chooseUnit, formatAlone, formatCount, formatFigure } from './figure.ts';

describe('a figure', () => {
  test.each([
    [0, '0'],
    [0.0512, '0.05'],
    [5.214, '5.21'],
    [9.996, '10.0'],
    [52.14, '52.1'],
    [521.4, '521'],
    [5214, '5,210'],
    [-0.001, '0.00'],
    [-3.146, '−3.15'],
    [Number.NaN, '?'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('of %d reads %s', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });

  test('never claims more than three significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (value) => {
        const digits = formatFigure(value).replace(/[,.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
        expect(digits.length).toBeLessThanOrEqual(3);
        expect(Number(formatFigure(value).replace(/,/g, ''))).toBeCloseTo(
          value,
          Math.min(2, 2 - Math.floor(Math.log10(value))) - 1,
        );
      }),
      { seed: 5 },
    );
  });

  test('that is an exact count is printed whole', () => {
    expect(formatCount(1_204_331)).toBe('1,204,331');
    expect(formatCount(0.25)).toBe('0.25');
  });

  test('alone takes the unit that fits', () => {
    expect(formatAlone('seconds', 5.172e-6)).toBe('5.17 µs');
    expect(formatAlone('bytes', 65536)).toBe('64 KiB');
  });

  test('of a block takes the unit of the smallest, unless the largest would be too long', () => {
    expect(chooseUnit('seconds', [30e-9, 5.2e-6]).name).toBe('ns');
    expect(chooseUnit('seconds', [30e-9, 5.2]).name).not.toBe('ns');
    expect(chooseUnit('seconds', []).name).toBe('ns');
  });

  test('stands with its decimal point below the others', () => {
    expect(alignDecimals(['5.21', '52.1', '521', '', '+6.1 %'])).toEqual(['5.21', '52.1 ', '521   ', '', '+6.1 % ']);
  });
});

describe('a change', () => {
  test.each([
    [1.061, 1.049, 1.074, '+6.1 %', '[4.9, 7.4]'],
    [0.632, 0.62, 0.64, '−36.8 %', '[−38.0, −36.0]'],
    [1.0001, 0.99, 1.01, '0.0 %', '[−1.0, 1.0]'],
    [2.25, 2.22, 2.28, '+125 %', '[122, 128]'],
    [1.06, 0, Number.POSITIVE_INFINITY, '+6.0 %', '[−∞, ∞]'],
    [1.06, Number.NEGATIVE_INFINITY, 1.2, '+6.0 %', '[−∞, 20.0]'],
  ])('of ratio %d within [%d, %d] reads %s %s', (ratio, low, high, change, interval) => {
    expect(formatChange(ratio, low, high, '%', 0.02)).toEqual({ change, interval });
  });

  test('of tenfold and more is written as times, and so is its whole block', () => {
    expect(chooseChangeUnit([1.02, 12.4])).toBe('×');
    expect(chooseChangeUnit([1.02, 3])).toBe('%');
    expect(formatChange(12.41, 12.08, 12.8, '×', 0.02)).toEqual({ change: '×12.4', interval: '[12.1, 12.8]' });
    expect(formatChange(1.021, 1.01, 1.03, '×', 0.02)).toEqual({ change: '×1.02', interval: '[1.01, 1.03]' });
  });

  test('below a percent shows the digits its margin is set in', () => {
    expect(formatChange(1.0031, 1.0012, 1.005, '%', 0.0025).change).toBe('+0.31 %');
    expect(formatShare(0.0025)).toBe('0.25 %');
    expect(formatShare(0.018)).toBe('1.8 %');
    expect(formatShare(0.02)).toBe('2 %');
    expect(formatShare(Number.POSITIVE_INFINITY)).toBe('?');
  });
});

import { describe, expect, test } from 'vitest';
import { makeCloseAxis, makeRatioAxis } from './ratio-axis.ts';
import { drawSeries, type Series } from './series.ts';

const many = (stage: 'judged' | 'fresh' | 'aa', count: number): Series => ({
  title: 'made up',
  figure: '+1.0 % [0.5, 1.5]',
  points: Array.from({ length: count }, (_, at) => ({ block: at + 1, ratio: 1.01 + 0.001 * Math.sin(at), stage })),
  ratio: 1.01,
  low: 1.005,
  high: 1.015,
  margin: 0.02,
  changeUnit: '%',
});

describe('the picture of blocks in run order', () => {
  test.each([
    ['judged', '4'],
    ['fresh', '6.4'],
  ] as const)('draws two thousand %s blocks as one path of dots', (stage, width) => {
    const { markup } = drawSeries(many(stage, 2000), 340, 140, 'x');
    expect(markup).not.toContain('<circle');
    expect(markup).toMatch(
      new RegExp(`<path d="(M[\\d.]+ [\\d.]+h0){2000}" fill="none" stroke="[^"]+" stroke-width="${width}"`),
    );
  });

  test('leaves every A/A ring a ring', () => {
    const { markup } = drawSeries(many('aa', 400), 340, 140, 'x');
    expect(markup.match(/<circle r="4"/g)).toHaveLength(400);
  });

  test('drops no block', () => {
    expect(drawSeries(many('judged', 30), 340, 140, 'x').markup.match(/<circle r="2"/g)).toHaveLength(30);
  });
});

describe('an axis of ratios', () => {
  test.each([
    [
      [0.98, 1.07],
      ['−2 %', '0 %', '+2 %', '+4 %', '+6 %'],
    ],
    [
      [0.62, 2.3],
      ['−25 %', '0 %', '+50 %', '+100 %'],
    ],
    [
      [0.997, 1.004],
      ['−1.0 %', '−0.5 %', '0 %', '+0.5 %', '+1.0 %'],
    ],
  ])('over %j has ticks people expect', (ratios, labels) => {
    const axis = makeRatioAxis(ratios, '%', 5);
    expect(axis.ticks.map(axis.format)).toEqual(labels);
  });

  test('in times says times', () => {
    const axis = makeRatioAxis([0.9, 25], '×', 5);
    expect(axis.ticks.map(axis.format)).toContain('×10');
  });

  test('holds what it must show, no change at all among it', () => {
    const axis = makeRatioAxis([1.3, 1.5], '%', 5);
    expect(axis.domain[0]).toBeLessThan(1);
    expect(axis.domain[1]).toBeGreaterThan(1.5);
  });

  test('close to an effect leaves no change out', () => {
    expect(makeCloseAxis([1.3, 1.5], '%', 5).domain[0]).toBeGreaterThan(1.2);
    expect(makeCloseAxis([], '%', 5).ticks.length).toBeGreaterThan(0);
  });
});

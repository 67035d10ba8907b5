import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { confirm, freshBlocksFor, judge } from './verdict.ts';

const around = (centre: number, blocks: number, sd = 0.004) => {
  const random = createRandom(1, centre, blocks);
  return Array.from({ length: blocks }, () => centre + sd * random.normal());
};
const AT = { nominal: 0.01, margin: 0.02 };

test.each([
  [0, 'equivalent', 'equivalent'],
  [0.008, 'equivalent', 'equivalent'], // really there, but smaller than what matters
  [0.05, 'regression', 'slower'],
  [-0.05, 'improvement', 'faster'],
])('a true log-ratio of %d between builds is called %s, between levels %s', (centre, build, contrast) => {
  const x = around(centre, 24);
  expect(judge(x, { ...AT, kind: 'build' }).verdict).toBe(build);
  expect(judge(x, { ...AT, kind: 'contrast' }).verdict).toBe(contrast);
});

test('what neither lies inside the margin nor leaves zero out is undecided, and says how many blocks would do', () => {
  const { verdict, blocksNeeded, low, high } = judge(around(0.004, 12, 0.04), { ...AT, kind: 'build' });
  expect(verdict).toBe('undecided');
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
  expect(blocksNeeded).toBeGreaterThan(12);
});

test('too few blocks for the level decide nothing, however clear they look', () => {
  const { verdict, low, high, blocksNeeded } = judge([0.5, 0.5, 0.5, 0.5], {
    nominal: 0.05,
    margin: 0.02,
    kind: 'build',
  });
  expect({ verdict, low, high, blocksNeeded }).toEqual({
    verdict: 'undecided',
    low: -Infinity,
    high: Infinity,
    blocksNeeded: undefined,
  });
});

test.each([
  [0.05, 'regression', 'fresh'],
  [0.002, 'equivalent', 'fresh'],
  [-0.05, 'undecided', 'not-repeated'],
])('a regression whose fresh blocks centre on %d ends as %s, %s', (centre, verdict, confirmed) => {
  const result = confirm(around(centre, 20), { margin: 0.02, kind: 'build', found: 'regression' });
  expect(result).toMatchObject({ verdict, confirmed });
  expect(result.confidence).toBeGreaterThanOrEqual(0.9);
  expect(result.confidence).toBeLessThan(0.93);
});

test('fresh blocks that stay wide do not confirm', () => {
  const result = confirm(around(0.005, 20, 0.1), { margin: 0.02, kind: 'build', found: 'regression' });
  expect(result).toMatchObject({ verdict: 'undecided', confirmed: 'not-repeated' });
});

test('a change needs as many fresh blocks as it took, and twenty at least', () => {
  expect([12, 20, 57].map(freshBlocksFor)).toEqual([20, 20, 57]);
});

test('turning every ratio round turns the verdict round, and the order of blocks does not matter', () => {
  const mirror = { regression: 'improvement', improvement: 'regression' } as Record<string, string>;
  const ratios = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 12, maxLength: 30 });
  fc.assert(
    fc.property(ratios, (x) => {
      const { verdict } = judge(x, { ...AT, kind: 'build' });
      const turned = judge(
        x.map((value) => -value),
        { ...AT, kind: 'build' },
      );
      expect(turned.verdict).toBe(mirror[verdict] ?? verdict);
      expect(judge(x.toSorted(), { ...AT, kind: 'build' }).verdict).toBe(verdict);
    }),
    { seed: 2 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeBound } from './expectations.ts';

test.each([
  ['<', -0.3, -0.25, 'confirmed'],
  ['<', -0.25, -0.2, 'undecided'], // touches the bound, which `<` leaves out
  ['<', -0.2, -0.1, 'refuted'],
  ['<=', -0.25, -0.2, 'confirmed'],
  ['>', -0.25, -0.2, 'refuted'],
  ['>=', -0.2, -0.1, 'confirmed'],
  ['=', -0.21, -0.19, 'confirmed'],
  ['=', -0.25, -0.19, 'undecided'],
  ['=', -0.1, 0, 'refuted'],
  ['<', -Infinity, Infinity, 'undecided'],
] as const)('%s -20 %% with an interval from %d to %d is %s', (relation, low, high, outcome) => {
  expect(judgeBound({ low, high }, { relation, value: -0.2, text: '' }, 0.02)).toBe(outcome);
});

test('a count equals its bound or it does not', () => {
  const equals = (count: number) => judgeBound({ low: count, high: count }, { relation: '=', value: 1, text: '' }, 0);
  expect([equals(1), equals(1.0001), equals(0)]).toEqual(['confirmed', 'refuted', 'refuted']);
});

test('a wider interval never turns a confirmed expectation into a refuted one', () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  const relation = fc.constantFrom('<', '<=', '=', '>=', '>');
  fc.assert(
    fc.property(
      relation,
      number,
      number,
      number,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (how, value, a, b, wider) => {
        const bound = { relation: how, value, text: '' } as const;
        const narrow = { low: Math.min(a, b), high: Math.max(a, b) };
        const before = judgeBound(narrow, bound, 0.02);
        const after = judgeBound({ low: narrow.low - wider, high: narrow.high + wider }, bound, 0.02);
        expect([before, 'undecided']).toContain(after);
      },
    ),
    { seed: 3 },
  );
});

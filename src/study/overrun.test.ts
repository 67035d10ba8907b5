import { expect, test } from 'vitest';
import { foreseeOverrun, warnOfOverrun } from './overrun.ts';

const least = { looks: [{ blocks: 12, nominal: 0.05 }], blockS: 1 };

test('a schedule that the budget does not pay for is foreseen, with the repetition on at least twenty blocks', () => {
  expect(foreseeOverrun(least, { budgetS: 20 }, 5)).toEqual({ mostS: 37, budgetS: 20 });
  expect(foreseeOverrun(least, { budgetS: 37 }, 5)).toBeUndefined();
});

test('a study that took more than its budget says by how much', () => {
  expect(warnOfOverrun({}, { budgetS: 20 }, 28.8)).toMatchObject([
    { code: 'over-budget', message: 'the study took 28.8 s, and its budget was 20 s' },
  ]);
  expect(warnOfOverrun({}, { budgetS: 20 }, 20.4)).toEqual([]);
});

test('watching has no budget to keep', () => {
  expect(foreseeOverrun({ ...least, stopping: 'anytime' }, { budgetS: 2 }, 5)).toBeUndefined();
  expect(warnOfOverrun({ stopping: 'anytime' }, { budgetS: 2 }, 60)).toEqual([]);
});

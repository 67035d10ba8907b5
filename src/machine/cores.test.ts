import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { allowedCores, parseCoreList, selectCores } from './cores.ts';

test.each([
  ['0', [0]],
  ['0-3', [0, 1, 2, 3]],
  ['0-1,8,10-11', [0, 1, 8, 10, 11]],
])('the list %s names its cores', (list, cores) => {
  expect(parseCoreList(list)).toEqual(cores);
});

test('runs get all allowed cores unless some are asked for', () => {
  expect(selectCores([0, 1, 4])).toEqual([0, 1, 4]);
  expect(selectCores([0, 1, 4], [4, 1, 4])).toEqual([1, 4]);
});

test.each([[[2]], [[0, 7]], [[]]])(
  'cores %j, which are not there for us, are refused with those that are',
  (wanted) => {
    expect(() => selectCores([0, 1], wanted)).toThrow(
      expect.objectContaining({ exitCode: 2, facts: expect.objectContaining({ cure: 'name some of 0, 1' }) }),
    );
  },
);

test('this process is allowed as many cores as Node counts', async () => {
  expect(await allowedCores()).toHaveLength(availableParallelism());
});

import { expect, test } from 'vitest';
import type { Moment } from '../../src/model/surroundings.ts';
import { makeFolder, tryStudy } from './laboratory.ts';

test('a study looks at the machine before and after, and says what else ran', async () => {
  using folder = makeFolder();
  const moments: Moment[] = [
    { atS: 0, cores: 2, busyS: 100, ownS: 0 },
    { atS: 10, cores: 2, busyS: 115, ownS: 5 },
  ];
  const { result } = tryStudy({ project: folder.path, readMoment: async () => moments.shift()! });
  const { residue, warnings } = await result;
  expect(residue).toContainEqual({
    kind: 'over the study',
    what: 'processors used by others',
    from: '',
    to: '50.0 % of the time',
    matters: true,
  });
  expect(warnings.map(({ code }) => code)).toContain('machine-shared');
});

test('where nobody looks nothing is made up', async () => {
  using folder = makeFolder();
  const { residue } = await tryStudy({ project: folder.path }).result;
  expect(residue).toEqual([]);
});

import { expect, test } from 'vitest';
import type { Factor } from '../model/experiment.ts';
import { factor, HANDOVER, inventExperiment } from './invented-experiment.ts';
import { listTreatments } from './treatments.ts';

test('a path to which a factor does not apply is measured once, not once a level', () => {
  const ids = listTreatments(inventExperiment()).map((treatment) => treatment.id);
  expect(ids).toHaveLength(3 + 3 + 9);
  expect(ids.filter((id) => id.startsWith('go ·'))).toEqual([
    'go · payload=64 B',
    'go · payload=4 KiB',
    'go · payload=64 KiB',
  ]);
  expect(ids).toContain('go->rust · payload=4 KiB · handover=copy-in');
});

test('nesting holds whatever the order of the factors in the file', () => {
  const sorted = (factors: Factor[]) =>
    listTreatments(inventExperiment({ factors }))
      .map(({ levels }) => JSON.stringify(Object.entries(levels).sort()))
      .sort();
  const inner = factor('depth', ['1', '2'], { within: { handover: 'borrow' } });
  expect(sorted([inner, HANDOVER])).toEqual(sorted([HANDOVER, inner]));
  expect(sorted([inner, HANDOVER])).toHaveLength(2 + 4);
});

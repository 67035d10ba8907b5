import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { type ImportedArm, readImport } from './imported.ts';
import { unitOf } from './imported-unit.ts';

/** One process a value. */
const arm = (name: string, byName: Readonly<Record<string, readonly number[]>>, unit = 'ns/op'): ImportedArm => ({
  name,
  lines: Object.entries(byName).flatMap(([benchmark, values]) =>
    values.map((value, process) => ({ benchmark, package: '', process, values: { [unit]: value } })),
  ),
  configuration: {},
  units: {},
});
const LOW = [10, 11, 12, 13, 14];
const HIGH = [20, 21, 22, 23, 24];

test('what is far apart is seen, and capped all the same', () => {
  const { verdict, comparisons } = readImport([arm('old', { X: LOW }), arm('new', { X: HIGH })]);
  expect(verdict).toBe('advisory: order confounded');
  expect(comparisons).toMatchObject([
    { says: 'higher', verdict: 'advisory: order confounded', baseline: { processes: 5, values: 5 } },
  ]);
  expect(comparisons[0]!.baseline.value).toBeCloseTo(12e-9, 15);
  // 2 of the 252 divisions are as far apart.
  expect(comparisons[0]!.p).toBeCloseTo(2 / 252, 12);
  expect(comparisons[0]!.ratio).toBeGreaterThan(22 / 13);
});

test.each([
  ['one process an arm', { X: [10] }, { X: [20] }, 'only medians', 'one-process'],
  ['three processes an arm', { X: [10, 11, 12] }, { X: [20, 21, 22] }, 'nothing seen', 'few-processes'],
  ['two processes against seven', { X: [1, 2, 3, 4, 5, 6, 7] }, { X: [20, 21] }, 'nothing seen', 'few-processes'],
])('%s can tell no difference, and says so', (_, old, young, says, code) => {
  const { comparisons, warnings } = readImport([arm('old', old), arm('new', young)]);
  expect(comparisons[0]).toMatchObject({ says });
  expect(warnings.map((warning) => warning.code)).toContain(code);
});

test.each([
  [{ X: [10, 11, 12, 13] }, { X: [20, 21, 22, 23] }],
  [{ X: [10, 11, 12, 13, 14] }, { X: [20, 21, 22] }],
  [{ X: [10, 11, 12, 13, 14, 15, 16, 17] }, { X: [20, 21] }],
])('unequal numbers of processes that can tell a difference are not said to be too few (%j, %j)', (old, young) => {
  const { comparisons, warnings } = readImport([arm('old', old), arm('new', young)]);
  expect(comparisons[0]).toMatchObject({ says: 'higher' });
  expect(warnings.map((warning) => warning.code)).not.toContain('few-processes');
});

test.each([
  ['B/op', [64, 64], [64, 64], 'same'],
  ['B/op', [64, 64], [80, 80], 'differs'],
  ['allocs/op', [0, 0], [0, 0], 'same'],
  ['allocs/op', [0, 0], [1, 1], 'differs'],
  ['B/op', [64], [80], 'only medians'],
  ['B/op', [0, 1], [0, 2], 'only medians'],
])('%s that does not vary is compared, not tested: %j beside %j', (unit, old, young, says) => {
  const { comparisons, verdict } = readImport([arm('old', { X: old }, unit), arm('new', { X: young }, unit)]);
  expect(comparisons).toMatchObject([{ says, verdict: 'none' }]);
  expect(verdict).toBe('none');
});

test('the worst comes first, whichever way is better', () => {
  const old = { Same: LOW, Worse: LOW, Better: HIGH };
  const young = { Same: LOW, Worse: HIGH, Better: LOW };
  const order = (unit: string) =>
    readImport([arm('old', old, unit), arm('new', young, unit)]).comparisons.map(({ benchmark }) => benchmark);
  expect(order('ns/op')).toEqual(['Worse', 'Same', 'Better']);
  expect(order('MB/s')).toEqual(['Better', 'Same', 'Worse']);
});

test('a row is held to all rows of its unit: pure noise in 20 benchmarks is called in at most 6 of 100 files', () => {
  const random = createRandom(11);
  let called = 0;
  for (let file = 0; file < 100; file++) {
    const draw = () =>
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `B${i}`,
          Array.from({ length: 8 }, () => Math.exp(random.normal() / 20)),
        ]),
      );
    const { comparisons } = readImport([arm('old', draw()), arm('new', draw())]);
    if (comparisons.some(({ says }) => says !== 'nothing seen')) called++;
  }
  expect(called).toBeLessThanOrEqual(6);
});

test('the mean is geometric over what both have, and the rest is named', () => {
  const { means, alone } = readImport([
    arm('old', { X: [1, 1], Y: [4, 4], Gone: [1, 1] }),
    arm('new', { X: [2, 2], Y: [2, 2], Fresh: [1, 1] }),
  ]);
  expect(means).toMatchObject([{ unit: 'ns/op', benchmarks: 2 }]);
  expect(means[0]!.ratio).toBeCloseTo(1, 12);
  expect(alone).toEqual([
    { benchmark: 'Gone', package: '', only: ['old'] },
    { benchmark: 'Fresh', package: '', only: ['new'] },
  ]);
});

test('a third file is compared with the first too', () => {
  const { comparisons } = readImport([arm('a', { X: LOW }), arm('b', { X: LOW }), arm('c', { X: HIGH })]);
  expect(comparisons.map(({ baselineArm, candidateArm, says }) => [baselineArm, candidateArm, says])).toEqual([
    ['a', 'c', 'higher'],
    ['a', 'b', 'nothing seen'],
  ]);
});

test('files of two processors are no comparison of two programs', () => {
  const on = (cpu: string, one: ImportedArm): ImportedArm => ({ ...one, configuration: { cpu: [cpu] } });
  const { warnings } = readImport([on('one', arm('old', { X: LOW })), on('other', arm('new', { X: LOW }))]);
  expect(warnings.find(({ code }) => code === 'machines-differ')?.message).toContain('one in old, other in new');
});

test.each([
  ['ns/op', { dimension: 'seconds', factor: 1e-9, better: 'lower' }],
  ['p99-ms/op', { dimension: 'seconds', factor: 1e-3, better: 'lower' }],
  ['MB/s', { dimension: 'rate', factor: 1e6, better: 'higher' }],
  ['B/op', { dimension: 'bytes', factor: 1, better: 'lower' }],
  ['allocs/op', { dimension: 'count', better: 'lower' }],
  ['answers/op', { dimension: 'count', better: 'unknown' }],
])('%s is known for what it is', (unit, shape) => {
  expect(unitOf(unit, {})).toMatchObject(shape);
});

test('what a Unit line says goes before what the name says', () => {
  const facts = { 'answers/op': { better: 'higher', assume: 'exact' } };
  expect(unitOf('answers/op', facts)).toMatchObject({ better: 'higher', exact: true });
});

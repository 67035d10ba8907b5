import { expect, test } from 'vitest';
import type { Witness } from '../model/witness.ts';
import { layWitnesses as layMarkdown } from './markdown-witnesses.ts';
import { painter } from './terminal.ts';
import { layWitnesses as layText } from './text-witnesses.ts';
import { viewWitnesses } from './witness-view.ts';

const about = { treatment: '', baseline: 'v1', candidate: 'v2' } as const;
const valgrind = 'valgrind: apt-get install valgrind';
const WITNESSES: readonly Witness[] = [
  { ...about, name: 'system calls', says: 'blind', seen: 'neither build makes one in 1,000 operations', findings: [] },
  {
    ...{ ...about, name: 'instructions', says: 'agrees', seen: '1,042 → 1,656 instructions an operation (+58.8 %)' },
    findings: [
      { what: 'decode', language: 'c', where: 'work.c', unit: 'instructions', baseline: 607, candidate: 1214 },
      { what: 'wait', unit: 'seconds', baseline: 0, candidate: 2.5e-6 },
    ],
  },
  { ...about, name: 'cache misses', says: 'blind', seen: 'valgrind is not here', findings: [], missing: valgrind },
  { ...about, name: 'heaps', says: 'blind', seen: 'valgrind is not here', findings: [], missing: valgrind },
];

test('a witness is one line with its word, what moved stands below it, blind ones come last, a missing tool is named once', () => {
  const [lines = []] = layText(viewWitnesses({ witnesses: WITNESSES }), 100, painter(false));
  expect(lines).toEqual([
    'evidence  v2 beside v1',
    '  ✓ agrees     instructions  1,042 → 1,656 instructions an operation (+58.8 %)',
    '      decode (C, work.c)  607 → 1,214 instructions',
    '      wait                new: 2.5 µs',
    '  · blind      system calls  neither build makes one in 1,000 operations',
    '  · blind      cache misses  valgrind is not here',
    '  · blind      heaps         valgrind is not here',
    '  more would be seen with valgrind: apt-get install valgrind',
  ]);
});

test('a name of a function is no markup in Markdown', () => {
  const [first] = WITNESSES.slice(1, 2);
  const hostile = { ...first!, findings: [{ ...first!.findings[0]!, what: 'Vec<_>::push' }] };
  expect(
    viewWitnesses({ witnesses: [hostile] })
      .map(layMarkdown)
      .join(''),
  ).toContain('Vec&#60;\\_&#62;::push');
});

test.each([
  [0.01137, 0.01165, '0.0114 → 0.0117 allocations'],
  [12.6001, 12.6004, '12.6001 → 12.6004 allocations'],
  [0, 37, 'new: 37 allocations'],
  [0.002822, 0, 'gone: 0.00282 allocations before'],
])('%d beside %d reads as %s', (baseline, candidate, figures) => {
  const finding = { what: 'f', unit: 'allocations' as const, baseline, candidate };
  const [view] = viewWitnesses({ witnesses: [{ ...WITNESSES[0]!, says: 'agrees', findings: [finding] }] });
  expect(view?.rows[0]?.findings[0]?.figures).toBe(figures);
});

test('a result of which nobody asked has no evidence', () => {
  expect(viewWitnesses({})).toEqual([]);
});

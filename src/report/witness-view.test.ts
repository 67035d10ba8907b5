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
    '      wait  0 ns → 2.5 µs',
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

test('a result of which nobody asked has no evidence', () => {
  expect(viewWitnesses({})).toEqual([]);
});

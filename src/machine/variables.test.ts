import { expect, test } from 'vitest';
import { expand, toWords } from './variables.ts';

test.each([
  ['$OUT/bench', '/o/bench'],
  ['\u0024{OUT}s', '/os'],
  ['-I$OUT -I$OUT', '-I/o -I/o'],
  ['$OUTER $HOME $1 $', '$OUTER $HOME $1 $'],
  ['$toString \u0024{constructor}', '$toString \u0024{constructor}'],
])('known names are replaced, nothing else is: %s', (text, expanded) => {
  expect(expand(text, { OUT: '/o' })).toBe(expanded);
});

test('a value is never split or expanded again', () => {
  expect(toWords({ words: ['run', '$A'] }, { A: 'two words $B', B: 'no' })).toEqual(['run', 'two words $B']);
});

test('a shell line is left to the shell', () => {
  expect(toWords({ words: ['sh', '-c', 'a | $OUT/b'], shell: 'a | $OUT/b' }, { OUT: '/o' })).toEqual([
    '/bin/sh',
    '-c',
    'a | $OUT/b',
  ]);
});

import { expect, test } from 'vitest';
import { findDifference, readBlocks } from './transcript.ts';

const PAGE = `# A page
\`\`\`sh
$ not run
\`\`\`
\`\`\`sh run
$ seamark plan
blocks   12

$ seamark check bad.yaml   # exits 2
\`\`\`
`;

test('only blocks that ask for it are run, with their lines and exit codes', () => {
  expect(readBlocks(PAGE)).toEqual([
    [
      { text: 'seamark plan', line: 6, exitCode: 0, expected: ['blocks   12'] },
      { text: 'seamark check bad.yaml', line: 9, exitCode: 2, expected: [] },
    ],
  ]);
});

test.each([
  ['other figures', ['took 1.5 ms, 12 blocks'], 'took 23 µs, 7 blocks'],
  ['another width', ['go     1.26'], 'go  1.21.13'],
  ['anything on a line', ['Ready…'], 'Ready to measure; without perf.'],
  ['any lines', ['first', '…', 'last'], 'first\na\nb\nlast'],
  ['no lines', ['first', '…', 'last'], 'first\nlast'],
  ['an open end', ['first', '…'], 'first\nmore'],
  ['no expectation', [], 'whatever'],
])('a page follows what is printed with %s', (_case, expected, printed) => {
  expect(findDifference(expected, printed)).toBeUndefined();
});

test.each([
  ['another word', ['took 1 ms'], 'lost 1 ms'],
  ['a missing line', ['first', 'last'], 'first'],
  ['a line too many', ['first'], 'first\nlast'],
  ['a gap that never ends', ['…', 'last'], 'first'],
  ['marks that mean something in patterns', ['a.c (x)'], 'abc x'],
])('a page is found wrong with %s', (_case, expected, printed) => {
  expect(findDifference(expected, printed)).toBeTypeOf('string');
});

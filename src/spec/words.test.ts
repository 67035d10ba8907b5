import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitWords } from './words.ts';

function wordsOf(text: string): readonly string[] {
  const result = splitWords(text);
  if (result.kind !== 'words') throw new Error(result.message);
  return result.words;
}

describe('a command line is split by the quoting rules of the shell', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['  \t\n ', []],
    ['go build -o $OUT/bench ./cmd/bench', ['go', 'build', '-o', '$OUT/bench', './cmd/bench']],
    ["a 'b  c' d", ['a', 'b  c', 'd']],
    ['a "b  c" d', ['a', 'b  c', 'd']],
    ['a\\ b', ['a b']],
    ['"a\\"b" \'c\\d\'', ['a"b', 'c\\d']],
    ['"a\\nb"', ['a\\nb']],
    ['a"b"\'c\'d', ['abcd']],
    ["'' x", ['', 'x']],
    ['"\\$OUT"', ['$OUT']],
    ['a \\\n b', ['a', 'b']],
    ['-bench .* x=1 a#b', ['-bench', '.*', 'x=1', 'a#b']],
    ['--flag=a&b', ['--flag=a&b']],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('what the shell itself makes of quotes and backslashes is what we make of them', () => {
    const piece = fc.constantFrom(
      'a',
      'b ',
      ' ',
      "'c d'",
      '"e f"',
      '\\ ',
      '\\\\',
      '"\\""',
      '"\\x"',
      "''",
      '""',
      '\\\n',
      'µ',
      '\\µ',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        // printf writes each word and a NUL; no word at all writes one NUL.
        const said = execFileSync('sh', ['-c', `set -- ${text}; for word; do printf '%s\\0' "$word"; done`], {
          encoding: 'utf8',
        });
        expect(wordsOf(text)).toEqual(said === '' ? [] : said.slice(0, -1).split('\0'));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

describe('what only a shell would understand is named, with its place', () => {
  test.each<[string, number, number, RegExp]>([
    ['make && ./bench', 5, 2, /`&&` needs a shell/],
    ['a | b', 2, 1, /`\|` needs a shell/],
    ['a > out.txt', 2, 1, /`>` needs a shell/],
    ['a 2>&1', 2, 2, /`2>` needs a shell/],
    ['a ; b', 2, 1, /`;` needs a shell/],
    ['CGO_ENABLED=1 go build', 0, 12, /`CGO_ENABLED=` before a command/],
    ['echo $(date)', 5, 1, /command inside a command/],
    ['echo `date`', 5, 1, /command inside a command/],
    ["a 'b", 2, 1, /never closed/],
    ['a "b', 2, 1, /never closed/],
    ['a \\', 2, 1, /backslash at the end/],
  ])('%j', (text, index, length, message) => {
    const result = splitWords(text);
    expect(result).toMatchObject({ kind: 'fault', index, length });
    expect(result.kind === 'fault' && result.message).toMatch(message);
  });

  test('no text makes it throw or hang', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(['words', 'fault']).toContain(splitWords(text).kind);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

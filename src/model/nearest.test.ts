import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearestWord } from './nearest.ts';

describe('the distance between two words', () => {
  // Published examples: Wagner & Fischer's kitten/sitting, Damerau's swap, Boytsov's CA/ABC for the restricted form.
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['saturday', 'sunday', 3],
    ['teh', 'the', 1],
    ['CA', 'ABC', 3],
    ['crosings', 'crossings', 1],
    ['µs', 'ms', 1],
  ])('%j and %j are %i apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  const short = fc.string({ maxLength: 8 });
  test('it is the same both ways, zero only for equal words, and never more than the longer word', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs([...a].length - [...b].length));
      }),
      { seed: 1 },
    );
  });
});

describe('the word somebody meant', () => {
  const keys = ['experiment', 'hypothesis', 'subject', 'paths', 'factors', 'budget'];
  test.each([
    ['expirement', 'experiment'],
    ['Budget', 'budget'],
    ['buget', 'budget'],
    ['path', 'paths'],
    ['fcators', 'factors'],
    ['hypo', 'hypothesis'],
  ])('%s is near %s', (word, nearest) => {
    expect(nearestWord(word, keys)).toBe(nearest);
  });

  test.each(['zzz', 'duration', '', 'x'.repeat(10_000)])('nothing is near %.12s', (word) => {
    expect(nearestWord(word, keys)).toBeUndefined();
  });
});

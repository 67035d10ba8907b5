import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createJournal, type JournalEntry, readJournal, reopenJournal } from './journal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const block = (number: number): JournalEntry => ({
  kind: 'block',
  stage: 'judged',
  mode: 'alternating',
  block: number,
  startedS: number,
  endedS: number + 0.5,
  outcomes: [],
});

test('cut anywhere, a journal gives back all lines that were whole and can be continued', () => {
  const path = join(folder, 'journal.ndjson');
  const journal = createJournal(path, 'study');
  for (let number = 0; number < 5; number += 1) journal.append(block(number));
  journal.close();
  const whole = readFileSync(path);
  const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
  fc.assert(
    fc.property(fc.integer({ min: ends[0]!, max: whole.length }), (length) => {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const { journal: reopened, entries } = reopenJournal(path);
      expect(entries.length).toBe(ends.filter((end) => end <= length).length);
      reopened.append(block(99));
      reopened.close();
      expect(readJournal(path).entries.at(-1)).toEqual(block(99));
      expect(readJournal(path).entries.length).toBe(entries.length + 1);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('a journal of another version is refused', () => {
  const path = join(folder, 'journal.ndjson');
  writeFileSync(path, '{"kind":"begin","schema":"seamark/journal@9","study":"x"}\n');
  expect(() => readJournal(path)).toThrow(/Line 1 .* not what this version/);
});

test('a journal is never written over', () => {
  const path = join(folder, 'journal.ndjson');
  createJournal(path, 'one').close();
  expect(() => createJournal(path, 'two')).toThrow();
});

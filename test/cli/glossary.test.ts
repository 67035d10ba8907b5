import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
const entries = [...page.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)].map((match) => [match[1]!, match[2]!] as const);

test('every word is explained once, in one sentence', () => {
  const words = entries.map(([word]) => word);
  expect(words.length).toBeGreaterThan(50);
  expect(new Set(words).size).toBe(words.length);
  expect(page.match(/^- /gm)).toHaveLength(words.length);
  for (const [, meaning] of entries) expect(meaning).toMatch(/^[^\n]+\.$/);
});

/** The trade's words as the plan of the house lists them. */
const WORDS =
  'experiment hypothesis expectation subject artifact baseline candidate path factor level treatment block plan run iteration warm-up study replication probe boundary site crossing request record lane layer witness metric value sample estimate comparison effect interaction margin verdict warning residue environment catalogue drill gate';

test('no word of the house is left out', () => {
  const words = new Set(entries.map(([word]) => word));
  expect(WORDS.split(' ').filter((word) => !words.has(word))).toEqual([]);
});

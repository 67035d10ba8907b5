import { describe, expect, test } from 'vitest';
import { makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { Comparison } from '../model/result.ts';
import { viewResult } from './view.ts';

/** The path study, its comparisons of the primary metric changed one by one. */
function viewWith(change: (comparison: Comparison, at: number) => Partial<Comparison>) {
  const study = makePathStudy();
  const comparisons = study.comparisons.map((each, at) =>
    each.metric === 'time.p50' ? { ...each, ...change(each, at) } : each,
  );
  return viewResult({ ...study, comparisons });
}

const undecided = (blocksNeeded: number): Partial<Comparison> => ({
  verdict: 'undecided',
  blocksNeeded,
  confirmed: 'none',
});

describe('notes under the comparisons', () => {
  test('say once for all undecided rows what would decide them', () => {
    const view = viewWith((_, at) => undecided(38 + at));
    const about = view.footnotes.filter((note) => /would decide/.test(note.message));
    expect(about[0]).toMatchObject({ message: '21 undecided: 38 to 58 blocks would decide' });
    const primary = view.blocks.filter((block) => block.primary).flatMap((block) => block.rows);
    for (const row of primary) expect(row.notes).toContain(about[0]!.number);
  });

  test('tell by name what no budget would decide, apart from what a larger one would', () => {
    const view = viewWith((_, at) => undecided(at === 0 ? 51_318 : 37 + at));
    const about = view.footnotes.filter((note) => /blocks would/.test(note.message));
    expect(about.slice(0, 2).map(({ message }) => message)).toEqual([
      '20 undecided: 38 to 57 blocks would decide',
      'about 51,318 blocks would be needed for time.p50, more than the 2,000 that a study has at most: no budget decides it',
    ]);
    expect(about[1]!.cure).toBe('raise the margin');
  });

  test('that differ in one number are one', () => {
    const lag = (at: number) => `neighbouring blocks resemble each other (lag-1 0.${31 + (at % 5)}): too narrow`;
    const view = viewWith((_, at) => ({ warnings: [{ code: 'lag', message: lag(at) }] }));
    const notes = view.footnotes.filter((note) => note.message.includes('lag-1'));
    expect(notes.map((note) => note.message)).toEqual([
      'neighbouring blocks resemble each other (lag-1 0.31 to 0.35): too narrow',
    ]);
  });

  test('mark the rows whose interval is not what the title of their block says', () => {
    const view = viewWith((_, at) => ({ blocks: 28, confidence: at === 3 ? 0.966 : 0.901 }));
    const block = view.blocks[0]!;
    expect(block.ground).toBe('28 blocks, 90.1 % intervals');
    expect(block.rows.filter((row) => row.odd !== undefined).map((row) => row.odd)).toEqual(['96.6 % interval']);
    expect(view.footnotes.map((note) => note.message)).toContain('96.6 % interval');
  });

  test('are not needed where rows share no ground: level and blocks then have columns', () => {
    const view = viewWith((_, at) => ({ blocks: 20 + at, confidence: 0.9 + at / 1000 }));
    expect(view.blocks[0]).toMatchObject({ uneven: true, ground: '20 to 28 blocks, 90 to 90.8 % intervals' });
    expect(view.blocks[0]!.rows.every((row) => row.odd === undefined)).toBe(true);
  });

  test('say what the more whole mode answered, where it agrees', () => {
    const asked = { mode: 'alternating', ratio: 1.061, low: 1.05, high: 1.07, confidence: 0.902, blocks: 14 } as const;
    const said = (says: 'agrees' | 'disagrees') =>
      viewWith((_, at) => (at === 0 ? { processes: { ...asked, says } } : {})).footnotes.map(({ message }) => message);
    expect(said('agrees')).toContain('alternating processes agree: +6.1 % [5.0, 7.0] at 90 %, 14 blocks');
    // A warning of its own says where they do not.
    expect(said('disagrees').some((message) => message.includes('processes agree'))).toBe(false);
  });
});

test('the mode is told with its price only where there was a choice', () => {
  const prices = [
    { mode: 'in-process', blocks: 11, blockS: 0.02, spread: 0.004, seconds: 0.24 },
    { mode: 'alternating', blocks: 11, blockS: 0.2, spread: 0.01, seconds: 2.4 },
  ] as const;
  const facts = (changes: object) => viewResult({ ...makePathStudy(), ...changes }).facts.join(' · ');
  expect(facts({ mode: 'in-process', modePrices: prices })).toContain(
    'in-process (240 ms to see the margin; alternating 2.4 s)',
  );
  expect(facts({ modePrices: prices.slice(1) })).not.toContain('to see the margin');
  expect(facts({ stopping: 'anytime' })).toContain('watched: no looks, judged after every block');
});

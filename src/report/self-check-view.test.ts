import { expect, test } from 'vitest';
import { makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import { viewSelfCheck } from './self-check-view.ts';

test.each([
  ['well inside the margin', { low: 0.99, high: 1.012 }, 'no change seen', 'plain'],
  ['that reads as the margin itself', { low: 0.9799, high: 1.018 }, 'no change seen', 'plain'],
  ['of +53 % [−16, 177]', { ratio: 1.53, low: 0.84, high: 2.77 }, 'too wide for ±2 %', 'doubt'],
  ['that is open', { low: 0, high: Number.POSITIVE_INFINITY }, 'too wide for ±2 %', 'doubt'],
  ['with too few pairs', { judged: false }, 'too few pairs', 'doubt'],
  ['that excludes no change', { low: 1.01, high: 1.03, rejects: true }, 'a change where there is none', 'bad'],
] as const)('a treatment against itself %s is said to be so', (_, check, word, tone) => {
  const study = makePathStudy();
  const row = viewSelfCheck(study, { ...study.selfChecks[0]!, ...check });
  expect(row.judgement).toMatchObject({ word, tone });
  // Whatever is not well comes with what would help.
  expect(row.note === undefined).toBe(tone === 'plain');
});

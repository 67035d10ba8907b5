import { describe, expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import type { Design } from '../model/design.ts';
import type { Factor, Subject } from '../model/experiment.ts';
import { createRandom } from '../stats/random.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';
import { checkSelf } from './self-check.ts';

const base = { folder: '/invented', build: [], environment: {} };
const SUBJECTS: readonly Subject[] = [
  { kind: 'harness', run: {}, ...base },
  { kind: 'go-bench', package: '.', bench: '.', ...base },
  { kind: 'command', run: { words: ['true'] }, ...base },
];
const DESIGNS: readonly Design[] = [
  { kind: 'full-factorial' },
  { kind: 'full-factorial', centre: 3 },
  { kind: 'fractional' },
  { kind: 'screening' },
  { kind: 'd-optimal' },
  { kind: 'one-at-a-time' },
];
const BUILD: Factor = { name: 'build', family: 'build', levels: [{ text: './a' }, { text: './b' }] };
const numbers = (name: string): Factor => ({
  name,
  family: 'parameter',
  levels: [1, 5].map((value) => ({ text: String(value), value, dimension: 'count' })),
});

describe('every plan sets a treatment against itself', () => {
  test.each(SUBJECTS.map((subject) => [subject.kind, subject] as const))('%s', (_, subject) => {
    for (const factors of [[BUILD], [numbers('x')], []]) {
      const plan = planExperiment(inventExperiment({ subject, factors, baseline: {} }), { modes: ['interleaved'] });
      expect(plan.arms.some(({ role }) => role === 'aa')).toBe(true);
    }
  });

  test.each(DESIGNS.map((design) => [JSON.stringify(design), design] as const))('%s', (_, design) => {
    const factors = ['p', 'q', 'r', 's', 't'].map(numbers);
    for (const more of [[], [BUILD]]) {
      const asked = { factors: [...factors, ...more], baseline: {}, design };
      const plan = planExperiment(inventExperiment(asked), { modes: ['alternating'] });
      expect(plan.arms.some(({ role }) => role === 'aa')).toBe(true);
    }
  });
});

test('a treatment against itself rejects in about 1 of 100 studies of clean noise', () => {
  const random = createRandom(9);
  const rejected = Array.from({ length: 300 }, () => {
    const seed = random.integer(2 ** 31);
    const { plan, run } = inventStudy({ experiment: inventExperiment(), seconds: () => 1e-6, seed });
    const [check] = checkSelf(plan, 'time.p50', collectBlocks(run('judged', 12), 'judged'), 'interleaved');
    return check!.judged && check!.rejects;
  }).filter(Boolean).length;
  expect(rejected).toBeLessThanOrEqual(9);
});

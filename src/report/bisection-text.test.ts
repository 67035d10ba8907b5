import { expect, test } from 'vitest';
import { BISECTION_SCHEMA, type Bisection, type Culprit } from '../model/bisection.ts';
import { renderBisectionHtml } from './bisection-html.ts';
import { renderBisection } from './bisection-text.ts';

const study = (candidate: string, baseline: string, verdict = 'regression') => ({
  ...{ study: '20260102-030405-abcdef', baseline, candidate, verdict },
  ...{ ratio: 1.031, low: 1.026, high: 1.037, confidence: 0.95, blocks: 40 },
});
const version = (name: string, probability: number, more = {}) => ({
  ...{ name, level: name, weight: 1, probability, blocks: 0, subject: `change ${name}`, author: 'Ada' },
  ...more,
});
const found: Bisection = {
  schema: BISECTION_SCHEMA,
  bisection: '20260102-030405-123456',
  startedAt: '2026-01-02T03:04:05.000Z',
  durationS: 130,
  seed: 1,
  stopAt: 0.95,
  outcome: 'found',
  ends: study('c5', 'good'),
  sought: {
    ...{ treatment: '', levels: {}, metric: 'time.p50', scale: 0.02, blockS: 0.2 },
    effect: { centre: 0.03, low: 0.02, high: 0.04, confidence: 0.9 },
  },
  lines: [
    {
      kind: 'commits',
      what: 'commits',
      good: version('good', 0),
      versions: [
        version('c0', 0),
        version('c1', 0),
        version('c2', 0.01, { blocks: 4, unusable: 'it can\u001b[2J not be built' }),
        version('c3', 0.97, { blocks: 6, subject: 'decode: <b>check</b>' }),
        version('c4', 0.02),
        version('c5', 0),
      ],
    },
  ],
  probes: [{ line: 0, version: 3, ratio: 1.03, posterior: [0, 0, 0.01, 0.97, 0.02, 0] }],
  culprit: {
    versions: [version('c3', 0.97, { subject: 'decode: check' })],
    parent: version('c1', 0),
    probability: 0.97,
    standing: 'confirmed',
    check: study('c3', 'c1'),
  },
  checks: [study('c3', 'c1')],
  builds: 4,
  blocks: 10,
  warnings: [],
  complete: true,
};

test('the culprit comes first, with its probability and what it does against its parent', () => {
  const text = renderBisection(found, { columns: 200, color: false, place: 'page: here' });
  expect(text.split('\n')[0]).toBe(
    'c3 "decode: check" by Ada is the first slower commit (probability .97); against its parent +3.1 % [2.6, 3.7].',
  );
  expect(text).toMatch(/6 commits, 1 of them not to be measured/);
  expect(text).toMatch(/… 1\n/);
  expect(text).toMatch(/\.97 +█{19}/);
  expect(text).toMatch(/4 builds and 10 blocks searched, 2 min 10 s in all; page: here/);
});

const unsure = { ...study('c3', 'c1', 'undecided'), low: 0.996, high: 1.067, blocksNeeded: 180 };
test.each<[string, Partial<Culprit>, string]>([
  [
    'whose check could not tell',
    { standing: 'undecided', check: unsure },
    'The likeliest first slower commit is c3 "decode: check" by Ada (probability .97), but the check against its parent is undecided, +3.1 % [−0.4, 6.7] in 40 blocks. About 180 blocks of the two would decide: seamark compare c1 c3 --blocks 180',
  ],
  [
    'that was not checked',
    { standing: 'unchecked' },
    'The likeliest first slower commit is c3 "decode: check" by Ada (probability .97), but the budget ended before it was checked against its parent. More blocks of the two would decide: seamark compare c1 c3',
  ],
])('a culprit %s is the likeliest and no more, and it is said what would decide', (_, changes, sentence) => {
  const { check: __, ...culprit } = found.culprit!;
  const text = renderBisection({ ...found, culprit: { ...culprit, ...changes } }, { columns: 400, color: false });
  expect(text.split('\n')[0]).toBe(sentence);
});

test('what a commit says can not steer the terminal, nor become part of the page', () => {
  expect(renderBisection(found, { columns: 100, color: false })).not.toContain('\u001b');
  const page = renderBisectionHtml(found);
  expect(page).not.toContain('<b>check');
  expect(page).toContain('How the search narrowed');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

test.each<[Partial<Bisection>, RegExp]>([
  [{ outcome: 'undecided', checks: [] }, /^Not decided within the budget: the likeliest is c3/],
  [{ outcome: 'nothing', ends: study('c5', 'good', 'equivalent'), sought: undefined }, /do not differ for the worse/],
  [{ outcome: 'nothing', ends: study('c5', 'good', 'improvement'), sought: undefined }, /c5 is faster than good/],
  [{ outcome: 'doubted' }, /^No commit was found that is slower than its parent/],
])('a search that found no culprit says what it knows: %#', (changes, sentence) => {
  const { culprit: _, ...rest } = found;
  expect(renderBisection({ ...rest, ...changes }, { columns: 200, color: false })).toMatch(sentence);
});

import { expect, test } from 'vitest';
import { sayApart } from './discovery.ts';

const build = (name: string, levels: readonly string[], more = {}) => ({
  ...{ build: name, levels, lost: [], cutShort: false },
  ...more,
});
const compared = 'only what every build has is compared';

test.each([
  ['nothing where all have the same', [build('old', ['A']), build('new', ['A'])], undefined],
  [
    'what came and what went',
    [build('old', ['A', 'B']), build('new', ['A', 'C', 'D'])],
    `new adds C, D and removes B; ${compared}`,
  ],
  [
    'each build against the baseline, wherever that stands',
    [build('new', ['A', 'C']), build('old', ['A', 'B']), build('newer', ['A'])],
    `new adds C and removes B; newer removes B; ${compared}`,
  ],
  [
    'no removal of what only failed',
    [build('old', ['A', 'B']), build('new', ['A'], { lost: ['B'] })],
    `B gave no result in every build; ${compared}`,
  ],
  [
    'no removal where a program ended early',
    [build('old', ['A', 'B']), build('new', ['A'], { cutShort: true })],
    `B gave no result in every build; ${compared}`,
  ],
])('of benchmarks in several builds it tells %s', (_, found, said) => {
  expect(sayApart(found, 'old')).toBe(said);
});

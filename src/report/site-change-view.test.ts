import { expect, test } from 'vitest';
import { makeEmptyStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { Comparison } from '../model/result.ts';
import type { SiteChange } from '../model/site-change.ts';
import { viewSiteChanges } from './site-change-view.ts';

const change = (quantity: string, from: number, to: number, more: Partial<SiteChange> = {}): SiteChange => ({
  ...{ site: 'fc_decode', quantity, baselineValue: from, candidateValue: to, runs: 4, steady: true },
  ...{ treatment: 'go->rust', factor: 'build', baseline: './a', candidate: './b', baselineArm: 'a', candidateArm: 'b' },
  ...more,
});
const view = (...siteChanges: readonly SiteChange[]) => viewSiteChanges({ ...makeEmptyStudy(), siteChanges });

test.each([
  [change('callee.allocs', 2, 16), '14 more allocations (2 → 16)'],
  [change('callee.allocs', 2, 1), '1 fewer allocation (2 → 1)'],
  [change('callee.bytes', 5216, 4192), '1,024 B less allocated (5,216 → 4,192)'],
  [change('callee.held', 0, 96), '96 B more that stay (0 → 96)'],
  [change('boundary.copies', 0, 1), '1 more copy (0 → 1)'],
  [change('crossings', 1, 4), '3 more crossings (1 → 4)'],
  [change('callee.allocs', 2, 16, { steady: false }), '14 more allocations (2 → 16, medians: they vary)'],
])('%j reads %s', (one, text) => {
  expect(view(one)).toEqual([{ title: './b beside ./a, go→rust', lines: [`fc_decode: ${text}`] }]);
});

test('a site has one line, and treatments in which the same differs are named together', () => {
  const at = (treatment: string) => [
    change('callee.allocs', 2, 16, { treatment, baselineArm: `a ${treatment}` }),
    change('callee.held', 0, 96, { treatment, baselineArm: `a ${treatment}` }),
  ];
  expect(view(...at('payload=64 B'), ...at('payload=4 KiB'))).toEqual([
    {
      title: './b beside ./a, payload=64 B, payload=4 KiB',
      lines: ['fc_decode: 14 more allocations (2 → 16), 96 B more that stay (0 → 96)'],
    },
  ]);
});

test('allocations that the harness does not count are told from those it does', () => {
  const siteChanges = [change('callee.allocs', 0, 1)];
  const { baselineArm, candidateArm } = siteChanges[0]!;
  const of = (metric: string) => {
    const comparisons = [{ metric, verdict: 'equal', baselineArm, candidateArm } as unknown as Comparison];
    return viewSiteChanges({ ...makeEmptyStudy(), siteChanges, comparisons })[0]?.lines;
  };
  expect(of('rust.allocs')).toEqual([
    'fc_decode: 1 more allocation (0 → 1)',
    'rust.allocs is equal as the harness counts its own; the probe counts every allocation inside a call',
  ]);
  expect(of('go.allocs')).toHaveLength(1);
});

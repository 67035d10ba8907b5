import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { BoundaryMap, SiteSummary } from '../model/site.ts';
import { renderBoundaryText } from './boundary-text.ts';
import { widthOf } from './terminal.ts';

const site = (
  name: string,
  crossings: number,
  entry: number,
  callee: number,
  back: number,
  more: Partial<SiteSummary> = {},
): SiteSummary => ({
  site: name,
  kind: 'call',
  package: 'example.org/first/boundary',
  crossings,
  errors: 0,
  entry: { mean: entry },
  callee: { mean: callee },
  return: { mean: back },
  total: { mean: entry + callee + back },
  recorded: crossings,
  dropped: 0,
  ...more,
});

const map: BoundaryMap = {
  of: 'go test -bench=. ./...',
  sites: [
    site('C.GoBytes', 1_204_331, 31e-9, 160e-9, 22e-9),
    site('fc_transform', 1_204_331, 30e-9, 5.12e-6, 22e-9, {
      total: { mean: 5.172e-6, quantiles: { p50: 5.01e-6, p90: 6e-6, p99: 9.6e-6, records: 16_384 } },
      dropped: 1_187_947,
      recorded: 16_384,
    }),
    site('fc_allocate_a_result_of_the_wanted_size_for_the_caller', 12, 30e-9, 0.9e-6, 22e-9),
    site('goOnRow', 240, 40e-9, 0.1e-6, 31e-9, { kind: 'callback', errors: 3 }),
  ],
  processes: 1,
  wallS: 15.2,
  foreignS: 6.49,
  clock: { kind: 'tsc', quantumS: 10e-9 },
  probeCostS: 32e-9,
  unpatched: ['runtime/cgo: of the toolchain itself'],
};

describe('a boundary map in text', () => {
  test.each([80, 120])('is this at %i columns', async (columns) => {
    const text = renderBoundaryText(map, { columns, color: false });
    await expect(text).toMatchFileSnapshot(`testdata/boundary-${columns}.txt`);
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  test('says the same with and without colour', () => {
    const colored = renderBoundaryText(map, { columns: 100, color: true });
    expect(colored).toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(renderBoundaryText(map, { columns: 100, color: false }));
  });

  test('puts the site where most time went first', () => {
    const lines = renderBoundaryText(map, { columns: 80, color: false }).split('\n');
    expect(lines[2]).toMatch(/^fc_transform/);
    expect(lines[3]).toMatch(/^C\.GoBytes/);
  });

  test('of one crossing says so in the singular', () => {
    const sites = [site('fc_open', 1, 30e-9, 0.9e-6, 22e-9, { errors: 1 })];
    expect(renderBoundaryText({ ...map, sites }, { columns: 80, color: false })).toMatch(
      /fc_open: 1 crossing ended in/,
    );
  });

  test('in which 1 in 64 was timed calls no mean exact, and shows none of a few crossings', () => {
    const thin = site('fc_verify', 7, 30e-9, 0.3e-6, 22e-9, { recorded: 1, dropped: 6 });
    const often = site('fc_sign', 70_000, 30e-9, 5e-6, 22e-9, { recorded: 1_100, dropped: 68_900 });
    const text = renderBoundaryText({ ...map, every: 64, sites: [often, thin] }, { columns: 120, color: false });
    expect(text.split('\n').find((line) => line.startsWith('fc_verify'))).toMatch(/^fc_verify +7 *$/);
    expect(text).toMatch(/too few crossings were timed to tell how long they take: fc_verify, 1 of 7/);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /counts are exact, means and percentiles rest on those that were timed, 1 in 64/,
    );
    expect(text).not.toContain('means are exact');
  });

  test('counts per operation inside a study', () => {
    const study = {
      ...map,
      operations: 1000,
      sites: map.sites.map((each) => ({ ...each, perOperation: each.crossings / 1_204_331 })),
    };
    const text = renderBoundaryText(study, { columns: 80, color: false, callee: 'Rust' });
    expect(text).toMatch(/calls\/op/);
    expect(text).toMatch(/Rust/);
  });

  test('says so when nothing crossed', () => {
    const text = renderBoundaryText({ ...map, sites: [], foreignS: 0 }, { columns: 80, color: false });
    expect(text).toContain('no crossing was seen');
  });

  test('shows a name that would command the terminal as its codes', () => {
    const text = renderBoundaryText(
      { ...map, sites: [site('\u001b[2Jwipe\u202e', 1, 1e-9, 1e-9, 1e-9)] },
      { columns: 80, color: false },
    );
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('\\u{1b}[2Jwipe\\u{202e}');
  });
});

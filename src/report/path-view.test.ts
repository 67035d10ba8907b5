import { expect, test } from 'vitest';
import type { Estimate, Result } from '../model/result.ts';
import { viewPaths } from './path-view.ts';

const study = (values: Readonly<Record<string, number>>): Result =>
  ({
    primary: 'time.p50',
    arms: [],
    estimates: Object.entries(values).map(
      ([id, value]): Estimate => ({
        metric: 'time.p50',
        arm: id,
        treatment: id,
        levels: {},
        value,
        low: value,
        high: value,
        confidence: 0.95,
        blocks: 12,
      }),
    ),
  }) as unknown as Result;

test('treatments of one path stand in one panel, on one scale', () => {
  const { groups } = viewPaths(
    study({
      'go->rust · payload=4 KiB · handover=borrow · cores=2': 8.7e-6,
      'go->rust · payload=64 KiB · handover=copy-out · cores=2': 137e-6,
    }),
  )!;
  expect(groups.map(({ label, bars }) => [label, bars.map((bar) => [bar.title, bar.label, bar.value])])).toEqual([
    [
      'Go→Rust · cores=2',
      [
        ['', '4 KiB · borrow', '8.70'],
        ['', '64 KiB · copy-out', '137'],
      ],
    ],
  ]);
});

test('several paths stand in a panel for each set of the levels they share', () => {
  const { groups } = viewPaths(
    study({ 'go · payload=4 KiB': 1e-6, 'rust · payload=4 KiB': 2e-6, 'go · payload=8 KiB': 3e-6 }),
  )!;
  expect(groups.map(({ label, bars }) => [label, bars.map(({ title }) => title)])).toEqual([
    ['payload=4 KiB', ['Pure Go', 'Pure Rust']],
    ['payload=8 KiB', ['Pure Go']],
  ]);
});

test('a single treatment keeps its levels above it', () => {
  expect(viewPaths(study({ 'go · payload=4 KiB': 1e-6 }))!.groups[0]!.label).toBe('payload=4 KiB');
});

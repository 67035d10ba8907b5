import { expect, test } from 'vitest';
import { inventExperiment } from '../model/invented-experiment.ts';
import { warnOfShared } from './shared-process.ts';

const asking = (...explore: readonly string[]) =>
  inventExperiment({ metrics: { primary: 'time.p50', gate: [], explore } });

test('memory that was asked for and can not be told in a process of two builds is named, with its cure', () => {
  const [warning, ...more] = warnOfShared(asking('time.p99', 'rss', 'cpu'), 'in-process');
  expect(warning).toMatchObject({ code: 'process-shared', cure: expect.stringContaining('--mode alternating') });
  expect(warning!.message).toMatch(/^rss, cpu: not measured/);
  expect(more).toEqual([]);
});

test('nothing is said where it was measured, or not asked for', () => {
  expect(warnOfShared(asking('rss'), 'alternating')).toEqual([]);
  expect(warnOfShared(asking('time.p99'), 'in-process')).toEqual([]);
});

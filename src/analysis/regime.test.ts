import { expect, test } from 'vitest';
import type { RunOutcome } from '../model/run.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectorFactor, compareRegimes } from './regime.ts';
import { buildResult } from './result.ts';
import type { Block } from './samples.ts';

const contrast = { baselineArm: 'before', candidateArm: 'after' };

/** Twelve blocks of two processes of 20 batches of 1,000 operations; `cycles` a process, by block. */
function blocksOf(
  before: (block: number) => number | undefined,
  after: (block: number) => number | undefined,
  values: Readonly<Record<string, number>> = {},
): Block[] {
  return Array.from({ length: 12 }, (_, block) => {
    const run = (arm: string, gcCycles: number | undefined): [string, RunOutcome] => [
      arm,
      {
        kind: 'run',
        block,
        stage: 'judged',
        arm,
        position: 0,
        paddingBytes: 0,
        startedS: block,
        iterations: 1000,
        batches: Array.from({ length: 20 }, () => 1e-6),
        values: arm === 'after' ? values : {},
        ...(gcCycles === undefined ? {} : { gcCycles }),
        operations: 20_000,
        end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' },
      },
    ];
    return { block, stage: 'judged', runs: new Map([run('before', before(block)), run('after', after(block))]) };
  });
}

test('collections in one build and none in the other are no verdict, and are named', () => {
  const found = compareRegimes(
    blocksOf(
      () => 0,
      (block) => 1 + (block % 2),
    ),
    contrast,
    'build',
  );
  expect(found?.caps).toBe(true);
  expect(found?.warning.code).toBe('collector-regime-differs');
  expect(found?.warning.message).toContain('the candidate was measured with 1.5 garbage collections a process');
  expect(found?.warning.message).toContain('the baseline before its first');
});

test('between paths or levels it is said, and judged all the same', () => {
  const found = compareRegimes(
    blocksOf(
      () => 3,
      () => 0,
    ),
    contrast,
    'contrast',
  );
  expect(found?.caps).toBe(false);
  expect(found?.warning.message).toContain('the baseline was measured with 3 garbage collections');
});

test.each([
  ['neither collects', () => 0, () => 0],
  ['both collect, one more often: that is part of the change', () => 1, () => 4],
  ['chance could do it: three collections against none', () => 0, (block: number) => (block < 3 ? 1 : 0)],
  ['nobody counted', () => undefined, () => undefined],
  ['not every process told', () => 0, (block: number) => (block === 4 ? undefined : 2)],
])('nothing is said when %s', (_, before, after) => {
  expect(compareRegimes(blocksOf(before, after), contrast, 'build')).toBeUndefined();
});

test('an arm that allocates nothing never collects, which is no matter of the window', () => {
  const blocks = (values: Readonly<Record<string, number>>) =>
    blocksOf(
      () => 2,
      () => 0,
      values,
    );
  expect(compareRegimes(blocks({ 'go.allocs': 0 }), contrast, 'build')).toBeUndefined();
  expect(compareRegimes(blocks({ 'go.allocs': 1 }), contrast, 'build')).toBeDefined();
});

test('where GOGC is a factor, the cure speaks of its levels and not of a setting for both', () => {
  const blocks = blocksOf(
    () => 0,
    () => 2,
  );
  const cure = (...factors: readonly string[]) =>
    compareRegimes(blocks, contrast, 'contrast', collectorFactor(factors.map((name) => ({ name }))))?.warning.cure;
  expect(cure('payload')).toMatch(/^set GOGC for both arms/);
  expect(cure('payload', 'go.gogc')).toMatch(/^`go.gogc` is a factor here: name levels/);
  expect(cure('env.GOGC')).not.toContain('for both arms');
});

test('a regression that repeats is held back when only one build collected garbage', () => {
  const slower = (build: string | undefined) => (build === './b' ? 1.05 : 1) * 1e-6;
  const study = inventStudy({
    experiment: inventExperiment(),
    seconds: (arm) => slower(arm.treatment.levels.build),
    runNoise: 0.005,
  });
  const outcomes = [...study.run('judged', 12), ...study.run('fresh', 20)];
  const judge = (cyclesOf: (arm: string) => number) =>
    buildResult({
      ...study,
      outcomes: outcomes.map((outcome) =>
        outcome.kind === 'run' ? { ...outcome, gcCycles: cyclesOf(outcome.arm) } : outcome,
      ),
      boundary: [],
      environment: {},
      study: { id: 'x', startedAt: '2026-01-01T00:00:00Z', durationS: 100, folder: 'x', complete: true },
    });
  expect(judge(() => 2).verdict).toBe('regression');
  const apart = judge((arm) => (arm.includes('./b') ? 2 : 0));
  expect(apart.verdict).toBe('undecided');
  expect(apart.comparisons[0]?.warnings.map(({ code }) => code)).toContain('collector-regime-differs');
});

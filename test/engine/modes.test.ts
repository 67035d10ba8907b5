import { expect, test } from 'vitest';
import type { Invention } from '../../src/runner/invented.ts';
import { makeFolder, tryStudy } from './laboratory.ts';

/** The `after` build is slower by what the mode makes of it. */
const slower =
  (byMode: Readonly<Record<string, number>>): Invention['secondsPerOperation'] =>
  ({ levels }, mode) =>
    1e-5 * (levels.build === 'after' ? (byMode[mode] ?? 1) : 1);

/** Sharing a process is twenty times as cheap. */
const CHEAP = {
  modes: ['in-process', 'alternating'],
  startS: (mode: string) => (mode === 'in-process' ? 0.001 : 0.02),
} as const;

test('the cheapest mode that sees the margin judges, and the result says why', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path, invention: CHEAP });
  const { mode, modeReason, modePrices, verdict } = await result;
  expect({ mode, verdict }).toEqual({ mode: 'in-process', verdict: 'equivalent' });
  expect(modeReason).toMatch(
    /^in-process sees the margin in the fewest seconds\. In the pilot: in-process takes .* alternating takes /,
  );
  expect(modePrices!.map((price) => price.mode)).toEqual(['in-process', 'alternating']);
});

test('without builds to compare, or with one mode alone, nothing is chosen', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path });
  expect((await result).modeReason).toBeUndefined();
});

test('a regression found in a shared process is asked with processes, and stands when they agree', async () => {
  using folder = makeFolder();
  const slow = { 'in-process': 1.05, alternating: 1.06 };
  const { result, events } = tryStudy({
    project: folder.path,
    invention: { ...CHEAP, secondsPerOperation: slower(slow) },
  });
  const { verdict, comparisons, runs } = await result;
  const [comparison] = comparisons;
  expect(verdict).toBe('regression');
  expect(comparison!.processes).toMatchObject({
    mode: 'alternating',
    says: 'agrees',
    confidence: expect.closeTo(0.9, 1),
  });
  expect(comparison!.processes!.ratio).toBeCloseTo(1.06, 2);
  expect(comparison!.ratio).toBeCloseTo(1.05, 2);
  expect(runs.processesBlocks).toBeGreaterThanOrEqual(12);
  expect(events.some(({ kind }) => kind === 'with-processes')).toBe(true);
  expect(comparison!.warnings.map(({ code }) => code)).not.toContain('not-confirmed-with-processes');
});

test.each([
  ['say it is inside the margin', 1],
  ['say it is faster', 0.95],
])('a regression in a shared process is undecided when processes %s', async (_, alternating) => {
  using folder = makeFolder();
  const secondsPerOperation = slower({ 'in-process': 1.05, alternating });
  const { result } = tryStudy({ project: folder.path, invention: { ...CHEAP, secondsPerOperation } });
  const { verdict, comparisons } = await result;
  expect(verdict).toBe('undecided');
  expect(comparisons[0]).toMatchObject({ confirmed: 'fresh', processes: { says: 'disagrees' } });
  const warning = comparisons[0]!.warnings.find(({ code }) => code === 'processes-disagree');
  expect(warning!.message).toMatch(/in-process blocks say [45]\.\d % \[.*\], alternating ones −?\d\.\d % \[/);
});

test('processes too noisy to tell leave the verdict, with a warning', async () => {
  using folder = makeFolder();
  const secondsPerOperation = slower({ 'in-process': 1.05 });
  const { result } = tryStudy({
    project: folder.path,
    experiment: { budgetS: 30 },
    invention: {
      ...{ ...CHEAP, secondsPerOperation, startS: (mode) => (mode === 'in-process' ? 0.001 : 0.1) },
      processNoise: (mode) => (mode === 'in-process' ? 0.01 : 0.1),
    },
  });
  const { verdict, comparisons } = await result;
  expect(verdict).toBe('regression');
  expect(comparisons[0]!.processes!.says).toBe('cannot tell');
  expect(comparisons[0]!.warnings.map(({ code }) => code)).toContain('not-confirmed-with-processes');
});

test('an improvement fails no gate and is not asked again', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { ...CHEAP, secondsPerOperation: slower({ 'in-process': 0.95 }) },
  });
  const { verdict, comparisons, runs } = await result;
  expect(verdict).toBe('improvement');
  expect(comparisons[0]!.processes).toBeUndefined();
  expect(runs.processesBlocks).toBe(0);
});

test('a mode that was asked for judges, and is still checked by the next', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { mode: 'alternating' },
    invention: {
      ...CHEAP,
      modes: ['alternating', 'interleaved'],
      secondsPerOperation: slower({ alternating: 1.05, interleaved: 1.05 }),
    },
  });
  const { mode, modeReason, comparisons } = await result;
  expect(mode).toBe('alternating');
  expect(modeReason).toMatch(/^alternating was asked for\./);
  expect(comparisons[0]!.processes).toMatchObject({ mode: 'interleaved' });
});

test('a study interrupted among its last blocks goes on where it was', async () => {
  using folder = makeFolder();
  const secondsPerOperation = slower({ 'in-process': 1.05, alternating: 1.05 });
  const stop = new AbortController();
  let last = 0;
  const first = tryStudy({
    project: folder.path,
    invention: { ...CHEAP, secondsPerOperation },
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === 'block' && event.stage === 'processes' && ++last === 3) stop.abort();
    },
  });
  await expect(first.result).rejects.toMatchObject({ name: 'StudyInterrupted' });
  const again = tryStudy({ project: folder.path, invention: { ...CHEAP, secondsPerOperation }, resume: true });
  const { verdict, runs, comparisons } = await again.result;
  expect(verdict).toBe('regression');
  expect(comparisons[0]!.processes!.blocks).toBe(runs.processesBlocks);
});

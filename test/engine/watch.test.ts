import { expect, test } from 'vitest';
import { StudyInterrupted } from '../../src/study/interrupted.ts';
import { after, makeFolder, tryStudy } from './laboratory.ts';

const WATCH = { stopping: 'anytime' } as const;

test('watching ends when the builds are known to be equivalent', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({ project: folder.path, experiment: WATCH });
  const { verdict, stopping, runs, comparisons } = await result;
  expect({ verdict, stopping }).toEqual({ verdict: 'equivalent', stopping: 'anytime' });
  expect(runs.blocks).toBeGreaterThanOrEqual(12);
  expect(comparisons[0]).toMatchObject({ confidence: 0.95, blocks: runs.blocks });
});

test('what watching finds still has to repeat on fresh blocks', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: WATCH,
    invention: { secondsPerOperation: after(1.05) },
  });
  const { verdict, comparisons, runs } = await result;
  expect(verdict).toBe('regression');
  expect(comparisons[0]).toMatchObject({ confirmed: 'fresh' });
  expect(runs.freshBlocks).toBeGreaterThanOrEqual(20);
});

test('the budget does not end it: blocks go on until it is decided', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { ...WATCH, budgetS: 2 },
    invention: { secondsPerOperation: after(1.012), processNoise: 0.03 },
  });
  const { verdict, durationS } = await result;
  expect(verdict).not.toBe('undecided');
  expect(durationS).toBeGreaterThan(4);
});

test('a cap on blocks ends it undecided', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { ...WATCH, maxBlocks: 15 },
    invention: { secondsPerOperation: after(1.01), processNoise: 0.1 },
  });
  expect(await result).toMatchObject({ verdict: 'undecided', runs: { blocks: 15 } });
});

test('Ctrl-C keeps what was seen, and the study goes on from there', async () => {
  using folder = makeFolder();
  const stop = new AbortController();
  const noisy = { secondsPerOperation: after(1.005), processNoise: 0.05 };
  const first = tryStudy({
    project: folder.path,
    experiment: WATCH,
    invention: noisy,
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === 'block' && event.stage === 'judged') {
        expect(event.of).toBe(Infinity);
        if (event.blocks === 30) stop.abort();
      }
    },
  });
  const interrupted = await first.result.catch((error: unknown) => error);
  expect(interrupted).toBeInstanceOf(StudyInterrupted);
  const { result } = interrupted as StudyInterrupted;
  expect(result).toMatchObject({ verdict: 'undecided', complete: false, stopping: 'anytime', runs: { blocks: 30 } });
  const again = tryStudy({ project: folder.path, experiment: WATCH, invention: noisy, resume: true });
  const { verdict, runs } = await again.result;
  expect(verdict).toBe('equivalent');
  expect(runs.blocks).toBeGreaterThan(30);
});

import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { openStudy } from '../../src/store/finished-study.ts';
import { listPartial } from '../../src/store/partial-study.ts';
import { StudyInterrupted } from '../../src/study/interrupted.ts';
import { after, makeFolder, type Trial, tryStudy } from './laboratory.ts';

const SLOWER = { secondsPerOperation: after(1.05) };

/** What must not depend on whether there was a pause: all but readings of the clock. */
function essence(result: Result) {
  const { study: _study, durationS: _durationS, runs, ...rest } = result;
  return { ...rest, runs: { ...runs, overheadShare: 0 }, folder: '' };
}

/** Runs until `blocks` blocks have ended, then says stop. */
async function interrupt(trial: Trial, blocks: number): Promise<StudyInterrupted> {
  const controller = new AbortController();
  let ended = 0;
  const { result, machine } = tryStudy({
    ...trial,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind !== 'block') return;
      ended += 1;
      if (ended === blocks) controller.abort();
    },
  });
  const error = await result.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StudyInterrupted);
  expect(machine.living()).toBe(0);
  return error as StudyInterrupted;
}

test.each([1, 5, 11, 12, 13, 24, 25, 40])(
  'a study stopped after %i blocks and resumed gives the result of one that was not stopped',
  async (blocks) => {
    using whole = makeFolder();
    const undisturbed = await tryStudy({ project: whole.path, invention: SLOWER }).result;
    using folder = makeFolder();
    const stopped = await interrupt({ project: folder.path, invention: SLOWER }, blocks);
    expect(stopped).toMatchObject({ blocks, pilotBlocks: Math.min(12, blocks) });
    expect(stopped.result?.complete ?? false).toBe(false);
    const resumed = await tryStudy({ project: folder.path, invention: SLOWER, resume: true }).result;
    expect(essence(resumed)).toEqual(essence(undisturbed));
    expect(listPartial(folder.path)).toEqual([]);
  },
);

test('what an interrupted study had is opened by its id, and by that alone', async () => {
  using folder = makeFolder();
  const stopped = await interrupt({ project: folder.path, invention: SLOWER }, 20);
  const { result } = openStudy(folder.path, stopped.study);
  expect(result).toMatchObject({ study: stopped.study, complete: false, runs: { pilotBlocks: 12, blocks: 8 } });
  expect(() => openStudy(folder.path)).toThrow(/There is no study in/);
});

test('a study interrupted in its pilot has nothing to open, and can be resumed', async () => {
  using folder = makeFolder();
  const { study } = await interrupt({ project: folder.path, invention: SLOWER }, 5);
  expect(() => openStudy(folder.path, study)).toThrow(/interrupted before a block was judged/);
});

test('stopping again and again only costs time', async () => {
  using whole = makeFolder();
  const undisturbed = await tryStudy({ project: whole.path, invention: SLOWER }).result;
  using folder = makeFolder();
  await interrupt({ project: folder.path, invention: SLOWER }, 4);
  for (const blocks of [5, 7, 9]) await interrupt({ project: folder.path, invention: SLOWER, resume: true }, blocks);
  const resumed = await tryStudy({ project: folder.path, invention: SLOWER, resume: true }).result;
  expect(essence(resumed)).toEqual(essence(undisturbed));
});

test('a stop inside a block loses that block alone', async () => {
  using folder = makeFolder();
  const controller = new AbortController();
  let batches = 0;
  const { result, store } = tryStudy({
    project: folder.path,
    signal: controller.signal,
    invention: {
      ...SLOWER,
      onStep: ({ name, block }) => {
        if (name === 'run' && block === 3) batches += 1;
        if (batches === 10) controller.abort();
      },
    },
  });
  await expect(result).rejects.toMatchObject({ blocks: 3 });
  const lines = readFileSync(join(store.folder, 'journal.ndjson'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['begin', 'block', 'block', 'block']);
});

test('a journal whose last line was torn by a crash is resumed without that line', async () => {
  using whole = makeFolder();
  const undisturbed = await tryStudy({ project: whole.path, invention: SLOWER }).result;
  using folder = makeFolder();
  await interrupt({ project: folder.path, invention: SLOWER }, 6);
  const [name] = readdirSync(join(folder.path, '.seamark', 'studies'));
  const journal = join(folder.path, '.seamark', 'studies', name!, 'journal.ndjson');
  appendFileSync(journal, '{"kind":"block","stage":"pilot","block":6,"outcomes":[{"kind":"ru');
  const resumed = await tryStudy({ project: folder.path, invention: SLOWER, resume: true }).result;
  expect(essence(resumed)).toEqual(essence(undisturbed));
});

test('a line that is broken in the middle of the journal is not passed over', async () => {
  using folder = makeFolder();
  await interrupt({ project: folder.path }, 3);
  const [name] = readdirSync(join(folder.path, '.seamark', 'studies'));
  const journal = join(folder.path, '.seamark', 'studies', name!, 'journal.ndjson');
  appendFileSync(journal, '{"kind":"blo\n{"kind":"resumed","at":""}\n');
  expect(() => tryStudy({ project: folder.path, resume: true })).toThrow(/Line 5 of .* is not what this version/);
});

test('a study is resumed only with the spec and the files it was started with', async () => {
  using folder = makeFolder();
  await interrupt({ project: folder.path }, 3);
  const resume = { project: folder.path, resume: true };
  expect(() => tryStudy({ ...resume, experiment: { margin: 0.03 } })).toThrow(/experiment: margin changed/);
  expect(() => tryStudy({ ...resume, artifacts: { bench: 'other' } })).toThrow(/artifact: bench changed/);
});

test('there is nothing to resume where nothing was interrupted', () => {
  using folder = makeFolder();
  expect(() => tryStudy({ project: folder.path, resume: true })).toThrow(/no interrupted study/);
});

test('a study that failed is not resumed', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { fails: (_, block) => (block >= 3 ? 'dies' : undefined) },
  });
  await expect(result).rejects.toThrow();
  expect(() => tryStudy({ project: folder.path, resume: true })).toThrow(/was not interrupted, it failed/);
});

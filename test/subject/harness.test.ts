import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/model/run.ts';
import { livingProcesses, openWorkshop, problemOf, type Workshop } from './awkward.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
// A test that fails half-way must not make those after it fail.
afterEach(() => workshop.closeSessions());
afterAll(async () => {
  await workshop.close();
});

/** Runs one batch in a mood and closes; whatever happened, nothing of the program may live on. */
async function suffer(language: 'go' | 'rust', mood: string, answerS?: number) {
  const session = await workshop.open(language, mood, answerS === undefined ? {} : { answerS });
  await session.prepare();
  const problem = await problemOf(session.run(8));
  const end = await session.close();
  expect(livingProcesses(workshop.project)).toEqual([]);
  return { problem, end };
}

describe.each(['go', 'rust'] as const)('a %s program that behaves', (language) => {
  test('answers every question of a session, and its checksum does not depend on the language', async () => {
    const session = await workshop.open(language, 'calm');
    expect(await session.prepare()).toEqual({ checksum: 'b1c0f576036523b9', cycle: 4, operations: 4 });
    const batch = await session.run(400);
    expect(batch.iterations).toBe(400);
    expect(batch.seconds).toBeGreaterThan(0);
    expect((await session.runEach?.(40))?.length).toBe(40);
    const counts = await session.count?.(8);
    expect(counts?.['go.allocs']).toBe(language === 'go' ? 1 : 0);
    const end = await session.close();
    expect(end.wallS).toBeGreaterThan(0);
    expect(end.maxRssBytes).toBeGreaterThan(1_000_000);
    expect(end.leaked).toBe(0);
    expect(livingProcesses(workshop.project)).toEqual([]);
  });

  test('says how often it collected garbage while it was timed', async () => {
    const calm = await workshop.open(language, 'calm');
    await calm.prepare();
    expect((await calm.run(4)).gcCycles).toBe(0);
    const busy = await workshop.open(language, 'collects');
    await busy.prepare();
    const { gcCycles } = await busy.run(200);
    if (language === 'go') expect(gcCycles).toBeGreaterThan(10);
    else expect(gcCycles).toBe(0);
  });

  test('may print to standard output without breaking the conversation; the print is kept with standard error', async () => {
    const session = await workshop.open(language, 'prints');
    await session.prepare();
    expect((await session.run(4)).iterations).toBe(4);
    expect((await session.close()).stderr).toContain('a line on standard output');
  });

  test('says no in its own words', async () => {
    const session = await workshop.open(language, 'refuses');
    const problem = await problemOf(session.prepare());
    expect(problem).toMatchObject({ code: 'subject-refuses', blame: 'run' });
    expect(problem.message).toContain('not today');
    await session.close();
  });
});

describe.each(['go', 'rust'] as const)('a %s program that does not behave is ended and named', (language) => {
  test('when it hangs', async () => {
    const { problem, end } = await suffer(language, 'hangs', 1);
    expect(problem).toMatchObject({ code: 'subject-hangs', blame: 'run' });
    expect(problem.message).toContain('did not answer run within 1 s');
    expect(end.wallS).toBeGreaterThan(0.9);
  });

  test('when it exits, with its last words', async () => {
    const { problem } = await suffer(language, 'exits');
    expect(problem).toMatchObject({ code: 'subject-died', detail: 'I have had enough' });
    expect(problem.message).toContain('exited with code 7 before it answered run');
  });

  test('when it panics', async () => {
    const { problem } = await suffer(language, 'panics');
    expect(problem.code).toBe('subject-died');
    expect(problem.detail).toContain('out of cheese');
  });

  test('when an iteration fails', async () => {
    const { problem } = await suffer(language, 'fails');
    expect(problem.code).toBe('subject-refuses');
    expect(problem.message).toContain('iteration 0: the third one is broken');
  });

  test('when it leaves children behind, one of them in a session of its own: both are counted and ended', async () => {
    const session = await workshop.open(language, 'forks');
    await session.prepare();
    await session.run(4);
    const sleeps = language === 'go' ? ['86399', '86398'] : ['86397', '86396'];
    for (const sleep of sleeps) expect(livingProcesses(`sleep ${sleep}`)).toHaveLength(1);
    expect((await session.close()).leaked).toBe(2);
    for (const sleep of sleeps) expect(livingProcesses(`sleep ${sleep}`)).toEqual([]);
  });
});

describe('a program', () => {
  test('that a signal ends is told with the name of the signal', async () => {
    expect((await suffer('go', 'killed')).problem.message).toContain('was ended by SIGKILL');
    expect((await suffer('rust', 'aborts')).problem.message).toContain('was ended by SIGABRT');
  });

  test('that ignores being asked to end is killed', async () => {
    const { problem } = await suffer('go', 'deaf', 1);
    expect(problem.code).toBe('subject-hangs');
  });

  test('that lingers after it was told to stop is ended, and its session closes all the same', async () => {
    const session = await workshop.open('go', 'lingers');
    await session.prepare();
    await session.close();
    expect(livingProcesses(workshop.project)).toEqual([]);
  });

  test('that is closed in the middle of a batch is ended, since it hears no question then', async () => {
    const session = await workshop.open('go', 'hangs');
    await session.prepare();
    const batch = problemOf(session.run(8));
    await session.close();
    expect((await batch).code).toBe('subject-died');
    expect(livingProcesses(workshop.project)).toEqual([]);
  });

  test('that works otherwise has another checksum', async () => {
    const honest = await workshop.open('go', 'calm');
    const liar = await workshop.open('go', 'lies');
    expect((await honest.prepare()).checksum).not.toBe((await liar.prepare()).checksum);
    await Promise.all([honest.close(), liar.close()]);
  });

  test.each([
    ['foreign', 'subject-foreign-protocol', 'speaks protocol 99, this Seamark speaks 1'],
    ['old', 'subject-foreign-protocol', 'speaks protocol none'],
    ['garbage', 'subject-prints-garbage', '"Hello, I am ready!"'],
    ['cut', 'subject-died', 'exited with code 0 before it answered hello'],
    ['mute', 'subject-hangs', 'did not answer hello within 1 s'],
  ])('whose first word is %s is refused before anything is timed', async (variable, code, text) => {
    const session = await workshop.open('go', 'calm', { variable, answerS: 1 });
    const problem = await problemOf(session.prepare());
    expect(problem).toMatchObject({ code, blame: 'run' });
    expect(problem.message).toContain(text);
    await session.close();
    expect(livingProcesses(workshop.project)).toEqual([]);
  });

  test('that has failed answers every later question with the same reason', async () => {
    const session: Session = await workshop.open('go', 'exits');
    await session.prepare();
    const first = await problemOf(session.run(4));
    expect(await problemOf(session.run(4))).toEqual(first);
    await session.close();
    expect(await session.close()).toEqual(await session.close());
  });
});

import { expect, test } from 'vitest';
import { makeFolder, tryStudy } from './laboratory.ts';

/** Operations of ten microseconds: a batch has a hundred, a course of the pilot six thousand. */
const first = (operations: number) => operations < 1500;

test('builds of which one begins slower are told so, warmed up alike, and judged by what comes after', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { age: ({ levels }, operations) => (levels.build === 'after' && first(operations) ? 1.4 : 1) },
  });
  const { verdict, warnings } = await result;
  expect(warnings.map(({ code }) => code)).toContain('starts-differ');
  expect(verdict).toBe('equivalent');
});

test('processes that slow down as they go are told, with the cure', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    invention: { age: (_, operations) => (first(operations) ? 0.7 : 1) },
  });
  const told = (await result).warnings.find(({ code }) => code === 'starts-quick');
  expect(told?.message).toMatch(/began quicker than they went on/);
  expect(told?.cure).toBeTruthy();
});

test('steady processes are given no such warning', async () => {
  using folder = makeFolder();
  const { warnings } = await tryStudy({ project: folder.path }).result;
  expect(warnings.filter(({ code }) => /^starts|steady/.test(code))).toEqual([]);
});

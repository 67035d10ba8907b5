import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBranch, findLine } from '../../src/cli/bisect-line.ts';
import { type History, makeHistory } from '../history/make-history.ts';

let history: History;
beforeAll(() => {
  history = makeHistory(mkdtempSync(join(tmpdir(), 'seamark-history-')), { seed: 3 });
}, 60_000);
afterAll(() => rmSync(history.folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
const lineOf = (good: string, bad: string, paths: readonly string[] = []) =>
  findLine({ good, bad, paths, cwd: history.folder }, signal);

test('the same seed makes the same commits', () => {
  const other = mkdtempSync(join(tmpdir(), 'seamark-history-'));
  try {
    const again = makeHistory(other, { seed: 3 });
    expect(again.mainline).toEqual(history.mainline);
    expect(history.mainline.length).toBe(65);
    expect(history.unbuildable.length).toBe(2);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
}, 60_000);

test('the line between two commits is that of first parents, with subjects and authors', async () => {
  const { good, versions } = await lineOf(history.mainline[0]!, 'main');
  expect(good.level).toBe(history.mainline[0]!.slice(0, 12));
  expect(versions.map(({ level }) => level)).toEqual(history.mainline.slice(1).map((sha) => sha.slice(0, 12)));
  const culprit = versions.find(({ level }) => history.culprit.startsWith(level));
  expect(culprit).toMatchObject({ subject: 'decode: check every round', weight: 1 });
  expect(['Ada', 'Grace', 'Barbara']).toContain(culprit!.author);
});

test('commits that touch the paths asked for are likelier', async () => {
  const { versions } = await lineOf(history.mainline[0]!, 'main', ['core/']);
  const weights = new Set(versions.map(({ weight }) => weight));
  expect(weights).toEqual(new Set([1, 10]));
  expect(versions.find(({ level }) => history.culprit.startsWith(level))!.weight).toBe(10);
});

test('a merge leads to the commits of its branch and ends with itself; another commit leads nowhere', async () => {
  const { versions } = await lineOf(history.mainline[0]!, 'main');
  const merge = versions.find(({ level }) => history.merge.startsWith(level))!;
  const branch = await findBranch(merge, history.folder, signal);
  expect(branch!.versions.map(({ subject }) => subject)).toEqual([
    'side: begin',
    'side: go on',
    'side: end',
    'Merge the side branch',
  ]);
  expect(await findBranch(versions[0]!, history.folder, signal)).toBeUndefined();
});

test.each<[string, string, RegExp]>([
  ['main', 'side', /`main` is no ancestor of `side`/],
  ['main', 'main', /are the same commit/],
  ['--upload-pack=x', 'main', /names no commit/],
])('from %s to %s is refused', async (good, bad, message) => {
  await expect(lineOf(good, bad)).rejects.toThrow(message);
});

test('listing a line changes nothing in the repository', async () => {
  const look = () =>
    execFileSync('sh', ['-c', 'find . -type f -exec sha256sum {} + | sort'], { cwd: history.folder, encoding: 'utf8' });
  const before = look();
  await lineOf(history.mainline[0]!, 'main');
  expect(look()).toBe(before);
});

import { afterEach, expect, test } from 'vitest';
import { type InventedRepository, inventRepository } from './invented-repository.ts';
import { findRepository, isAncestor, listCommits, resolve } from './repository.ts';

let repository: InventedRepository;
afterEach(() => repository.remove());

test('the history between two commits is listed whole, each commit after its parents, merges with what they bring', async () => {
  repository = inventRepository();
  repository.commit('good', { a: '1\n' });
  repository.git('tag', 'good');
  repository.git('checkout', '--quiet', '-b', 'side');
  const side = repository.commit('side \u001b[31m"quoted"', { 'dir/with space': '1\n' });
  repository.git('checkout', '--quiet', 'main');
  const two = repository.commit('two', { a: '2\n', b: '1\n' });
  repository.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'side');
  const merge = repository.git('rev-parse', 'HEAD');
  const empty = repository.commit('empty');
  const found = (await findRepository(repository.folder))!;
  const commits = await listCommits(found, { from: 'good', to: 'main' });
  const good = await resolve(found, 'good');
  const byHash = new Map(commits.map((commit) => [commit.sha, commit]));
  expect(commits.at(-1)?.sha).toBe(empty);
  expect(byHash.size).toBe(4);
  expect(byHash.get(side)).toEqual({
    sha: side,
    parents: [good],
    subject: 'side [31m"quoted"',
    paths: ['dir/with space'],
    mainline: false,
  });
  expect(byHash.get(two)).toMatchObject({ paths: ['a', 'b'], mainline: true });
  expect(byHash.get(merge)).toMatchObject({ parents: [two, side], paths: ['dir/with space'], mainline: true });
  expect(byHash.get(empty)).toMatchObject({ paths: [], subject: 'empty' });
  for (const { sha, parents } of commits) {
    const before = commits
      .slice(
        0,
        commits.findIndex((one) => one.sha === sha),
      )
      .map((one) => one.sha);
    expect(parents.every((parent) => parent === good || before.includes(parent))).toBe(true);
  }
  expect(await isAncestor(found, good, empty)).toBe(true);
  expect(await isAncestor(found, empty, good)).toBe(false);
  expect(await listCommits(found, { from: 'main', to: 'good' })).toEqual([]);
});

test('a folder in no repository has none', async () => {
  repository = inventRepository();
  expect(await findRepository('/')).toBeUndefined();
  expect(await findRepository(`${repository.folder}/.git`)).toMatchObject({ prefix: '' });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Comparison, Verdict } from '../model/result.ts';
import { sayNext } from './next-command.ts';

let cwd = '';
const git = (...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], { cwd, encoding: 'utf8' });
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'seamark-next-'));
  git('init', '-q', '-b', 'main');
  for (const tag of ['v1', 'v2', 'v3']) {
    git('commit', '-q', '--allow-empty', '-m', tag);
    git('tag', tag);
  }
  git('checkout', '-q', '-b', 'aside', 'v1');
  git('commit', '-q', '--allow-empty', '-m', 'aside');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const next = (base: string, candidate: string, verdict: Verdict = 'regression', more = {}) =>
  sayNext(
    { comparisons: [{ kind: 'build', verdict } as Comparison] },
    { base, candidate, cwd, ...more },
    { confirms: true, signal: new AbortController().signal },
  );

test('of two commits with others between them, the search for the first slower one comes next, of the same benchmarks', async () => {
  expect(await next('v1', 'v3')).toEqual(['Which of 2 commits did it: seamark bisect v1 v3']);
  expect(await next('v1', 'main~0', 'regression', { bench: 'A|B', build: ["make 'x'"] })).toEqual([
    `Which of 2 commits did it: seamark bisect v1 main~0 --bench 'A|B' --build 'make '\\''x'\\'''`,
  ]);
});

test('one commit is taken out again', async () => {
  const sha = git('rev-parse', '--short=9', 'v2').trim();
  expect(await next('v1', 'v2')).toEqual([`Whether it is that commit: seamark confirm v1 v2 --without ${sha}`]);
});

test.each<[string, string, Verdict]>([
  ['v1', 'v3', 'equivalent'],
  ['v3', 'v1', 'regression'],
  ['v2', 'aside', 'regression'],
  ['v1', '.', 'regression'],
  ['./before', './after', 'regression'],
  ['v1', 'v3 without v2', 'regression'],
  ['example.com/m@v1.0.0', 'example.com/m@v1.1.0', 'regression'],
])('nothing is advised of %s against %s, %s', async (base, candidate, verdict) => {
  expect(await next(base, candidate, verdict)).toEqual([]);
});

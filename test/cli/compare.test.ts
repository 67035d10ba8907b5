import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { seamark } from './seamark.ts';

/** Work that grows with `times`, and a benchmark that only the second version has. */
const version = (times: number): Readonly<Record<string, string>> => ({
  'go.mod': 'module example.com/sum\n\ngo 1.22\n',
  'sum.go': `package sum\n\nfunc Sum(n int) (s int) {\n\tfor i := 0; i < n*${times}; i++ {\n\t\ts += i ^ s\n\t}\n\treturn s\n}\n`,
  'sum_test.go':
    'package sum\n\nimport "testing"\n\nvar sink int\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink += Sum(2000)\n\t}\n}\n' +
    (times > 1
      ? '\nfunc BenchmarkNew(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink += Sum(2)\n\t}\n}\n'
      : ''),
});

let folder = '';
const write = (below: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, below, path)), { recursive: true });
    writeFileSync(join(folder, below, path), text);
  }
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-compare-'));
  write('before', version(1));
  write('after', version(5));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHORT = ['--budget', '4s', '--blocks', '12', '--quiet'];

test('two folders without a spec: the slower one is found, and what only one has is said', async () => {
  const words = ['compare', './before', './after', '--json', '--no-explain', '--mode', 'interleaved', ...SHORT];
  const { code, stdout, stderr } = await seamark(words, { cwd: folder });
  expect(stderr).toBe('');
  const result = JSON.parse(stdout) as Result;
  expect([code, result.verdict]).toEqual([1, 'regression']);
  const [found] = result.comparisons.filter(({ metric }) => metric === 'time.p50');
  expect(found).toMatchObject({ baseline: './before', candidate: './after', confirmed: 'fresh' });
  expect(found?.low).toBeGreaterThan(1.5);
  expect(result.witnesses).toBeUndefined();
  expect(result.warnings.find((one) => one.code === 'benchmark-not-in-every-build')?.message).toMatch(
    /^\.\/after adds New;/,
  );
}, 120_000);

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
    cwd: join(folder, 'repository'),
    encoding: 'utf8',
  });

test('a commit and the changes on top of it, from a folder below: nothing of the repository is touched', async () => {
  write('repository', { ...version(1), 'docs/x.md': '', '.gitignore': '.seamark\nreport.html\n' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  write('repository', version(5));
  const before = [git('status', '--porcelain'), git('stash', 'list'), git('worktree', 'list')];
  const words = ['compare', 'main', '--json', '--no-report', '--no-explain', '--mode', 'interleaved', ...SHORT];
  const { code, stdout, stderr } = await seamark(words, { cwd: join(folder, 'repository/docs') });
  expect([code, stderr]).toEqual([1, '']);
  const result = JSON.parse(stdout) as Result;
  expect(result.comparisons[0]).toMatchObject({ baseline: 'main', candidate: '.', verdict: 'regression' });
  expect([git('status', '--porcelain'), git('stash', 'list'), git('worktree', 'list')]).toEqual(before);
}, 120_000);

test('a baseline is sources that were saved: built and measured anew beside the working tree, and overwritten only with a word', async () => {
  const cwd = join(folder, 'saved');
  write('saved', version(1));
  const save = () => seamark(['compare', '--save-baseline', 'first'], { cwd });
  expect((await save()).stdout).toMatch(/^saved the baseline first: [^,]*\n$/);
  expect((await save()).stdout).toContain('in place of');
  write('saved', version(5));
  const listed = await seamark(['compare', '--baselines'], { cwd });
  expect(listed.stdout).toMatch(/^first {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}.+\n$/);
  const words = ['compare', '--baseline', 'first', '--json', '--no-report', '--no-explain', '--mode', 'interleaved'];
  const { code, stdout } = await seamark([...words, ...SHORT], { cwd });
  const result = JSON.parse(stdout) as Result;
  expect([code, result.comparisons[0]?.baseline, result.verdict]).toEqual([1, 'baseline:first', 'regression']);
}, 120_000);

test.each([
  [['compare', '--baseline', 'none'], 'no-such-baseline'],
  [['compare', '--save-baseline', '../x'], 'bad-baseline-name'],
])('%j is refused', async (words, problem) => {
  const { code, stderr } = await seamark(words, { cwd: join(folder, 'before') });
  expect(code).toBe(2);
  expect(stderr).toContain(`error[${problem}]`);
});

test('two programs that are built already, with words of their own: what moved is looked into', async () => {
  for (const [name, loops] of [
    ['old', 2000],
    ['new', 60_000],
  ] as const) {
    const text = `#!/bin/sh\ni=0\nwhile [ $i -lt ${loops} ]; do i=$((i+$1)); done\n`;
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }
  const words = ['compare', './old', './new', '--run', 'loop 1', '--json', '--no-report', ...SHORT];
  const { code, stdout, stderr } = await seamark(words, { cwd: folder });
  expect(stderr).toBe('');
  const result = JSON.parse(stdout) as Result;
  expect([code, result.comparisons[0]?.verdict]).toEqual([1, 'regression']);
  expect(result.witnesses?.map(({ name }) => name)).toContain('counts');
  // The same two from another folder, which is not where they were first compared.
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  for (const name of ['old', 'new']) renameSync(join(folder, name), join(elsewhere, name));
  rmSync(join(folder, '.seamark'), { recursive: true, force: true });
  const again = await seamark([...words, '--no-explain'], { cwd: elsewhere });
  expect([again.code, (JSON.parse(again.stdout) as Result).comparisons[0]?.verdict]).toEqual([1, 'regression']);
}, 120_000);

test('the experiment that is printed is one: it is checked and planned as any other', async () => {
  const printed = await seamark(['compare', './before', './after', '--print-spec', '--bench', 'Sum', '--seed', '5'], {
    cwd: folder,
  });
  expect([printed.code, printed.stderr]).toEqual([0, '']);
  expect(printed.stdout).toContain('build: [./before, ./after]');
  const checked = await seamark(['check', '-'], { cwd: folder, input: printed.stdout });
  expect([checked.code, checked.stderr]).toEqual([0, '']);
  expect(checked.stdout).toContain('go-bench');
}, 60_000);

test.each([
  [['compare'], 'nothing-to-compare'],
  [['compare', 'main'], 'which-module'],
  [['compare', './before', './after', '--build', 'make && true'], 'bad-command'],
  [['compare', './before', './after', '--margin', '80'], 'usage'],
])(
  '%j is refused before anything is built',
  async (words, problem) => {
    const { code, stdout, stderr } = await seamark(words, { cwd: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error[${problem}]`);
  },
  60_000,
);

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { seamark } from './seamark.ts';

let folder = '';
const shas: Record<string, string> = {};
const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });

/** Work that grows with `times`, and with what the other file says. */
const sum = (times: number): string =>
  `package sum\n\nconst times = ${times}\n\nfunc Sum(n int) (s int) {\n\tfor i := 0; i < n*times*more; i++ {\n\t\ts += i ^ s\n\t}\n\treturn s\n}\n`;
const more = (times: number): string => `package sum\n\nconst more = ${times}\n`;

function commit(name: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  git('add', '-A');
  git('commit', '-qm', name);
  shas[name] = git('rev-parse', 'HEAD').trim();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-confirm-'));
  git('init', '-q', '-b', 'main');
  commit('base', {
    'go.mod': 'module example.com/sum\n\ngo 1.22\n',
    '.gitignore': '.seamark\nreport.html\n',
    'sum.go': sum(1),
    'more.go': more(2),
    'sum_test.go':
      'package sum\n\nimport "testing"\n\nvar sink int\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink += Sum(1000)\n\t}\n}\n',
  });
  commit('slow', { 'sum.go': sum(4) });
  git('branch', 'slower');
  commit('eased', { 'more.go': more(1) });
  git('branch', 'half');
  commit('later', { 'sum.go': sum(3) });
  git('checkout', '-q', 'slower');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHORT = ['--json', '--no-report', '--mode', 'interleaved', '--quiet'];
const MEASURED = [...SHORT, '--budget', '2s'];
const standing = () => [
  ...[git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('symbolic-ref', 'HEAD')],
  ...[git('stash', 'list'), git('worktree', 'list'), git('for-each-ref'), git('reflog')],
];

test('a slow commit that is taken out of the working tree is confirmed, and the repository is as it was', async () => {
  mkdirSync(join(folder, '.seamark'));
  writeFileSync(join(folder, 'words.go'), 'package sum\n\nconst Words = "being written"\n');
  const before = standing();
  const words = ['confirm', shas.base ?? '', '--without', shas.slow ?? '', '--margin', '50', ...MEASURED];
  const { code, stdout, stderr } = await seamark(words, { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  const result = JSON.parse(stdout) as Result;
  const [one] = result.confirmation ?? [];
  expect(one).toMatchObject({ outcome: 'restored', baseline: shas.base, reverted: `. without ${shas.slow}` });
  expect(one?.candidateOverReverted.low).toBeGreaterThan(1.5);
  // No proof rests on a study that stopped as soon as it looked well.
  expect(result.runs.blocks).toBeGreaterThanOrEqual(40);
  expect(standing()).toEqual(before);
  rmSync(join(folder, 'words.go'));
}, 240_000);

test('the printed experiment runs as any other; without a commit that made it faster it is no faster, which is no proof', async () => {
  const suspect = ['confirm', shas.base ?? '', 'half', '--without', shas.eased ?? ''];
  const printed = await seamark([...suspect, '--print-spec'], { cwd: folder });
  expect([printed.code, printed.stderr]).toEqual([0, '']);
  writeFileSync(
    join(folder, '.seamark/seamark.yaml'),
    printed.stdout.replace('subject:\n', 'subject:\n  folder: ..\n'),
  );
  const words = ['run', '.seamark/seamark.yaml', '--blocks', '12', ...MEASURED];
  const { code, stdout } = await seamark(words, { cwd: folder });
  const result = JSON.parse(stdout) as Result;
  expect([code, result.confirmation?.[0]?.outcome]).toEqual([4, 'revert-ineffective']);
}, 240_000);

test('without words it is about the regression that was found last, and the only commit in it', async () => {
  const cut = ['--blocks', '12', ...MEASURED];
  const compared = await seamark(['compare', 'HEAD~1', 'HEAD', '--no-explain', ...cut], { cwd: folder });
  expect(compared.code).toBe(1);
  const { code, stdout } = await seamark(['confirm', ...cut], { cwd: folder });
  const [one] = (JSON.parse(stdout) as Result).confirmation ?? [];
  const [base, slow] = [shas.base?.slice(0, 9), shas.slow?.slice(0, 9)];
  expect(one).toMatchObject({ baseline: base, candidate: slow, reverted: `${slow} without ${slow}` });
  expect([code, one?.outcome]).toEqual([0, expect.stringMatching(/^(?:partly-)?restored$/)]);
}, 240_000);

test.each([
  [['main', '--without', 'slow'], 'revert-conflict', 'conflict in sum.go'],
  [['HEAD', '--without', 'later'], 'commit-not-inside', 'no part of HEAD'],
  [['half'], 'nothing-suspected', '2 commits'],
  [['HEAD', '--with', 'nothing'], 'bad-build', 'with nothing'],
])(
  '%j is refused with %s',
  async ([candidate = '', option, name], problem, said) => {
    const suspect = option === undefined ? [] : [option, shas[name ?? ''] ?? name ?? ''];
    const before = standing();
    const { code, stdout, stderr } = await seamark(['confirm', shas.base ?? '', candidate, ...suspect, ...SHORT], {
      cwd: folder,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error[${problem}]`);
    expect(stderr).toContain(said);
    expect(standing()).toEqual(before);
  },
  60_000,
);

test('where no study found a regression between commits, it says what to give', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'seamark-confirm-'));
  const { code, stderr } = await seamark(['confirm'], { cwd: empty });
  rmSync(empty, { recursive: true });
  expect(code).toBe(2);
  expect(stderr).toContain('error[nothing-to-confirm]');
});

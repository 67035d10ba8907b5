import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { openStudy } from '../../src/store/finished-study.ts';
import { seamark } from './seamark.ts';

let folder = '';
const run = (...words: readonly string[]) => seamark(words, { cwd: folder });

/** Two versions of one function, the second with three times the work, and a study of both without evidence. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-explain-'));
  for (const [name, times] of [
    ['before', 1],
    ['after', 3],
  ] as const) {
    mkdirSync(join(folder, name));
    const files = {
      'go.mod': 'module example.com/sum\n\ngo 1.22\n',
      'sum.go': `package sum\n\n//go:noinline\nfunc Sum(n int) (s int) {\n\tfor i := 0; i < n*${times}; i++ {\n\t\ts += i ^ s\n\t}\n\treturn s\n}\n`,
      'sum_test.go':
        'package sum\n\nimport "testing"\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tSum(2000)\n\t}\n}\n',
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  }
  const words = ['--no-explain', '--no-report', '--mode', 'interleaved', '--budget', '3s', '--blocks', '12', '--quiet'];
  const { code, stderr } = await run('compare', './before', './after', ...words);
  expect([code, stderr]).toEqual([1, '']);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a stored study is explained from what it ran, and the report shows it in every form', async () => {
  const first = await run('explain', '--witness', 'instructions');
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(
    /slower than .*\n\nevidence {2}\.\/after beside \.\/before, benchmark=Sum\n {2}✓ agrees/s,
  );
  expect(first.stderr).toContain('witnesses.json; seamark report');

  const again = await run('explain', '--witness', 'counts', '--case', 'Sum', '--json');
  expect(again.stderr).toContain('in place of the one of 20');
  const said = JSON.parse(again.stdout) as { schema: string; witnesses: Result['witnesses'] };
  expect(said.schema).toBe('seamark/witnesses@1');
  expect(said.witnesses?.map(({ name, says }) => `${name} ${says}`)).toEqual(['counts blind']);

  const [study = ''] = readdirSync(join(folder, '.seamark/studies'));
  expect(statSync(join(folder, '.seamark/studies', study, 'witnesses.json')).mode & 0o222).toBe(0);
  const { stdout: text } = await run('report');
  expect(text).toContain('✓ agrees     instructions');
  // All forms are drawn from one document.
  const { result } = openStudy(folder);
  expect(result.witnesses?.map(({ name }) => name)).toEqual(['instructions', 'counts']);
  expect(result.witnesses?.[0]?.findings[0]).toMatchObject({ language: 'go', unit: 'instructions' });
  expect(renderMarkdown(result)).toContain('**instructions** agrees');
  expect((JSON.parse(renderJson(result)) as Result).witnesses).toEqual(result.witnesses);
  expect(renderHtml(result)).toContain('id="evidence"');
}, 120_000);

test.each([
  [['--witness', 'oracle'], 'no-such-witness'],
  [['--case', 'Decode'], 'no-such-case'],
])('explain %j is refused before anything is built', async (words, problem) => {
  const { code, stderr } = await run('explain', ...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`error[${problem}]`)]);
});

test('other sources than those that were measured are refused, with what differs', async () => {
  appendFileSync(join(folder, 'after/sum.go'), '\nfunc init() { println("new") }\n');
  const { code, stdout, stderr } = await run('explain', '--witness', 'counts', '--quiet');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/error\[builds-differ\].*: \.\/after: /);
  expect(stderr).not.toContain('./before: ');
}, 60_000);

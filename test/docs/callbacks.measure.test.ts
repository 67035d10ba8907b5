/**
 * The template callback-from-rust run anew: golang/go #68587 found by the layer, the allocations and the system call. Two to three
 * minutes, most of it for nine builds by three releases of Go.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listLabels } from './sections.ts';

const root = dirname(dirname(import.meta.dirname));
const page = readFileSync(join(root, 'docs', 'callbacks.md'), 'utf8');
const shown = /<!-- real-run:begin -->\n```text\n([\s\S]*?)\n```\n<!-- real-run:end -->/.exec(page)?.[1] ?? '';

const work = mkdtempSync(join(tmpdir(), 'seamark-callbacks-'));
const folder = join(work, 'templates', 'callback-from-rust');
let printed = '';
let exitCode: number | undefined;

beforeAll(async () => {
  await execa(process.execPath, ['scripts/bundle.mjs'], { cwd: root });
  // The module asks for Seamark's own two folders up.
  cpSync(join(root, 'templates', 'callback-from-rust'), folder, {
    recursive: true,
    filter: (file) => !/\/(\.seamark|target)$/.test(file),
  });
  cpSync(join(root, 'go'), join(work, 'go'), { recursive: true });
  const words = [join(root, 'dist', 'seamark.mjs'), 'run', folder, '--budget', '10s'];
  const run = await execa(process.execPath, words, { cwd: work, env: { NO_COLOR: '1' }, reject: false });
  ({ stdout: printed, exitCode } = run);
}, 900_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('every section and row of the run on the page is in a run of today', () => {
  expect(listLabels(shown).length).toBeGreaterThan(15);
  const today = new Set(listLabels(printed));
  expect(listLabels(shown).filter((label) => !today.has(label))).toEqual([]);
});

test('callbacks from threads of Rust are more than twice as dear on Go 1.22, and calls a fifth cheaper on 1.26', () => {
  const expected = printed.split('\nexpected\n')[1]?.split('\n\n')[0] ?? '';
  expect(expected.match(/✓ confirmed/g)).toHaveLength(3);
  expect(exitCode).toBe(1); // an older release is a regression from a newer one
});

test('the allocations of each such callback are counted', () => {
  expect(printed).toMatch(/goAnswer: 300 more allocations/);
});

test.each([
  ['go1.22.12', 1],
  ['go1.24.4', 0],
])('%s makes %i sched_getaffinity a callback', async (release, each) => {
  const programs = readdirSync(join(work, '.seamark', 'builds')).map((build) =>
    join(work, '.seamark', 'builds', build, 'bare', 'bench'),
  );
  const versions = await Promise.all(programs.map((file) => execa('go', ['version', file])));
  const program = programs[versions.findIndex(({ stdout }) => stdout.endsWith(` ${release}`))] ?? 'none';
  const words = ['-f', '-c', '-e', 'trace=sched_getaffinity', '-o', join(work, release), program];
  const workload = ['-path', 'go->rust', '-set', 'crossing=callback-of-thread', '-n', '2', '-batches', '5'];
  await execa('strace', [...words, ...workload]);
  const [, , , calls = '0'] =
    /^.*sched_getaffinity$/m
      .exec(readFileSync(join(work, release), 'utf8'))?.[0]
      .trim()
      .split(/\s+/) ?? [];
  const callbacks = 1000; // and those of the warm-up
  expect(Number(calls)).toBeGreaterThanOrEqual(each * callbacks);
  expect(Number(calls)).toBeLessThan(each === 0 ? 10 : 3 * callbacks);
});

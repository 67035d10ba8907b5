import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { seamark } from './seamark.ts';

const HISTORY = fileURLToPath(new URL('testdata/history.csv', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'seamark-series-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file of versions and times is divided where it changed, and the change nominates a range', async () => {
  const { code, stdout, stderr } = await seamark(['series', HISTORY]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('40 values, 1 change of 1 % or more');
  expect(stdout).toContain('between v1.21.0 and v1.22.0');
  expect(stdout).toContain('is no verdict');
});

test('--json prints the reading, from standard input as from a file', async () => {
  const input = Array.from({ length: 20 }, (_, i) => `${i < 10 ? 10 : 12}.${i} ms`).join('\n');
  const { code, stdout } = await seamark(['series', '-', '--json', '--window', '8'], { input });
  const reading = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(reading).toMatchObject({ schema: 'seamark/series@1', values: 20, dimension: 'seconds' });
  expect(reading.changes.map(({ index }: { index: number }) => index)).toEqual([10]);
});

test('a coarser gate leaves the step out', async () => {
  const { stdout } = await seamark(['series', HISTORY, '--magnitude', '10%']);
  expect(stdout).toContain('no change of 10 % or more');
});

test.each([
  ['1\nNaN\n3\n', /`NaN` is not a number/],
  ['v1,1\nv2,-4\n', /`-4` is not above zero/],
])('%j ends with 2, the line under a caret and a cure', async (text, message) => {
  const file = join(folder, 'bad.csv');
  writeFileSync(file, text);
  const { code, stdout, stderr } = await seamark(['series', file]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('bad.csv:2:1');
  expect(stderr).toContain('^^');
  expect(stderr).toMatch(/^help: /m);
});

test.each([
  [['series', 'no-such.csv'], /there is no such file/],
  [['series', HISTORY, '--magnitude', '200%'], /a share from 0 to below 100 %/],
  [['pool', 'no/such.json'], /there is no file or folder/],
])('seamark %j ends with 2', async (words, message) => {
  const { code, stderr } = await seamark(words);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

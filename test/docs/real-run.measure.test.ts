import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { listLabels } from './sections.ts';

const root = dirname(dirname(import.meta.dirname));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const shown = /<!-- real-run:begin -->\n```text\n([\s\S]*?)\n```\n<!-- real-run:end -->/.exec(readme)?.[1] ?? '';

const folder = mkdtempSync(join(tmpdir(), 'seamark-real-run-'));
let printed = '';

beforeAll(async () => {
  const seamark = (words: readonly string[]) =>
    execa(process.execPath, [join(root, 'dist/seamark.mjs'), ...words], { cwd: folder, env: { NO_COLOR: '1' } });
  await execa(process.execPath, ['scripts/bundle.mjs'], { cwd: root });
  await seamark(['init', '--template', 'first-crossing']);
  printed = (await seamark(['run', '--budget', '10s'])).stdout;
}, 600_000);

test('the page shows a run at all', () => {
  expect(listLabels(shown).length).toBeGreaterThan(10);
});

test('every section and row of the run in README.md is in a run of today', () => {
  const today = new Set(listLabels(printed));
  expect(listLabels(shown).filter((label) => !today.has(label))).toEqual([]);
});

test('a run ends with its verdict and where the report is', () => {
  const [verdict, report] = printed.trimEnd().split('\n').slice(-2);
  expect(verdict).toMatch(/^verdict {2}\S/);
  expect(readFileSync(join(folder, report?.replace(/^report\s+/, '') ?? ''), 'utf8')).toMatch(/^<!doctype html>/i);
});

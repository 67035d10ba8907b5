import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Said, seamark } from './seamark.ts';

/** One real study of a real program, small: every report below is drawn from it. */
const SPEC = `experiment: small
subject: {kind: command, run: seq $lines}
factors: {lines: [100, 200]}
budget: 2 s
blocks: 12
`;
let folder: string;
let study: Said;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-report-'));
  writeFileSync(join(folder, 'seamark.yaml'), SPEC);
  // Its own place for temporary files, so that it waits for no other study on this machine.
  study = await seamark(['run', '--no-report', '--quiet'], { cwd: folder, env: { TMPDIR: folder } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (...words: string[]) => seamark(['report', ...words], { cwd: folder });

describe('seamark report draws a stored study again', () => {
  test('the study it draws is there', () => {
    expect([study.code, study.stderr]).toEqual([0, '']);
  });

  test('as text it is what the run printed', async () => {
    expect((await report()).stdout).toBe(study.stdout);
  });

  test('as JSON it is one document with its schema, and its id opens it again', async () => {
    const { stdout } = await report('--json');
    const result = JSON.parse(stdout) as { schema: string; study: string; experiment: string };
    expect(result).toMatchObject({ schema: 'seamark/result@1', experiment: 'small' });
    expect((await report(result.study, '--format', 'json')).stdout).toBe(stdout);
    expect((await report(result.study.slice(0, -2), '--format', 'json')).stdout).toBe(stdout);
  });

  test('as Markdown it has a heading and a table', async () => {
    const { stdout } = await report('--format', 'md');
    expect(stdout).toMatch(/^#+ /m);
    expect(stdout).toMatch(/^\|.*\|$/m);
  });

  test('--out writes a file whose ending gives the form, and says so on stderr', async () => {
    const { code, stdout, stderr } = await report('--out', 'page.html');
    expect([code, stdout, stderr]).toEqual([0, '', 'wrote page.html\n']);
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    await report('--out', 'page.md');
    expect(readFileSync(join(folder, 'page.md'), 'utf8')).toMatch(/^#+ /m);
    await report('--out', 'page.json');
    expect(JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))).toMatchObject({ schema: 'seamark/result@1' });
  });

  test('a study that is not there is named, with those that are', async () => {
    const { code, stderr } = await report('2001');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[no-such-study\].*\nhelp: The latest are /)]);
  });

  test("a file that cannot be written is the surroundings' fault", async () => {
    const { code, stderr } = await report('--out', 'no/such/folder/page.html');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error\[cannot-write\]/)]);
  });

  test('where nothing was ever measured it says what to do', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'seamark-empty-'));
    const { code, stderr } = await seamark(['report'], { cwd: empty });
    rmSync(empty, { recursive: true });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/seamark run/)]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seamark } from './seamark.ts';

const testdata = fileURLToPath(new URL('testdata/', import.meta.url));
const GOOD = 'experiment: x\nsubject: {kind: go-bench}\n';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

describe('seamark check', () => {
  test('five mistakes are named at once, each with its line, a caret and the nearest word', async () => {
    const { code, stdout, stderr } = await seamark(['check', 'five-mistakes.yaml'], { cwd: testdata });
    expect([code, stdout]).toEqual([2, '']);
    await expect(stderr).toMatchFileSnapshot('testdata/five-mistakes.txt');
    expect(stderr.match(/^error\[/gm)).toHaveLength(5);
    expect(stderr).toMatch(/5 problems\n$/);
  });

  test('a good spec is said to be fine, with what was understood', async () => {
    const { code, stdout, stderr } = await seamark(['check', write('good.yaml', GOOD)], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^good\.yaml: fine\n/);
    expect(stdout).toContain('  subject     go-bench, package ./..., benchmarks .\n');
    expect(stdout).toContain('  margin      2 %\n');
  });

  test('the spec is found upwards from the working folder', async () => {
    write('seamark.yaml', GOOD);
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    const { code, stdout } = await seamark(['check'], { cwd: join(folder, 'deep', 'er') });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\.\.\/\.\.\/seamark\.yaml: fine/)]);
  });

  test('problems of several specs come together', async () => {
    const files = [write('a.yaml', 'experiment: a\n'), write('b.yaml', `${GOOD}budgt: 9 s\n`), write('c.yaml', GOOD)];
    const { code, stdout, stderr } = await seamark(['check', ...files], { cwd: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.match(/--> .*/g)).toEqual(['--> a.yaml:1:1', '--> b.yaml:3:1']);
  });

  test('a build folder that is not there, or is a file, is a problem of the spec', async () => {
    write('plain', '');
    const file = write('builds.yaml', `${GOOD}factors: {build: [./gone, ./plain, .]}\n`);
    const { code, stderr } = await seamark(['check', file], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/`\.\/gone` is not there: gone\n --> builds\.yaml:3:19/);
    expect(stderr).toMatch(/plain is no program of this system, and a file as a build is one\n --> builds\.yaml:3:27/);
    expect(stderr).toMatch(/2 problems/);
  });

  test('- is standard input, and --json one document', async () => {
    const { code, stdout } = await seamark(['check', '-', '--json'], { cwd: folder, input: GOOD });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'seamark/experiments@1',
      experiments: [{ name: 'x', margin: 0.02 }],
    });
  });

  test.each<[string, string[], RegExp]>([
    ['no such file', ['check', 'gone.yaml'], /error\[no-spec\]: there is no file or folder gone\.yaml/],
    [
      'a folder without a spec',
      ['check', 'empty'],
      /error\[no-spec\]: there is no seamark\.yaml in empty\nhelp: .*seamark init empty/,
    ],
    ['a folder named as a spec', ['check', 'odd'], /error\[spec-unreadable\]/],
  ])('%s ends with 2 and a cure', async (_, words, message) => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    mkdirSync(join(folder, 'odd', 'seamark.yaml'), { recursive: true });
    const { code, stderr } = await seamark(words, { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('without a spec anywhere it says how to get one', async () => {
    const lonely = mkdtempSync(join(tmpdir(), 'seamark-lonely-'));
    const { code, stderr } = await seamark(['check'], { cwd: lonely });
    rmSync(lonely, { recursive: true });
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no seamark\.yaml here or in a folder above\nhelp: .*seamark init/);
  });

  test('bytes that are no text become a problem, not a crash', async () => {
    writeFileSync(
      join(folder, 'binary.yaml'),
      Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37) % 256)),
    );
    const { code, stderr } = await seamark(['check', 'binary.yaml'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[/);
    expect(stderr).not.toMatch(/defect/);
  });
});

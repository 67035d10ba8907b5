import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seamark } from './seamark.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'seamark-init-'));
});
afterAll(() => rmSync(base, { recursive: true }));

/** A fresh folder with these files. */
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(base, name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const read = (...parts: string[]) => readFileSync(join(...parts), 'utf8');
const BENCH = 'package x\n\nimport "testing"\n\nfunc BenchmarkDecode(b *testing.B) {}\n';

describe('seamark init looks at the folder', () => {
  test.each<[string, Record<string, string>, string[], RegExp]>([
    ['one package', { 'go.mod': 'module m\n', 'x_test.go': BENCH }, ['package: .\n', '# probe: full'], /fine/],
    ['a package below', { 'go.mod': 'module m\n', 'codec/x_test.go': BENCH }, ['package: ./codec\n'], /fine/],
    [
      'two packages',
      { 'go.mod': 'module m\n', 'a/x_test.go': BENCH, 'b/x_test.go': BENCH },
      ['package: ./...\n'],
      /fine/,
    ],
    [
      'a package with cgo',
      { 'go.mod': 'module m\n', 'x_test.go': BENCH, 'x.go': 'package x\n\n// int f(void);\nimport "C"\n' },
      ['\nprobe: full\n'],
      /fine/,
    ],
  ])(
    'a Go module with benchmarks in %s gets a go-bench spec that check finds fine',
    async (name, files, lines, fine) => {
      const folder = folderWith(name.replaceAll(' ', '-'), files);
      const { code, stdout, stderr } = await seamark(['init'], { cwd: folder });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^wrote seamark\.yaml\nwrote \.seamark\/seamark\.schema\.json\n\nnext: seamark plan/);
      for (const line of lines) expect(read(folder, 'seamark.yaml')).toContain(line);
      expect((await seamark(['check'], { cwd: folder })).stdout).toMatch(fine);
    },
  );

  test('the spec names its schema, which is the one of docs/', async () => {
    const folder = folderWith('schema', {});
    await seamark(['init', '--template', 'command'], { cwd: folder });
    const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(folder, 'seamark.yaml'))?.[1];
    expect(read(folder, path!)).toBe(read(root, 'docs', 'seamark.schema.json'));
    expect(read(folder, '.seamark', '.gitignore')).toBe('*\n');
  });

  test('test data, vendored code and modules inside the module do not count', async () => {
    const folder = folderWith('others', {
      'go.mod': 'module m\n',
      'testdata/x_test.go': BENCH,
      'vendor/v/x_test.go': BENCH,
      'inner/go.mod': 'module inner\n',
      'inner/x_test.go': BENCH,
      'x_test.go': 'package x\n\nfunc Benchmarks() {}\n',
    });
    const { code, stderr } = await seamark(['init'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[no-template-fits\].*\nhelp: .*--template/)]);
  });

  test('the command template is a spec that check finds fine', async () => {
    const folder = folderWith('command', { 'notes.txt': 'mine' });
    expect((await seamark(['init', '--template', 'command'], { cwd: folder })).code).toBe(0);
    expect((await seamark(['check'], { cwd: folder })).stdout).toMatch(/fine/);
  });

  test('--template go-bench without benchmarks is refused', async () => {
    const { code, stderr } = await seamark(['init', '--template', 'go-bench'], { cwd: folderWith('none', {}) });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[no-benchmarks\]/)]);
  });
});

describe('seamark init overwrites nothing unasked', () => {
  test('a spec that is there stays, until --force', async () => {
    const folder = folderWith('mine', { 'seamark.yaml': 'mine\n', 'go.mod': 'module m\n', 'x_test.go': BENCH });
    const { code, stderr } = await seamark(['init'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[already-there\].*\nhelp: use --force/)]);
    expect(read(folder, 'seamark.yaml')).toBe('mine\n');
    expect((await seamark(['init', '--force'], { cwd: folder })).code).toBe(0);
    expect(read(folder, 'seamark.yaml')).toContain('kind: go-bench');
  });

  test('a file in the place of the folder is named', async () => {
    const folder = folderWith('file', { lab: 'a file' });
    const { code, stderr } = await seamark(['init', 'lab', '--template', 'command'], { cwd: folder });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error\[cannot-write\]: .*lab is a file/)]);
  });

  test('a folder that the system has no place for ends with a word, not in a search without end', async () => {
    const { code, stderr } = await seamark(['init', '/proc/nothing/lab', '--template', 'command'], {
      cwd: folderWith('nowhere', {}),
    });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error\[cannot-write\]: .*\/proc\/nothing/)]);
  });
});

describe('the lab as a copy', () => {
  test('outside the package its manifests name the SDK by absolute paths, and check finds it fine', async () => {
    const folder = folderWith('copy', {});
    const { code, stderr } = await seamark(['init'], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(read(folder, 'go.mod')).toContain(`seamark.dev/go => ${root}/go\n`);
    const crates = ['bench-rust/Cargo.toml', 'core/Cargo.toml', 'Cargo.toml'].filter((name) =>
      existsSync(join(folder, name)),
    );
    const named = crates.flatMap((name) => read(folder, name).match(/^seamark\s*=.*path\s*=\s*"([^"]*)"/m)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set([`${root}/rust`]));
    expect(existsSync(join(folder, 'target'))).toBe(false);
    const { stdout } = await seamark(['check'], { cwd: folder });
    expect(stdout).toMatch(/^seamark\.yaml: fine/);
  });

  test('it copies over nothing that is there', async () => {
    const folder = folderWith('taken', { 'go.mod': 'module mine\n' });
    const { code, stderr } = await seamark(['init', '--template', 'first-crossing'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/go\.mod is already there/)]);
    expect(read(folder, 'go.mod')).toBe('module mine\n');
    expect(existsSync(join(folder, 'seamark.yaml'))).toBe(false);
  });
});

describe('--sdk', () => {
  test('it writes the lines once, and the go command understands them', async () => {
    const folder = folderWith('sdk', {
      'go.mod': 'module m\n\ngo 1.21\n',
      'Cargo.toml': '[package]\nname = "m"\nversion = "0.1.0"\n\n[dependencies]\nserde = "1"\n',
    });
    expect((await seamark(['init', '--sdk'], { cwd: folder })).stdout).toBe(
      'go.mod points to the SDK\nCargo.toml points to the SDK\n',
    );
    const once = [read(folder, 'go.mod'), read(folder, 'Cargo.toml')];
    await seamark(['init', '--sdk'], { cwd: folder });
    expect([read(folder, 'go.mod'), read(folder, 'Cargo.toml')]).toEqual(once);
    expect(once).toEqual([
      `module m\n\ngo 1.21\n\nreplace seamark.dev/go => ${root}/go\n\nrequire seamark.dev/go v0.0.0\n`,
      `[package]\nname = "m"\nversion = "0.1.0"\n\n[dependencies]\nseamark = { path = "${root}/rust", features = ["harness"] }\nserde = "1"\n`,
    ]);
    expect(existsSync(join(folder, 'seamark.yaml'))).toBe(false);
  });

  test('installed inside a project, the SDK is named by relative paths', async () => {
    const project = folderWith('project', { 'package.json': '{}', 'lab/go.mod': 'module m\n' });
    const installed = join(project, 'node_modules', 'seamark');
    mkdirSync(join(installed, 'src'), { recursive: true });
    cpSync(join(root, 'package.json'), join(installed, 'package.json'));
    const { pathTo } = await import('../../src/cli/init-sdk.ts');
    expect(pathTo(join(installed, 'go'), join(project, 'lab'), project)).toBe('../node_modules/seamark/go');
    expect(pathTo(join(installed, 'go'), project, project)).toBe('./node_modules/seamark/go');
    expect(pathTo('/elsewhere/go', project, project)).toBe('/elsewhere/go');
  });

  test('another dependency named seamark is not replaced unasked', async () => {
    const folder = folderWith('clash', { 'Cargo.toml': '[dependencies]\nseamark = "3"\n' });
    const { code, stderr } = await seamark(['init', '--sdk'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[other-dependency\]/)]);
    await seamark(['init', '--sdk', '--force'], { cwd: folder });
    expect(read(folder, 'Cargo.toml')).toContain(`path = "${root}/rust"`);
  });

  test('a folder without either is refused', async () => {
    const { code, stderr } = await seamark(['init', '--sdk'], { cwd: folderWith('empty', {}) });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[nothing-to-point\]/)]);
  });
});

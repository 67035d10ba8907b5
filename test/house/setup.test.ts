import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const GOOD = { go: 'go version go1.26.8', cargo: 'cargo 1.95.0', rustc: 'rustc 1.95.0', cc: 'cc 12.2.0' };

test('set-up is silent where all is there', async () => {
  const { all, exitCode } = await setUp(clone(), GOOD);
  expect(exitCode).toBe(0);
  expect(all).toMatch(/^set-up: bundled dist\/seamark\.mjs in [\d.]+ s$/);
  const again = await setUp(clone({ bundled: true }), GOOD);
  expect(again).toMatchObject({ all: '', exitCode: 0 });
});

test('set-up names every program that is missing, what it is for and how to get it', async () => {
  const { all, exitCode } = await setUp(clone({ bundled: true }), {});
  expect(exitCode).toBe(3);
  expect(all).toContain('set-up: go is missing (starts every run');
  expect(all).toContain('set-up: cc is missing');
  expect(all).toContain('set-up: cargo is missing');
  expect(all).toContain('https://rustup.rs');
});

test('set-up does not take an old Go for a Go', async () => {
  const { all, exitCode } = await setUp(clone({ bundled: true }), { ...GOOD, go: 'go version go1.19.8' });
  expect(exitCode).toBe(3);
  expect(all).toContain('set-up: go is too old');
});

test('what only the tests need does not stop the tests', async () => {
  const { all, exitCode } = await setUp(clone({ bundled: true }), GOOD, ['--test']);
  expect(exitCode).toBe(0);
  expect(all).toContain('set-up: chromium is missing');
  expect(all).toContain('The tests that need these will fail and say so');
});

test('set-up installs the packages again when the lock file asks for others', async () => {
  const folder = clone({ bundled: true });
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  lock.packages['node_modules/yaml'].version = '99.0.0';
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  // There is no npm on this PATH: that it was wanted is what counts.
  const { all, exitCode } = await setUp(folder, GOOD);
  expect(exitCode).toBe(3);
  expect(all).toContain('installing packages (npm ci)');
});

test('set-up refuses an old Node', async () => {
  const folder = clone({ bundled: true });
  writeFileSync(join(folder, 'package.json'), '{"engines": {"node": ">=999.0"}}');
  const { all, exitCode } = await setUp(folder, GOOD);
  expect(exitCode).toBe(3);
  expect(all).toContain('Seamark needs 999.0 or newer');
});

/** What set-up looks at, with the real packages and an own bundle. */
function clone({ bundled = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-setup-'));
  for (const file of ['package.json', 'package-lock.json', 'scripts', 'src/machine', 'src/model']) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  writeFileSync(join(folder, 'scripts/bundle.mjs'), BUNDLER);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  cpSync(join(root, 'node_modules/.package-lock.json'), join(folder, 'node_modules/.package-lock.json'));
  symlinkSync('../../dist/seamark.mjs', join(folder, 'node_modules/.bin/seamark'));
  if (bundled) {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/seamark.mjs'), '');
  }
  return folder;
}

const BUNDLER = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('dist', { recursive: true });
writeFileSync('dist/seamark.mjs', '');
`;

/** Runs it with programs that print these lines, and nothing else on the PATH; never lets it install. */
function setUp(folder: string, programs: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const path = mkdtempSync(join(tmpdir(), 'seamark-path-'));
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\necho '${line}'\n`, { mode: 0o755 });
  }
  return execa(process.execPath, ['scripts/setup.mjs', ...words], {
    cwd: folder,
    env: { PATH: path, SEAMARK_INSTALL: '0' },
    extendEnv: false,
    reject: false,
    all: true,
  });
}

import { dirname } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
let files: readonly string[] = [];

beforeAll(async () => {
  const { stdout } = await execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
  const [told] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
  files = told.files.map(({ path }) => path);
});

test.each([
  'dist/seamark.mjs',
  'go/go.mod',
  'go/launch/main.go',
  'go/toolexec/main.go',
  'go/clock/main.go',
  'go/_resident/resident_test.go',
  'rust/Cargo.toml',
  'templates/first-crossing/seamark.yaml',
  'format/record_gen.h',
  'LICENSE',
])('what users install has %s', (file) => {
  expect(files).toContain(file);
});

test('what users install has nothing that was built or measured here', () => {
  expect(files.filter((file) => /(^|\/)(target|\.seamark|node_modules)\//.test(file))).toEqual([]);
});

test('what users install is of a decent size', () => {
  expect(files.length).toBeLessThan(800);
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import requirements from '../../src/machine/requirements.json' with { type: 'json' };

const root = dirname(dirname(import.meta.dirname));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const minimum = (name: string): string => requirements.tools.find((tool) => tool.name === name)?.minimum ?? '';

/** Our own Go modules and crates, those of the templates included. */
const files = ['go', 'rust', 'templates'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => !/(^|\/)(target|testdata|\.seamark)\//.test(file)),
);
const modules = files.filter((file) => /\/go\.mod$/.test(file));
const crates = files.filter((file) => /\/Cargo\.toml$/.test(file));

test.each(modules)('%s asks for no newer Go than set-up does', (file) => {
  expect(/^go (\S+)$/m.exec(read(file))?.[1]).toBe(minimum('go'));
});

test.each(crates)('%s asks for no newer Rust than set-up does', (file) => {
  expect(/^rust-version = "(.*)"$/m.exec(read(file))?.[1]).toBe(minimum('cargo'));
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s names the versions that are really needed', (page) => {
  const node = /"node": ">=(.*)"/.exec(read('package.json'))?.[1];
  expect(read(page)).toContain(`Node ${node}, Go ${minimum('go')}, Rust ${minimum('rustc')}`);
});

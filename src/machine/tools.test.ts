import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareVersions, findTools, howToGet, isUnmet } from './tools.ts';

test.each([
  ['1.26.8', '1.21', 1],
  ['1.21', '1.21.0', 0],
  ['1.9', '1.10', -1],
  ['2', '1.99.99', 1],
])('version %s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test('a tool is known by the version that it prints', async () => {
  const environment = pathWith({ go: 'go version go1.26.8 linux/amd64', clang: 'Debian clang version 14.0.6' });
  const tools = await findTools({ environment });
  expect(find(tools, 'go')).toMatchObject({ version: '1.26.8', tooOld: false });
  expect(find(tools, 'cc')).toMatchObject({ version: '14.0.6' });
});

test('a tool that is missing says how to get it', async () => {
  const [rustc] = await findTools({ names: ['rustc'], environment: pathWith({}) });
  expect(rustc).not.toHaveProperty('version');
  expect(rustc?.get).toBe(howToGet('rustc'));
  expect(rustc && isUnmet(rustc)).toBe(true);
});

test('a tool that is too old is as good as missing', async () => {
  const [go] = await findTools({ names: ['go'], environment: pathWith({ go: 'go version go1.19.8 linux/amd64' }) });
  expect(go).toMatchObject({ version: '1.19.8', tooOld: true });
  expect(go && isUnmet(go)).toBe(true);
});

test('a tool that fails when asked, as a shim without a toolchain does, counts as missing', async () => {
  const [cargo] = await findTools({ names: ['cargo'], environment: pathWith({ cargo: 'cargo 1.95.0' }, 1) });
  expect(cargo).not.toHaveProperty('version');
});

test('what only adds evidence is never required', async () => {
  const tools = await findTools({ environment: pathWith({}) });
  expect(tools.filter(isUnmet).map(({ name }) => name)).toEqual(['go', 'cc', 'cargo', 'rustc']);
});

const find = <T extends { readonly name: string }>(tools: readonly T[], name: string): T | undefined =>
  tools.find((tool) => tool.name === name);

/** A PATH of one folder with programs that print a line. */
function pathWith(programs: Readonly<Record<string, string>>, exitCode = 0): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-path-'));
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${line}'\nexit ${exitCode}\n`, { mode: 0o755 });
  }
  return { PATH: folder };
}

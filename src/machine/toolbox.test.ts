import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, test, vi } from 'vitest';
import { ensureTool, makeTool, type Workshop } from './toolbox.ts';

afterEach(() => vi.unstubAllEnvs());

test('a tool of the package is built and answers', async () => {
  const { stdout } = await execa(await ensureTool('clock'));
  expect(JSON.parse(stdout)).toMatchObject({ os: { read_ns: expect.any(Number) } });
});

test('a tool that is there is not built again', async () => {
  const workshop = open();
  const file = await makeTool('clock', workshop);
  const built = statSync(file);
  expect(await makeTool('clock', workshop)).toBe(file);
  expect(statSync(file)).toMatchObject({ mtimeMs: built.mtimeMs, ino: built.ino });
});

test('a change of its sources makes another tool; tests and other tools do not', async () => {
  const workshop = open();
  const file = await makeTool('clock', workshop);
  write(workshop, 'clock/main_test.go', 'package main');
  write(workshop, 'launch/main.go', 'package main');
  expect(await makeTool('clock', workshop)).toBe(file);
  write(workshop, 'clock/main.go', 'package main\n\nfunc main() { println("other") }\n');
  expect(await makeTool('clock', workshop)).not.toBe(file);
});

test('two processes may build the same tool at once, and nothing is left beside it', async () => {
  const workshop = open();
  const [file = '', other] = await Promise.all([makeTool('clock', workshop), makeTool('clock', workshop)]);
  expect(other).toBe(file);
  expect(readdirSync(dirname(file))).toEqual(['clock']);
});

test("the user's own Go settings do not reach it", async () => {
  vi.stubEnv('GOFLAGS', '-no-such-flag');
  vi.stubEnv('GOOS', 'plan9');
  vi.stubEnv('GOWORK', '/no/such/go.work');
  vi.stubEnv('GOTOOLCHAIN', 'go9.99.9');
  await expect(execa(await makeTool('clock', open()))).resolves.toMatchObject({ exitCode: 0 });
});

test('without Go it says what Go is needed for and how to get it', async () => {
  vi.stubEnv('PATH', '/dev/null');
  await expect(makeTool('clock', open())).rejects.toMatchObject({
    exitCode: 3,
    facts: { code: 'go-missing', cure: expect.stringContaining('go.dev/dl') },
  });
});

test('a tool that does not build shows what the compiler said and leaves nothing', async () => {
  const workshop = open('package main\n\nfunc main() { no such thing }\n');
  await expect(makeTool('clock', workshop)).rejects.toMatchObject({
    facts: { code: 'tool-build-failed', detail: expect.stringContaining('main.go:3') },
  });
  const tools = join(workshop.cache, 'tools');
  expect(readdirSync(tools, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
});

test('a cache that can not be written is told with its cure', async () => {
  await expect(makeTool('clock', { ...open(), cache: '/dev/null/closed' })).rejects.toMatchObject({
    exitCode: 3,
    facts: { code: 'cache-not-writable', cure: expect.stringContaining('SEAMARK_CACHE') },
  });
});

/** A module with one tool in it and an empty cache. */
function open(main = 'package main\n\nfunc main() {}\n'): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-toolbox-'));
  const workshop = { sources: join(folder, 'go'), cache: join(folder, 'cache') };
  write(workshop, 'go.mod', 'module example.org/tools\n\ngo 1.21\n');
  write(workshop, 'clock/main.go', main);
  return workshop;
}

function write(workshop: Workshop, file: string, text: string): void {
  const path = join(workshop.sources, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

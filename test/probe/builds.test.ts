/** The probe under the flags, toolchains and warnings that users build with, and beside their build cache. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instrumentBuild } from '../../src/instrument/probe-environment.ts';
import { ensureTool } from '../../src/machine/toolbox.ts';
import { crossingsOf, Laboratory } from './laboratory.ts';

let lab: Laboratory;
let answer: string;

beforeAll(async () => {
  lab = new Laboratory();
  answer = (await lab.run(await lab.build('bare'), ['all'])).stdout;
});
afterAll(() => lab[Symbol.dispose]());

/** Builds with the probe, runs with samples as well, and holds the counts against the runtime's own. */
async function proves(
  name: string,
  words: readonly string[],
  added: Readonly<Record<string, string>> = {},
): Promise<void> {
  const seen = await lab.watch(await lab.buildProbed(name, words, added), ['all'], { SEAMARK_SAMPLE_MS: '1' });
  expect(seen.stdout).toBe(answer);
  expect(seen.calls).toBeGreaterThanOrEqual(41);
  expect(crossingsOf(seen.map)).toBe(seen.calls);
  expect(seen.map.unpatched).toEqual([]);
}

it.each([['-trimpath'], ['-cover'], ['-buildmode=pie'], ['-race'], ['-asan'], ['-gcflags=-N -l'], ['-ldflags=-s -w']])(
  'counts the same under %s',
  async (flag) => {
    await proves(`with${flag.replaceAll(/\W/g, '_')}`, [flag]);
  },
);

it.each([
  ['-O2 -Wall -Werror -Wno-unused-function'],
  ['-std=gnu11 -Wall -Werror -pedantic-errors -Wshadow -Wundef -Wcast-qual -Wno-unused-function'],
  ['-O0 -g -fstack-protector-all'],
  ['-O3 -fomit-frame-pointer -march=native'],
  ['-O2 -flto'],
])('builds where the packages themselves ask for %s', async (flags) => {
  const files = ['main', 'second'].map((name) => {
    const file = path.join(lab.source, name === 'main' ? '' : name, 'flags.go');
    writeFileSync(file, `package ${name}\n\n// #cgo CFLAGS: ${flags}\nimport "C"\n`);
    return file;
  });
  try {
    await lab.build('control');
    await proves(`with${flags.replaceAll(/\W/g, '_')}`, []);
  } finally {
    for (const file of files) rmSync(file);
  }
});

it('gives go vet nothing to say', async () => {
  const vet = await lab.go(['vet', './...'], await lab.probe());
  expect(vet.stderr).toBe('');
});

it('keeps its objects apart in the build cache: a bare build after it is the bare build of before', async () => {
  // A cache of its own would build runtime/cgo anew; the user's serves, as it does for users.
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  const before = hash(await lab.build('cache-bare', ['-trimpath']));
  const probed = hash(await lab.buildProbed('cache-probed', ['-trimpath']));
  expect(hash(await lab.build('cache-bare', ['-trimpath']))).toBe(before);
  expect(probed).not.toBe(before);
  const again = await lab.go(
    ['build', '-x', '-trimpath', '-o', path.join(lab.work, 'cache-again'), '.'],
    await lab.probe(),
  );
  expect(again.stderr).not.toMatch(/\/cgo(\.exe)? .*-objdir/);
  expect(hash(path.join(lab.work, 'cache-again'))).toBe(probed);
});

it.each(['go1.22.12', 'go1.24.4'])('works with %s, taken by the go command itself', async (toolchain) => {
  await proves(`with-${toolchain}`, [], { GOTOOLCHAIN: toolchain });
});

it('works from a folder whose name has a blank', async () => {
  const spaced = path.join(lab.work, 'a folder');
  mkdirSync(spaced);
  const tool = path.join(spaced, 'toolexec');
  copyFileSync(await ensureTool('toolexec'), tool);
  chmodSync(tool, 0o755);
  const file = await lab.build('spaced', [], instrumentBuild(tool, '-buildvcs=false'));
  const seen = await lab.watch(file, ['all']);
  expect(crossingsOf(seen.map)).toBe(seen.calls);
});

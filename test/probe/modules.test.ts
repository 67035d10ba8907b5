/** How projects are built: several modules and programs, libraries inside a module, vendored, installed, tested, in a path with blanks. */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrumentBuild } from '../../src/instrument/probe-environment.ts';
import { ensureTool } from '../../src/machine/toolbox.ts';
import { countsOf, Laboratory, sumOf } from './laboratory.ts';

const ONE = { core_next: 2, core_sum: 1, twice: 1 };
const TWO = { core_next: 1, own: 1, square: 1 };
const WORKSPACE = { GOWORK: '' };

let lab: Laboratory;
let app: string;

beforeAll(async () => {
  lab = new Laboratory('workspace');
  app = path.join(lab.source, 'app');
  const core = path.join(lab.source, 'core', 'core.rs');
  const lib = path.join(lab.source, 'lib');
  mkdirSync(path.join(lib, 'static', 'lib'));
  const rustc = (...words: string[]) => execa('rustc', ['--edition=2021', '-O', '-Cpanic=abort', core, ...words]);
  await rustc('--crate-type=staticlib', '-o', path.join(lib, 'static', 'lib', 'libcore.a'));
  await rustc('--crate-type=cdylib', '-o', path.join(lib, 'shared', 'libshared.so'));
});
afterAll(() => lab[Symbol.dispose]());

/** Runs what was built into a folder, and holds its answers and counts against what its source says. */
async function proves(bin: string, { tagged = false } = {}): Promise<void> {
  const one = await lab.watch(path.join(bin, 'one'), []);
  expect([one.stdout, one.calls, countsOf(one.map)]).toEqual(['one: 2 6 3 8', 4, ONE]);
  const two = await lab.watch(path.join(bin, 'two'), []);
  expect([two.stdout, two.calls, countsOf(two.map)]).toEqual([`two: 2 8 ${tagged} 9`, 3, TWO]);
  for (const { map } of [one, two]) expect(map.unpatched).toEqual([]);
}

describe('a workspace of two modules with Rust in an archive and in a shared library', () => {
  it('is probed by go build ./... with several programs', async () => {
    const bin = path.join(lab.work, 'built');
    await lab.go(['-C', app, 'build', '-o', `${bin}/`, './...'], { ...WORKSPACE, ...(await lab.probe()) });
    expect(readdirSync(bin).sort()).toEqual(['one', 'two']);
    await proves(bin);
  });

  it('is probed by go install, with GOFLAGS of its own', async () => {
    const bin = path.join(lab.work, 'installed');
    const flags = instrumentBuild(
      await ensureTool('toolexec'),
      '-buildvcs=false -tags=tagged "-ldflags=-s -w" -trimpath',
    );
    await lab.go(['-C', app, 'install', './cmd/...'], { ...WORKSPACE, ...flags, GOBIN: bin });
    await proves(bin, { tagged: true });
  });

  it('is probed where the path has blanks', async () => {
    const spaced = path.join(lab.work, 'a folder with blanks');
    renameSync(lab.source, spaced);
    try {
      const bin = path.join(spaced, 'bin of two');
      const words = ['-C', path.join(spaced, 'app'), 'build', '-o', `${bin}/`, './cmd/...'];
      await execa('go', words, { cwd: spaced, env: { ...WORKSPACE, ...(await lab.probe()) } });
      await proves(bin);
    } finally {
      renameSync(spaced, lab.source);
    }
  });
});

describe('its tests', () => {
  it.each([
    ['plainly', []],
    ['with coverage of all packages', ['-coverpkg=./...,example.com/lib/...']],
    ['with coverage, under the race detector', ['-cover', '-race']],
  ])('end as they end bare, %s, inside the package and outside', async (_, flags) => {
    const words = ['-C', app, 'test', '-count=1', '-v', ...flags, './inner'];
    const bare = await lab.goAnyway(words, WORKSPACE);
    const records = lab.makeFolder();
    const probed = await lab.goAnyway(words, { ...WORKSPACE, ...(await lab.probe()), SEAMARK_RECORDS: records });
    expect(outcomes(bare)).toEqual([
      'FAIL TestThatFails',
      'PASS TestCube',
      'PASS TestSquareFromOutside',
      'SKIP TestSkipped',
    ]);
    expect(outcomes(probed)).toEqual(outcomes(bare));
    expect(/coverage: .*/.exec(probed)?.[0]).toBe(/coverage: .*/.exec(bare)?.[0]);
    expect(countsOf(lab.see(records).map)).toEqual({ cube: 5, square: 1, twice: 1 });
  });
});

describe('a module with vendored packages', () => {
  it('is probed, those packages too', async () => {
    await lab.go(['-C', app, 'mod', 'vendor']);
    const out = path.join(lab.work, 'vendored');
    await lab.go(['-C', app, 'test', '-c', '-mod=vendor', '-o', out, './inner'], await lab.probe());
    const { map } = await lab.watch(out, ['-test.run=Square']);
    expect(countsOf(map)).toEqual({ square: 1, twice: 1 });
    expect(sumOf(countsOf(map))).toBe(2);
  });
});

function outcomes(printed: string): readonly string[] {
  return [...printed.matchAll(/^--- (\w+): (\w+)/gm)].map(([, how, name]) => `${how} ${name}`).sort();
}

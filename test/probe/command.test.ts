/** `seamark probe` as a user types it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeAnswer } from '../../src/cli/probe-text.ts';
import { findOnPath } from '../../src/machine/tools.ts';
import { type Said, seamark } from '../cli/seamark.ts';

let work: string;
let folder: string;
const shared = { GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
const probe = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> =>
  seamark(['probe', ...words], { cwd: folder, env: { ...shared, ...env } });

beforeAll(() => {
  work = mkdtempSync(path.join(tmpdir(), 'seamark-probe-command-'));
  folder = path.join(work, 'bench');
  cpSync(path.join(import.meta.dirname, 'testdata', 'bench'), folder, { recursive: true });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it("leaves the command's output and exit code alone, and prints the map on stderr", async () => {
  const said = await probe(['--', 'go', 'test', '-run=^TestAdd$', '-bench=Add', '-benchtime=5000x', '.']);
  expect(said.code).toBe(0);
  expect(said.stdout).toMatch(/BenchmarkAdd/);
  expect(said.stdout).not.toMatch(/boundary map/);
  expect(said.stderr).toMatch(/boundary map of go test/);
  // The test, the benchmark's first run of one iteration, and five thousand.
  expect(said.stderr).toMatch(/add\s+5,002 /);
  expect(said.stderr).toMatch(/probe adds\s+[\d.]+ ns a crossing/);
  expect(said.stderr).toMatch(/own cost was measured on this machine/);
});

it('keeps a failing exit code, and shows what was crossed until then', async () => {
  const said = await probe(['--', 'go', 'test', '-run=^TestWrong$', '.']);
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(/as it was meant/);
  expect(said.stderr).toMatch(/add\s+1 /);
});

it('runs tests whose outcome Go remembers', async () => {
  for (let run = 0; run < 2; run++) {
    const said = await probe(['--', 'go', 'test', '-run=^TestAdd$', '.']);
    expect(said.stdout).not.toMatch(/cached/);
    expect(said.stderr).toMatch(/add\s+1 /);
  }
});

it('writes the map as JSON to a file, as text to another, and keeps both map and records', async () => {
  const json = path.join(work, 'map.json');
  const text = path.join(work, 'map.txt');
  const said = await probe(['--json', json, '--out', text, '--keep', '--', 'go', 'test', '-run=^TestAdd$', '.']);
  expect(said.stderr).toBe('');
  const answer = JSON.parse(readFileSync(json, 'utf8')) as ProbeAnswer;
  expect(answer.schema).toBe('seamark/probe@1');
  expect(answer.map.sites.map((site) => [site.site, site.package, site.crossings])).toEqual([
    ['add', 'example.com/bench', 1],
  ]);
  const kept = /kept in (\.seamark\/\S+?)[.,]?\s/.exec(readFileSync(text, 'utf8'))?.[1] ?? 'nothing';
  const probed = path.join(folder, kept.replace(/\/records.*$/, ''));
  expect(JSON.parse(readFileSync(path.join(probed, 'map.json'), 'utf8'))).toEqual(answer);
  expect(readdirSync(path.join(probed, 'records'))).toHaveLength(1);
});

it('prints JSON alone on stdout when the command prints nothing there', async () => {
  const said = await probe(['--json', '--', 'go', 'test', '-c', '-o', path.join(work, 'bench.test'), '.']);
  expect((JSON.parse(said.stdout) as ProbeAnswer).map.sites).toEqual([]);
  expect(said.stderr).toMatch(/go test -c runs nothing.*seamark probe -- /);
  const later = await probe(['--counters', '--', path.join(work, 'bench.test'), '-test.run=^TestAdd$']);
  expect(later.stderr).toMatch(/crossings {2}site {2}package\n\s+1 {2}add {3}example\.com\/bench/);
});

it('prints JSON alone on stdout also when the command prints there: that goes to stderr', async () => {
  const said = await probe(['--json', '--', 'go', 'test', '-run=^TestAdd$', '.']);
  expect((JSON.parse(said.stdout) as ProbeAnswer).map.sites.map(({ crossings }) => crossings)).toEqual([1]);
  expect(said.stderr).toMatch(/^ok\s+example\.com\/bench/m);
});

it('prints the map of a command that was interrupted, and ends with 130', async () => {
  const said = await probe(['--', 'sh', '-c', 'kill -INT $PPID; exec sleep 30']);
  expect(said.code).toBe(130);
  expect(said.stderr).toMatch(/boundary map of sh/);
});

it('says why nothing crossed', async () => {
  const pure = await probe(['--', 'go', 'run', './pure']);
  expect(pure.code).toBe(1); // go run's own answer to a program that ends with 7
  expect(pure.stderr).toMatch(/the command failed before|no probed program ran/);
  const unmatched = await probe(['--', 'go', 'test', '-run=^TestNothing$', '.']);
  expect(unmatched.code).toBe(0);
  expect(unmatched.stderr).toMatch(/nothing crossed into C/);
  const build = await probe(['--', 'go', 'build', './...']);
  expect(build.stderr).toMatch(/go build runs nothing/);
  const without = await probe(['--', 'go', 'vet', './pure'], { CGO_ENABLED: '0' });
  expect(without.stderr).toMatch(/CGO_ENABLED is 0/);
});

it('refuses another tool in the compiler hook, by flag or by GOFLAGS', async () => {
  const flag = await probe(['--', 'go', 'build', '-toolexec=other', '.']);
  expect([flag.code, flag.stderr]).toEqual([2, expect.stringMatching(/toolexec-taken.*-toolexec=other/s)]);
  const flags = await probe(['--', 'go', 'build', '.'], { GOFLAGS: '-toolexec=other' });
  expect([flags.code, flags.stderr]).toEqual([2, expect.stringMatching(/toolexec-taken.*-toolexec=other/s)]);
});

it('refuses the linker that could not take it', async () => {
  const said = await probe(['--', 'go', 'build', '-ldflags=-linkmode=internal', '.']);
  expect([said.code, said.stderr]).toEqual([2, expect.stringMatching(/internal-linking/)]);
});

it('says that a command is not there', async () => {
  const said = await probe(['--', 'no-such-program']);
  expect(said.code).toBe(2);
  expect(said.stderr).toMatch(/no-such-program could not be started: no such program/);
});

it('names a C compiler that is missing, where Go would leave cgo out in silence', async () => {
  const bin = path.join(work, 'bin');
  mkdirSync(bin);
  symlinkSync((await findOnPath('go')) ?? '', path.join(bin, 'go'));
  const said = await probe(['--', 'go', 'test', './...'], { PATH: bin, CC: '' });
  expect([said.code, said.stderr]).toEqual([3, expect.stringMatching(/error\[cc-missing\].*C compiler.*help: /s)]);
});

it('leaves no record folder behind unless asked', async () => {
  const before = existsSync('/dev/shm') ? readdirSync('/dev/shm') : [];
  await probe(['--', 'go', 'test', '-run=^TestAdd$', '.']);
  const after = existsSync('/dev/shm') ? readdirSync('/dev/shm') : [];
  expect(after.filter((name) => name.startsWith('seamark-probe-') && !before.includes(name))).toEqual([]);
});

describe('a file that can not be written', () => {
  const place = (name: string): string => {
    const made = path.join(work, name);
    mkdirSync(made);
    return made;
  };
  const run = (cwd: string, words: readonly string[]) => seamark(['probe', ...words], { cwd });

  it('is told before anything runs when it was asked for', async () => {
    const cwd = place('asked');
    for (const words of [
      ['--out', 'none/map.txt'],
      ['--json', 'none/map.json'],
      ['--out', '.'],
    ]) {
      const said = await run(cwd, [...words, '--', 'touch', 'ran']);
      expect([said.code, said.stderr]).toEqual([3, expect.stringMatching(/error\[cannot-write\].*help: Name a file/s)]);
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('and goes while the command runs, leaves the text on stderr and names what is kept', async () => {
    const cwd = place('gone');
    mkdirSync(path.join(cwd, 'out'));
    const said = await run(cwd, ['--out', 'out/map.txt', '--', 'rm', '-r', 'out']);
    expect(said.code).toBe(3);
    expect(said.stderr).toMatch(
      /boundary map of rm.*error\[cannot-write\].*help: It is kept in \.seamark\/probes\/.*map\.json/s,
    );
  });

  it('is no reason not to run when only the map was to be kept', async () => {
    const cwd = place('closed');
    writeFileSync(path.join(cwd, '.seamark'), ''); // no folder can be made of it, by root neither
    const said = await run(cwd, ['--', 'sh', '-c', 'touch ran; exit 5']);
    expect([said.code, existsSync(path.join(cwd, 'ran'))]).toEqual([5, true]);
    expect(said.stderr).toMatch(/boundary map of sh.*nothing is kept: /s);
    expect(said.stderr).not.toMatch(/kept in/);
    const asked = await run(cwd, ['--keep', '--', 'touch', 'again']);
    expect([asked.code, existsSync(path.join(cwd, 'again'))]).toEqual([3, false]);
  });
});

it('refuses what contradicts itself', async () => {
  const cases: readonly (readonly string[])[] = [
    ['nothing-timed', '--counters', '--every', '64'],
    ['nothing-timed', '--counters', '--flight'],
    ['heaps-need-samples', '--samples', '0', '--heap-at', '1'],
  ];
  for (const [code, ...words] of cases) {
    const said = await probe([...words, '--', 'true']);
    expect([said.code, said.stderr]).toEqual([2, expect.stringContaining(`error[${code}]`)]);
  }
});

it('names patterns that fit no site, the signal that ended the command, and what became of --records', async () => {
  const test = path.join(work, 'named.test');
  await probe(['--', 'go', 'test', '-c', '-o', test, '.']);
  const run = `${test} -test.run=^TestAdd$; kill -9 $$`;
  const said = await probe([
    '--not',
    'zzz',
    '--not',
    'a?d_',
    '--site',
    'ad*',
    '--records',
    '1000',
    '--',
    'sh',
    '-c',
    run,
  ]);
  expect(said.code).toBe(137);
  expect(said.stderr).toMatch(/add\s+1 /);
  expect(said.stderr.replace(/\s+/g, ' ')).toMatch(
    /ended by SIGKILL.*no site fits "zzz", "a\?d_": seamark probe --list.*room for 1,024 a thread/,
  );
  const listed = await probe(['--list', '--site', 'adn', '--', test]);
  expect(listed.stdout).toMatch(/no site fits "adn"/);
});

it('says of records that were removed that they are gone, and nothing of programs that did not run', async () => {
  const said = await probe(['--', 'sh', '-c', 'rm -r $SEAMARK_RECORDS']);
  expect(said.stderr).toMatch(/is gone:\s+something removed it/);
  expect(said.stderr).not.toMatch(/no probed program/);
});

it('proposes no build over the program that it was asked about', async () => {
  const said = await probe(['--list', '--', '/bin/ls']);
  expect([said.code, said.stderr]).toEqual([2, expect.stringMatching(/-o \.\/ls-probed PACKAGE/)]);
});

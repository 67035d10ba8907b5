/** The module's own tests, once: bare, built with the probe that then stays off, or probed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbeAnswer } from '../../src/cli/probe-text.ts';
import { instrumentBuild } from '../../src/instrument/probe-environment.ts';
import { environment, type TestPackage } from './module.ts';

export interface TestRun {
  /** `package test` -> pass, fail or skip. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** Seconds inside the test binaries, as go test says. */
  readonly seconds: number;
  /** runtime.NumCgoCall of all test binaries at their end, less the runtime's own; undefined where one did not get to its end, or has a TestMain of its own. */
  readonly cgoCalls: number | undefined;
}

export interface ProbedRun extends TestRun {
  readonly answer: ProbeAnswer;
}

/** Every process with cgo calls C once by itself: the runtime tells it that it is up (_cgo_notify_runtime_init_done). */
const OWN_CALLS = 1;
const GO_TEST = ['go', 'test', '-count=1', '-json'];
const SEAMARK = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));

/** What is tested, and how. */
export interface Tests {
  readonly packages: readonly TestPackage[];
  readonly overlay: string;
  readonly flags: readonly string[];
}

export function runBare(folder: string, tests: Tests, work: string): TestRun {
  return run(folder, tests, work, GO_TEST);
}

/** `toolexec`: the compiler hook. Nothing names a record file, so that every crossing meets the branch and no more. */
export function runOff(folder: string, tests: Tests, work: string, toolexec: string): TestRun {
  return run(folder, tests, work, GO_TEST, instrumentBuild(toolexec, environment().GOFLAGS));
}

export function runProbed(folder: string, tests: Tests, work: string): ProbedRun {
  const json = path.join(work, 'probe.json');
  const seamark = [process.execPath, '--import', import.meta.resolve('tsx'), SEAMARK, 'probe', '--json', json, '--'];
  const done = run(folder, tests, work, [...seamark, ...GO_TEST]);
  return { ...done, answer: JSON.parse(readFileSync(json, 'utf8')) as ProbeAnswer };
}

interface TestEvent {
  readonly Action: string;
  readonly Package: string;
  readonly Test?: string;
  readonly Elapsed?: number;
  readonly Output?: string;
}

function run(
  folder: string,
  tests: Tests,
  work: string,
  command: readonly string[],
  added: Readonly<Record<string, string>> = {},
): TestRun {
  mkdirSync(work);
  const counts = path.join(work, 'count');
  const packages = tests.packages.map((one) => one.importPath);
  const [program = '', ...words] = [...command, `-overlay=${tests.overlay}`, ...tests.flags, ...packages];
  const result = spawnSync(program, words, {
    cwd: folder,
    env: { ...environment(), ...added, COUNT_FILE: counts },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const events = result.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as TestEvent);
  const ends = events.filter(({ Action }) => ['pass', 'fail', 'skip'].includes(Action));
  if (!ends.some((end) => end.Test)) {
    const printed = events.map((event) => event.Output ?? '').join('');
    throw new Error(`no test ran:\n${(printed + result.stderr).slice(-4000)}`);
  }
  return {
    outcomes: new Map(ends.filter((end) => end.Test).map((end) => [`${end.Package} ${end.Test}`, end.Action])),
    seconds: ends.filter((end) => !end.Test).reduce((sum, end) => sum + (end.Elapsed ?? 0), 0),
    cgoCalls: readCounts(counts, packages.length),
  };
}

function readCounts(file: string, binaries: number): number | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  if (lines.length < binaries) return undefined;
  return lines.reduce((sum, line) => sum + Number(line.split(' ')[0]) - OWN_CALLS, 0);
}

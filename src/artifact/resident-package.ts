/**
 * A package of benchmarks built once more, with one test file added by -overlay through which its benchmarks can be asked
 * for one batch at a time (go/_resident). The package's folder is not touched.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../machine/launch.ts';
import { packageRoot } from '../machine/package-root.ts';
import { Problem } from '../model/problem.ts';
import type { ResidentProgram } from './artifact.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';

/** Test files of one package clause, `x` or `x_test`, and the benchmarks in them. */
export interface TestSide {
  readonly clause: string;
  readonly benchmarks: readonly string[];
}

export interface ResidentWish {
  readonly importPath: string;
  readonly folder: string;
  readonly sides: readonly TestSide[];
  /** The program to be made; the overlay lies beside it. */
  readonly file: string;
  /** What messages call the build. */
  readonly name: string;
}

/** Longest that the program's own TestMain may take before it can be asked. */
const READY_MS = 30_000;

/** The program, or a sentence without its full stop that says why there is none. Rejects only when it was stopped. */
export async function buildResident(wish: ResidentWish, step: BuildStep): Promise<ResidentProgram | string> {
  // Only one overlay can be given, and theirs is part of what the subject is.
  if (/(^|\s)-?-overlay\b/.test(step.environment.GOFLAGS ?? '')) return 'GOFLAGS has an -overlay of its own';
  const overlay = await writeOverlay(wish);
  // Up to Go 1.23 vet runs here too, and knows nothing of an overlay.
  const words = ['go', 'test', '-c', '-vet=off', `-overlay=${overlay}`, '-o', wish.file, wish.importPath];
  try {
    await runBuildStep({ words }, { ...step, variables: {} }, wish.name);
  } catch (error) {
    step.signal?.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    return `with a test file added it does not build: ${lastLine(error.facts.detail) ?? error.message}`;
  }
  const tests = Object.fromEntries(
    wish.sides.flatMap((side, index) => side.benchmarks.map((benchmark) => [benchmark, testName(index)])),
  );
  const refusal = await greet(wish, Object.values(tests)[0] ?? testName(0), step);
  return refusal ?? { file: wish.file, tests };
}

/** Returns the name of the overlay's description. */
async function writeOverlay({ folder, sides, file }: ResidentWish): Promise<string> {
  const text = await readFile(join(packageRoot(), 'go', '_resident', 'resident_test.go'), 'utf8');
  const replaced: Record<string, string> = {};
  const texts = `${file}.overlay`;
  await mkdir(texts, { recursive: true });
  for (const [index, side] of sides.entries()) {
    const name = `seamark_resident_${index}_test.go`;
    await writeFile(join(texts, name), fillIn(text, side, index));
    replaced[join(folder, name)] = join(texts, name);
  }
  const overlay = join(texts, 'overlay.json');
  await writeFile(overlay, JSON.stringify({ Replace: replaced }));
  return overlay;
}

function fillIn(text: string, { clause, benchmarks }: TestSide, index: number): string {
  const list = benchmarks.map((name) => `{Name: "${name}", F: ${name}}`).join(', ');
  return text
    .replace(/^package resident$/m, `package ${clause}`)
    .replace('func TestSeamarkResident(', `func ${testName(index)}(`)
    .replace('[]seamarkTesting.InternalBenchmark{}', `[]seamarkTesting.InternalBenchmark{${list}}`);
}

/** Both sides end up in one test program, where -test.run tells them apart. */
function testName(index: number): string {
  return `TestSeamarkResident${index}`;
}

/** How a program is started so that it answers. */
export function residentArguments(file: string, test: string): readonly string[] {
  return [file, `-test.run=^${test}$`, '-test.count=1', '-test.benchmem', '-test.timeout=0'];
}

export const RESIDENT_ENVIRONMENT = { SEAMARK_RESIDENT: '1' } as const;

/** Says hello once: a TestMain may end the process, or never run its tests. Why it did not answer, undefined when it did. */
async function greet({ file, folder }: ResidentWish, test: string, step: BuildStep): Promise<string | undefined> {
  const process = await launch(residentArguments(file, test), {
    cwd: folder,
    env: { ...step.environment, ...RESIDENT_ENVIRONMENT },
    stdin: 'pipe',
    timeoutMs: READY_MS,
    ...(step.signal ? { signal: step.signal } : {}),
  });
  let said = '';
  process.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  process.stderr.resume();
  process.stdin?.end('{"id":1,"verb":"hello"}\n{"id":2,"verb":"stop"}\n');
  const report = await process.report;
  step.signal?.throwIfAborted();
  if (/^\{.*"protocol":1\b.*\}$/m.test(said)) return undefined;
  return report.ended === 'timeout'
    ? `its TestMain did not come to the tests within ${READY_MS / 1000} s`
    : 'its TestMain does not come to the tests';
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split('\n').at(-1);
}

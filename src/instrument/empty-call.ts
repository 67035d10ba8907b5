/** An empty C call, built bare and with the probe, and timed: what the probe's own cost is read from. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInGroup } from '../machine/command-group.ts';
import { packageRoot } from '../machine/package-root.ts';
import { howToGet } from '../machine/tools.ts';
import { Problem } from '../model/problem.ts';

type Variables = Readonly<Record<string, string>>;

export interface EmptyCallBuild {
  readonly out: string;
  /** Added to the environment: the probe, or nothing. */
  readonly added?: Variables;
  /** Bytes of code that nothing calls, linked before the loop: moves everything behind it. */
  readonly padding?: number;
  readonly signal?: AbortSignal;
}

export interface EmptyCallTimes {
  /** Nanoseconds a call, a number a batch. */
  readonly ns: readonly number[];
  /** Go allocations over all batches. */
  readonly mallocs: number;
  /** What one reading of the processor's counter costs in C, nanoseconds; with `ticks`. */
  readonly tick_ns?: number;
}

/** Builds go/emptycall. Rejects with a Problem when Go or a C compiler is missing, with the signal's reason when that fires. */
export async function buildEmptyCall({ out, added = {}, padding = 0, signal }: EmptyCallBuild): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-empty-call-'));
  try {
    mkdirSync(join(folder, 'emptycall'));
    cpSync(join(packageRoot(), 'go', 'emptycall', 'main.go'), join(folder, 'emptycall', 'main.go'));
    writeFileSync(join(folder, 'go.mod'), 'module seamark.dev/go\n\ngo 1.21\n');
    if (padding > 0) writeFileSync(join(folder, 'emptycall', 'a_padding.go'), paddingFile(padding));
    const words = ['build', '-trimpath', '-buildvcs=false', '-o', out, './emptycall'];
    const env = { ...cleanEnvironment(), ...added };
    const built = await runInGroup('go', words, { cwd: folder, env, ...(signal ? { signal } : {}) });
    if (built.failed) throw unmeasured('built', built.stderr || built.code || 'go ended without a word');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A static function that is kept, of so many bytes, in the C text before the one that is called, and one in Go. */
function paddingFile(bytes: number): string {
  return [
    'package main',
    '',
    '/*',
    `__attribute__((used)) static void padding(void) { __asm__ volatile(".skip ${bytes}, 0x90"); }`,
    'static int pad(void) { return 0; }',
    '*/',
    'import "C"',
    '',
    'func init() { _ = C.pad() }',
    '',
  ].join('\n');
}

export async function runEmptyCall(
  file: string,
  options: {
    readonly added?: Variables;
    readonly calls?: number;
    readonly batches?: number;
    readonly ticks?: boolean;
    /** Time a malloc and a free in C, not a call. */
    readonly pairs?: boolean;
    /** Cross from so many at once; then `ns` is one number, of all of them by the clock. */
    readonly goroutines?: number;
    readonly signal?: AbortSignal;
  } = {},
): Promise<EmptyCallTimes> {
  const words = [
    ...(options.ticks ? ['-ticks'] : []),
    ...(options.pairs ? ['-pairs'] : []),
    ...(options.goroutines ? ['-goroutines', String(options.goroutines)] : []),
    ...['-calls', String(options.calls ?? 20_000), '-batches', String(options.batches ?? 30)],
  ];
  const env = { ...cleanEnvironment(), ...options.added };
  const { signal } = options;
  const ran = await runInGroup(file, words, { env, ...(signal ? { signal } : {}) });
  if (ran.failed) throw unmeasured('run', ran.stderr || ran.code || `it ended with ${ran.signal ?? ran.exitCode}`);
  return JSON.parse(ran.stdout) as EmptyCallTimes;
}

function unmeasured(what: 'built' | 'run', detail: string): Problem {
  return new Problem({
    code: 'probe-cost-unmeasured',
    message: `the probe's own cost could not be measured: an empty C call could not be ${what}`,
    cure: `Go and a C compiler are needed; ${howToGet('cc')}`,
    blame: 'run',
    detail,
  });
}

/** A call when nobody disturbed it, in nanoseconds: the tenth of the batches; the very least would be an accident too. */
export function undisturbed({ ns }: EmptyCallTimes): number {
  const sorted = [...ns].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)] ?? Number.NaN;
}

/** The user's, without what would build or measure another thing. */
function cleanEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('SEAMARK_')) kept[name] = value;
  }
  return { ...kept, GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '1', CGO_CFLAGS: '-g -O2' };
}

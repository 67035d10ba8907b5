/** Runs the user's command as if nobody watched, and looks from time to time which of its probed processes still live. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { execa } from 'execa';
import { toolexecTaken } from '../instrument/probe-environment.ts';
import { Problem } from '../model/problem.ts';
import type { BoundaryReading } from '../model/site.ts';
import { Watch } from './probe-watch.ts';

export interface Ran {
  /** Of the command; 128 and the signal's number when a signal ended it, as shells say it. */
  readonly exitCode: number;
  /** What ended it; absent where it ended by itself. */
  readonly signal?: NodeJS.Signals;
  /** Ctrl-C while it ran, whatever the command made of it. */
  readonly interrupted: boolean;
  readonly durationS: number;
  /** Record file -> monotonic clock, nanoseconds, when its process was last seen alive. */
  readonly aliveNs: ReadonlyMap<string, bigint>;
  /** Record file -> its boundary, read while the process ran, in order; of programs that count allocations. */
  readonly readings: ReadonlyMap<string, readonly BoundaryReading[]>;
}

/** A look costs some tens of microseconds; this often, the end of a process is known to a tenth of a second. */
const LOOK_MS = 100;

/**
 * Its input, output and errors are ours; with `stdoutTaken` what it prints goes to our standard error. Rejects with a
 * Problem when it can't be started.
 */
export async function runWatched(
  words: readonly string[],
  records: string,
  added: Readonly<Record<string, string>>,
  { stdoutTaken }: { readonly stdoutTaken: boolean },
): Promise<Ran> {
  const [program = '', ...parameters] = words;
  const began = process.hrtime.bigint();
  const watch = new Watch(records);
  const stdio: StdioOptions = ['inherit', stdoutTaken ? 2 : 'inherit', 'inherit'];
  // Ctrl-C reaches the command by itself, from the terminal; without one we were told alone. What it does about it is its
  // own affair, and ours to report.
  const atTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  let interrupted = false;
  const wait = (): void => {
    interrupted = true;
    if (!atTerminal) child?.kill('SIGINT');
  };
  const forward = (signal: NodeJS.Signals): void => void child?.kill(signal);
  // Before the command is there: it may be quicker than what follows its start.
  process.on('SIGINT', wait);
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  let child: ChildProcess | undefined;
  const looking = setInterval(() => watch.look(), LOOK_MS);
  try {
    const started = spawn(program, parameters, { stdio, env: { ...process.env, ...added } });
    child = started;
    const end = await new Promise<Pick<Ran, 'exitCode' | 'signal'>>((resolve, reject) => {
      started.on('error', (error: NodeJS.ErrnoException) => reject(notStarted(program, error)));
      started.on('exit', (code, signal) =>
        resolve(signal === null ? { exitCode: code ?? 1 } : { exitCode: 128 + constants.signals[signal], signal }),
      );
    });
    watch.look();
    const { aliveNs, readings } = watch;
    return { ...end, interrupted, durationS: Number(process.hrtime.bigint() - began) / 1e9, aliveNs, readings };
  } finally {
    clearInterval(looking);
    process.off('SIGINT', wait);
    process.off('SIGTERM', forward);
    process.off('SIGHUP', forward);
  }
}

function notStarted(program: string, error: NodeJS.ErrnoException): Problem {
  return new Problem(
    {
      code: 'command-not-started',
      message: `${program} could not be started: ${error.code === 'ENOENT' ? 'no such program' : error.message}`,
      cure: 'Give the command as you would type it, behind --: seamark probe -- go test ./...',
      blame: 'input',
    },
    error,
  );
}

/** What would keep the probe out of the build: `-toolexec` on the command line goes before GOFLAGS, and nobody is told. */
export function refuseHindrance(words: readonly string[]): void {
  const other = words.find((word) => /^--?toolexec(=|$)/.test(word));
  if (other !== undefined) throw toolexecTaken(`this command asks for ${other}`);
  if (!words.some((word) => /-linkmode[= ]internal/.test(word))) return;
  throw new Problem({
    code: 'internal-linking',
    message:
      "Go's internal linker can't take the probe: its C part has a variable a thread, which that linker does not know",
    cure: 'Leave -linkmode=internal out while probing; programs that use cgo are linked by the C compiler anyway.',
    blame: 'input',
  });
}

/** Whether the command is Go's own and compiles; a program that was built before needs no compiler. */
export function buildsByGo([program = '', verb = '']: readonly string[]): boolean {
  return /(^|\/)go$/.test(program) && ['build', 'install', 'run', 'test'].includes(verb);
}

export interface GoSettings {
  /** GOFLAGS, those that `go env -w` wrote included. */
  readonly flags: string;
  readonly cgo: boolean;
}

/** Without Go there is nothing to build, but a program that was built before can still be run. */
export async function readGoSettings(): Promise<GoSettings> {
  const result = await execa('go', ['env', 'GOFLAGS', 'CGO_ENABLED'], { reject: false });
  if (result.failed) return { flags: process.env.GOFLAGS ?? '', cgo: true };
  const [flags = '', cgo = ''] = result.stdout.split('\n');
  return { flags, cgo: cgo !== '0' };
}

/**
 * A command with all that it starts, as one process group: builds start compilers that start others, and whoever says stop
 * means all of them. The group is ended on an abort, on a time limit, and when this process exits.
 */
import { execa } from 'execa';

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export interface CommandResult {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** Of the system, when it could not be started: ENOENT. */
  readonly code: string | undefined;
}

/** As at a terminal first: on SIGINT `go build` clears up after itself, on SIGTERM it does not. The last can't be refused. */
const ENDINGS: readonly (readonly [afterMs: number, NodeJS.Signals])[] = [
  [0, 'SIGINT'],
  [500, 'SIGTERM'],
  [2000, 'SIGKILL'],
];

const living = new Set<number>();
let guarded = false;

/** How it ended is the caller's to judge. Rejects with the signal's reason when that fires, once the group is gone. */
export async function runInGroup(
  program: string,
  words: readonly string[],
  { cwd, env, signal, timeoutMs }: CommandOptions,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  // Detached: a group of its own, and a Ctrl-C at the terminal is answered in order, not by every compiler for itself.
  const child = execa(program, words, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    extendEnv: false,
    stdin: 'ignore',
    detached: true,
    reject: false,
  });
  const group = child.pid;
  guard(group);
  let endings: NodeJS.Timeout[] = [];
  let timedOut = false;
  const end = (): void => {
    if (group === undefined || endings.length > 0) return;
    endings = ENDINGS.map(([afterMs, name]) => setTimeout(() => send(group, name), afterMs));
  };
  const limit = setTimeout(
    () => {
      timedOut = true;
      end();
    },
    Math.min(timeoutMs ?? Number.POSITIVE_INFINITY, 2 ** 31 - 1),
  );
  signal?.addEventListener('abort', end, { once: true });
  try {
    const { failed, stdout, stderr, exitCode, signal: killedBy, code } = await child;
    signal?.throwIfAborted();
    return { failed, stdout, stderr, exitCode, signal: killedBy, timedOut, code };
  } finally {
    clearTimeout(limit);
    for (const ending of endings) clearTimeout(ending);
    signal?.removeEventListener('abort', end);
    if (group !== undefined) {
      // The first of the group is gone; what it left behind was asked too, and is of no use to anybody.
      if (endings.length > 0) send(group, 'SIGKILL');
      living.delete(group);
    }
  }
}

function guard(group: number | undefined): void {
  if (group !== undefined) living.add(group);
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const one of living) send(one, 'SIGKILL');
  });
}

function send(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nobody of the group is left, which is what was wanted.
  }
}

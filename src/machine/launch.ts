/**
 * Starts one process of a subject through go/launch: fixed cores, a process group of its own, everything it left behind
 * ended and counted, and what it used. Nothing outlives the returned `Launched`, an abort, or this process.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { Problem } from '../model/problem.ts';
import { ensureTool } from './toolbox.ts';

export interface LaunchOptions {
  readonly cwd: string;
  /** The whole environment of the process; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cores?: readonly number[];
  /** Ends the process when it aborts. */
  readonly signal?: AbortSignal;
  /** Ends the process when it lives longer. */
  readonly timeoutMs?: number;
  /** A pipe to write to, or nothing to read. Default: nothing. */
  readonly stdin?: 'pipe' | 'ignore';
}

/** What one process used, and how it ended. */
export interface LaunchReport {
  /** Exit code; undefined when a signal ended it, or it never started. */
  readonly exit?: number;
  readonly signal?: string;
  readonly wallS: number;
  readonly userS: number;
  readonly sysS: number;
  /** Not told below the size of the launcher itself, about 3 MiB. */
  readonly maxRssBytes: number;
  /** Processes it left behind, which were ended. */
  readonly leaked: number;
  /** Why it was ended from here, if it was. */
  readonly ended?: 'timeout' | 'abort' | 'asked';
}

export interface Launched {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process and all it left behind are gone. Rejects with a Problem when it could not be started. */
  readonly report: Promise<LaunchReport>;
  /** Ends the process group: SIGTERM, then SIGKILL 200 ms later. Returns `report`. */
  end(): Promise<LaunchReport>;
}

/** go/launch kills within 200 ms and collects within 2 s; when it has not answered by then, it is stuck itself. */
const LAUNCH_STUCK_MS = 4000;

const living = new Set<Process>();
let guarded = false;

/** One listener a signal, however many processes a block has. */
const bySignal = new WeakMap<AbortSignal, Set<Process>>();

function endOnAbort(signal: AbortSignal): Set<Process> {
  const known = bySignal.get(signal);
  if (known) return known;
  const group = new Set<Process>();
  bySignal.set(signal, group);
  signal.addEventListener('abort', () => {
    for (const one of group) one.abort();
  });
  return group;
}

/** Rejects with a Problem when the launcher can't be built; how the process itself fares is told by `report`. */
export async function launch(argv: readonly string[], options: LaunchOptions): Promise<Launched> {
  const tool = await ensureTool('launch');
  options.signal?.throwIfAborted();
  if (!guarded) {
    guarded = true;
    process.on('exit', () => {
      for (const one of living) one.kill();
    });
  }
  return new Process(tool, argv, options);
}

class Process implements Launched {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly report: Promise<LaunchReport>;
  readonly #child: ChildProcess;
  #group: number | undefined;
  #ended: LaunchReport['ended'];
  #stuck: NodeJS.Timeout | undefined;

  constructor(tool: string, argv: readonly string[], options: LaunchOptions) {
    const cores = options.cores?.length ? ['--cores', options.cores.join(',')] : [];
    // Detached: a Ctrl-C at the terminal is for Seamark, which ends its subjects in order.
    const child = spawn(tool, [...cores, '--parent', String(process.pid), '--report-fd', '3', '--', ...argv], {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    this.stdin = child.stdin;
    this.stdout = child.stdout!;
    this.stderr = child.stderr!;
    // A subject that is gone makes writes to it fail; its end is told by the report.
    this.stdin?.on('error', () => {});
    living.add(this);

    if (options.signal) endOnAbort(options.signal).add(this);
    const timer =
      options.timeoutMs === undefined ? undefined : setTimeout(() => this.#stop('timeout'), options.timeoutMs);
    this.report = this.#listen(argv[0] ?? '').finally(() => {
      clearTimeout(timer);
      clearTimeout(this.#stuck);
      if (options.signal) endOnAbort(options.signal).delete(this);
      living.delete(this);
    });
    this.report.catch(() => {}); // whoever waits for it hears of it
  }

  end(): Promise<LaunchReport> {
    return this.#stop('asked');
  }

  abort(): void {
    void this.#stop('abort');
  }

  /** At once and without a report: for the end of this process. */
  kill(): void {
    sendSignal(this.#child.pid, 'SIGKILL');
    if (this.#group !== undefined) sendSignal(-this.#group, 'SIGKILL');
  }

  #stop(why: NonNullable<LaunchReport['ended']>): Promise<LaunchReport> {
    if (this.#ended === undefined) {
      this.#ended = why;
      sendSignal(this.#child.pid, 'SIGTERM');
      this.#stuck = setTimeout(() => this.kill(), LAUNCH_STUCK_MS);
    }
    return this.report;
  }

  #listen(program: string): Promise<LaunchReport> {
    return new Promise((resolve, reject) => {
      let text = '';
      let last: Answer = {};
      (this.#child.stdio[3] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) last = JSON.parse(line) as Answer;
        this.#group ??= last.pid;
      });
      this.#child.on('error', (error: NodeJS.ErrnoException) => reject(notStarted(program, error.message, error.code)));
      // 'close' and not 'exit': by then everything the process said has been read.
      this.#child.on('close', () => {
        if (last.error !== undefined) reject(notStarted(program, last.error, last.code));
        else resolve(this.#read(last));
      });
    });
  }

  #read(answer: Answer): LaunchReport {
    const ended = this.#ended === undefined ? {} : { ended: this.#ended };
    if (answer.wall_ns === undefined) {
      return { signal: 'SIGKILL', wallS: 0, userS: 0, sysS: 0, maxRssBytes: 0, leaked: 0, ...ended };
    }
    return {
      ...(answer.signal ? { signal: answer.signal } : { exit: answer.exit ?? -1 }),
      wallS: answer.wall_ns / 1e9,
      userS: (answer.user_ns ?? 0) / 1e9,
      sysS: (answer.sys_ns ?? 0) / 1e9,
      maxRssBytes: answer.maxrss_bytes ?? 0,
      leaked: answer.leaked ?? 0,
      ...ended,
    };
  }
}

/** A line of go/launch: the process id first, then an error or the report. */
interface Answer {
  readonly pid?: number;
  readonly error?: string;
  readonly code?: string;
  readonly exit?: number;
  readonly signal?: string;
  readonly wall_ns?: number;
  readonly user_ns?: number;
  readonly sys_ns?: number;
  readonly maxrss_bytes?: number;
  readonly leaked?: number;
}

function sendSignal(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

const CURES: Readonly<Record<string, string>> = {
  ENOENT: 'Check `run` in the spec; what the build makes stands under $OUT.',
  EACCES: 'Make the file executable, or name its interpreter first.',
  ENOEXEC: 'Name its interpreter first, or build it for this machine.',
  CORES: 'Choose `cores` among those this machine allows (`seamark doctor` lists them).',
};

function notStarted(program: string, reason: string, code = ''): Problem {
  const cure = CURES[code];
  return new Problem({
    code: 'subject-not-started',
    message: `${program} could not be started: ${reason}`,
    ...(cure ? { cure } : {}),
    blame: 'run',
  });
}

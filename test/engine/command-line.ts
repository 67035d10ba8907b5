/** Runs the real `seamark` on small specs of its own folder, as a user would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BIN = new URL('../../src/cli/bin.ts', import.meta.url).pathname;
const TSX = import.meta.resolve('tsx');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves when stderr has matched. Rejects when the process ends before. */
  said(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
}

export function seamark(folder: string, words: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['--import', TSX, BIN, ...words], {
    cwd: folder,
    // A lock of their own: tests of other files may run studies at the same time.
    env: { ...process.env, NO_COLOR: '1', TMPDIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let listeners: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(stderr)) return;
          listeners = listeners.filter((one) => one !== look);
          resolve();
        };
        listeners.push(look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying ${pattern}:\n${stderr}`)));
      }),
  };
}

export function writeSpec(folder: string, lines: readonly string[]): void {
  writeFileSync(join(folder, 'seamark.yaml'), `${lines.join('\n')}\n`);
}

/** Command lines of living processes that hold `word`. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(word) && Number(pid) !== process.pid ? [line] : [];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

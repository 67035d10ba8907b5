/**
 * One study at a time on one machine: two would measure each other. The lock is a file of this user in the system's
 * temporary folder that names its owner by process id and start time, so that one left by a crash is known to be stale.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../model/problem.ts';
import { errorCode, explainWriteFailure } from './write-failure.ts';

export interface LockOwner {
  readonly pid: number;
  /** Clock ticks since boot at which the process began; '' where the system doesn't say. */
  readonly began: string;
  /** What it does: the experiment's name. */
  readonly doing: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface LockOptions {
  readonly doing: string;
  /** false: refuse at once with a Problem when another study runs. */
  readonly wait: boolean;
  /** Called once for each owner that is waited for. */
  readonly onWait?: (owner: LockOwner) => void;
  readonly signal: AbortSignal;
  readonly file?: string;
}

const LOOK_AGAIN_MS = 500;

/** Resolves to a function that releases the lock. Rejects with the signal's reason when stopped while it waits. */
export async function lockMachine(options: LockOptions): Promise<() => void> {
  const file = options.file ?? join(tmpdir(), `seamark-${userInfo().uid}.lock`);
  const self: LockOwner = {
    pid: process.pid,
    began: processBegan(process.pid) ?? '',
    doing: options.doing,
    since: new Date().toISOString(),
  };
  for (let told = ''; ; ) {
    options.signal.throwIfAborted();
    const owner = tryLock(file, self);
    if (!owner) return () => release(file, self);
    if (!options.wait) throw refusal(owner);
    const name = JSON.stringify(owner);
    if (name !== told) options.onWait?.(owner);
    told = name;
    await sleep(LOOK_AGAIN_MS, undefined, { signal: options.signal });
  }
}

/** Takes the lock and returns undefined, or returns who has it. */
function tryLock(file: string, self: LockOwner): LockOwner | undefined {
  const aside = `${file}.${self.pid}`;
  try {
    writeFileSync(aside, JSON.stringify(self));
    // A link fails when the name is taken, and the file is whole as soon as it has the name.
    linkSync(aside, file);
    return undefined;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw explainWriteFailure(error, file);
  } finally {
    rmSync(aside, { force: true });
  }
  const owner = readOwner(file);
  if (owner && isAlive(owner)) return owner;
  removeStale(file, self.pid);
  return tryLock(file, self);
}

/** Moves the file away before it is removed: if a third process renewed the lock meanwhile, it is put back. */
function removeStale(file: string, pid: number): void {
  const away = `${file}.${pid}.stale`;
  try {
    renameSync(file, away);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw explainWriteFailure(error, file);
  }
  const owner = readOwner(away);
  try {
    if (owner && isAlive(owner)) linkSync(away, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw explainWriteFailure(error, file);
  } finally {
    rmSync(away, { force: true });
  }
}

function release(file: string, self: LockOwner): void {
  const owner = readOwner(file);
  if (owner?.pid === self.pid && owner.began === self.began) rmSync(file, { force: true });
}

function readOwner(file: string): LockOwner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (owner === null || typeof owner !== 'object') return undefined;
    const { pid, began, doing, since } = owner as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, began: String(began ?? ''), doing: String(doing ?? ''), since: String(since ?? '') };
  } catch {
    return undefined; // gone, cut or foreign: nobody's lock
  }
}

function isAlive(owner: LockOwner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  // A process id is used again after a while; the time it began is not.
  const began = processBegan(owner.pid);
  return began === undefined || owner.began === '' || began === owner.began;
}

/** When a process began: its id is used again after a while. Field 22 of /proc/PID/stat, counted behind the name, which may hold anything. */
export function processBegan(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function refusal(owner: LockOwner): Problem {
  return new Problem({
    code: 'another-study-runs',
    message: `Another study is running on this machine: ${owner.doing} (process ${owner.pid}, since ${owner.since})`,
    cure: 'Two studies would measure each other. Wait for it to end, or leave out --no-wait.',
    blame: 'run',
  });
}

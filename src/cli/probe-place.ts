/** Where record files stand while a command runs: in memory where there is room, so that no disk disturbs what is timed. */
import { accessSync, constants, mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../machine/make-folder.ts';
import { Problem } from '../model/problem.ts';
import { processBegan } from '../store/lock.ts';
import { describePlace } from '../store/project.ts';
import { explainWriteFailure } from '../store/write-failure.ts';

const MEMORY = '/dev/shm';
/** A process takes about 1 MiB a thread that crosses; many of them one after the other fit into this. */
const COMFORT_BYTES = 1024 * 2 ** 20;
const LEAST_BYTES = 64 * 2 ** 20;

export class RecordPlace implements Disposable {
  readonly folder: string;
  readonly #remove: (() => void) | undefined;

  /** `kept`: a folder to make and to keep; otherwise one that goes with this object, or with the process. */
  constructor(kept?: string) {
    try {
      if (kept !== undefined) makeFolder(kept);
      else sweepAbandoned([MEMORY, tmpdir()]);
      this.folder = kept ?? mkdtempSync(join(isRoomy(MEMORY) ? MEMORY : tmpdir(), `seamark-probe-${nameSelf()}-`));
    } catch (error) {
      throw explainWriteFailure(error, kept === undefined ? tmpdir() : describePlace(kept));
    }
    if (kept === undefined) {
      this.#remove = () => rmSync(this.folder, { recursive: true, force: true });
      process.on('exit', this.#remove);
    }
    requireRoom(this.folder, kept !== undefined);
  }

  [Symbol.dispose](): void {
    if (!this.#remove) return;
    process.off('exit', this.#remove);
    this.#remove();
  }
}

/** Of this process its name space, id and beginning: a process id alone is another process in another container, or after a while. */
function nameSelf(): string {
  return `${pidSpace()}-${process.pid}-${processBegan(process.pid) ?? '0'}`;
}

const OWNED = /^seamark-probe-(\d+)-(\d+)-(\d+)-[^-]+$/;

/** Removes what a seamark that was killed (SIGKILL, out of memory) could not: folders of ours whose process is gone. */
export function sweepAbandoned(places: readonly string[]): void {
  for (const place of new Set(places)) {
    try {
      for (const name of readdirSync(place)) {
        const [, space, pid, began] = OWNED.exec(name) ?? [];
        if (space === undefined || space === '0' || space !== pidSpace() || processBegan(Number(pid)) === began)
          continue;
        if (statSync(join(place, name)).uid === process.getuid?.()) rmSync(join(place, name), { recursive: true });
      }
    } catch {
      // Somebody else's, or gone already: sweeping is a courtesy.
    }
  }
}

/** 0 where the system does not say, or /proc is that of another name space: such folders are nobody's to remove. */
function pidSpace(): string {
  try {
    if (readlinkSync('/proc/self') !== String(process.pid)) return '0';
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

function isRoomy(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return freeBytes(folder) >= COMFORT_BYTES;
  } catch {
    return false; // no such folder here, or not ours: the ordinary one serves
  }
}

function requireRoom(folder: string, kept: boolean): void {
  const free = freeBytes(folder);
  if (free >= LEAST_BYTES) return;
  throw new Problem({
    code: 'disk-full',
    message: `The probe's record files need ${LEAST_BYTES / 2 ** 20} MiB in ${describePlace(folder)}, and ${Math.floor(free / 2 ** 20)} MiB are free`,
    cure: kept
      ? 'Free some space there, or leave --keep out: the files then stand in memory, or where TMPDIR says.'
      : 'Free some space, or name a roomier folder for temporary files in TMPDIR.',
    blame: 'run',
  });
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Record files of probed processes: their sums are in the outcomes by then; only the last few an arm are kept. */
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { openRecordFile, type RecordFile } from '../format/reader.ts';
import { FormatRefusal } from '../format/refusal.ts';
import { sourceOnDisk } from '../instrument/record-folder.ts';
import { Problem } from '../model/problem.ts';
import { readWhy, type Unwatched } from '../model/unwatched.ts';
import { describePlace } from './project.ts';

/** Record files take at most this much of the disk while a study runs, and when it is finished. */
export const WORKING_BYTES = 64 * 2 ** 20;
export const KEPT_BYTES = 16 * 2 ** 20;
/** A process writes its file through memory: a full disk would kill it, so there must be room for a good part of one. */
const ROOM_BYTES = 8 * 2 ** 20;

export class RecordFiles {
  readonly #study: string;
  readonly #folder: string;

  /** `study`: folder of the study; the names of files are relative to it. */
  constructor(study: string) {
    this.#study = study;
    this.#folder = join(study, 'records');
  }

  /** Path for a process about to start, and the name it is stored under. */
  place(stage: string, block: number, arm: number): { readonly path: string; readonly name: string } {
    const name = `records/${armPrefix(arm)}${stage}-${String(block).padStart(5, '0')}.rec`;
    return { path: join(this.#study, name), name };
  }

  /** Throws `disk-full` when `files` more of them might not fit. */
  requireRoom(files: number): void {
    if (files === 0) return;
    mkdirSync(this.#folder, { recursive: true });
    const { bavail, bsize } = statfsSync(this.#folder);
    const needed = files * ROOM_BYTES;
    if (bavail * bsize >= needed) return;
    const mebibytes = (bytes: number) => Math.floor(bytes / 2 ** 20);
    throw new Problem({
      code: 'disk-full',
      message: `The probe's record files need ${mebibytes(needed)} MiB in ${describePlace(this.#folder)}, and ${mebibytes(bavail * bsize)} MiB are free`,
      cure: 'Free some space and go on with --resume, or set `probe: off` in the spec.',
      blame: 'run',
    });
  }

  /** Undefined when it was let go, or is no whole record file: broken by a process that died while it closed it. */
  open(name: string): RecordFile | undefined {
    if (!this.has(name)) return undefined;
    try {
      return openRecordFile(sourceOnDisk(join(this.#study, name)));
    } catch (error) {
      if (error instanceof FormatRefusal) return undefined;
      throw error;
    }
  }

  /** One for each probed process that could not write one and left word of it. */
  listFailures(): Unwatched[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((name) => readWhy(name, (errno) => getSystemErrorName(-errno)) ?? []);
  }

  has(name: string): boolean {
    return existsSync(join(this.#study, name));
  }

  discard(name: string): void {
    rmSync(join(this.#study, name), { force: true });
  }

  /** Removes the oldest record files of each arm, by its index, until its share of `bytes` is kept; the newest always stays. */
  trim(arms: readonly number[], bytes: number): void {
    if (arms.length === 0 || !existsSync(this.#folder)) return;
    const share = bytes / arms.length;
    const names = readdirSync(this.#folder);
    for (const arm of arms) {
      const files = names
        .filter((name) => name.startsWith(armPrefix(arm)) && /\.rec(\.\d+)?$/.test(name))
        .map((name) => ({ name, ...pick(statSync(join(this.#folder, name))) }))
        .sort((a, b) => isOwn(b.name) - isOwn(a.name) || b.mtimeMs - a.mtimeMs || (a.name < b.name ? 1 : -1));
      let kept = 0;
      for (const [age, { name, diskBytes }] of files.entries()) {
        kept += diskBytes;
        // The newest always stays: without it there would be no map.
        if (age > 0 && kept > share) rmSync(join(this.#folder, name), { force: true });
      }
    }
  }
}

const armPrefix = (arm: number): string => `arm${arm}-`;

/** Of the process that was started; those that it started itself put their number behind, and no map rests on them. */
const isOwn = (name: string): number => Number(name.endsWith('.rec'));

/** What a sparse file really takes. */
const pick = ({ mtimeMs, blocks }: { mtimeMs: number; blocks: number }) => ({ mtimeMs, diskBytes: blocks * 512 });

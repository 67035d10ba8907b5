/**
 * Folders of the cache that are made once and found again by what is in them: `sources/<key>` and `builds/<key>`. Keys are all of
 * one length, since paths end up in programs. What was not used for long goes when there is too much of it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../machine/cache-folder.ts';
import { Problem, type Warning } from '../model/problem.ts';

export type Shelf = 'sources' | 'builds';

export function keyOf(...facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

export function shelfFolder(shelf: Shelf): string {
  return join(cacheFolder(), shelf);
}

/** Beside a kept folder's own files: when it was last used is the time of this file, and its text the bytes it takes. */
const USED = 'used';
const NOTES = 'notes.json';

export interface KeptSource {
  readonly tree: string;
  /** What was said when it was made. */
  readonly notes: readonly Warning[];
}

/** The folder `sources/<key>/tree`, filled by `make` unless it is there. It is whole or not there: `make` fills one aside. */
export async function keepSource(
  key: string,
  make: (folder: string) => Promise<readonly Warning[]>,
): Promise<KeptSource> {
  const folder = join(shelfFolder('sources'), key);
  const tree = join(folder, 'tree');
  if (existsSync(tree)) {
    await noteUse(folder);
    return { tree, notes: JSON.parse(await readFile(join(folder, NOTES), 'utf8')) };
  }
  const place = await makeAside();
  try {
    await mkdir(join(place, 'tree'));
    const notes = await make(join(place, 'tree'));
    await writeFile(join(place, NOTES), JSON.stringify(notes));
    await noteSize(place);
    await rename(place, folder).catch(async (error: NodeJS.ErrnoException) => {
      // Somebody else was faster, with the same.
      if (!existsSync(tree)) throw error;
    });
  } catch (error) {
    throw asProblem(error);
  } finally {
    await removeTree(place);
  }
  return { tree, notes: JSON.parse(await readFile(join(folder, NOTES), 'utf8')) };
}

/** A folder for what is needed only while sources are made. Its maker removes it; after a crash the next sweep does. */
export async function makeAside(): Promise<string> {
  const place = join(shelfFolder('sources'), `${process.pid}-${randomBytes(6).toString('hex')}.new`);
  await mkdir(place, { recursive: true }).catch((error) => {
    throw asProblem(error);
  });
  return place;
}

/** Also what was made read-only, as the module cache of Go is. */
export async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 2 });
}

export async function noteUse(folder: string): Promise<void> {
  const file = join(folder, USED);
  const now = new Date();
  await utimes(file, now, now).catch(() => writeFile(file, String(0)));
}

/** Once it will not grow any more. */
export async function noteSize(folder: string): Promise<void> {
  await writeFile(join(folder, USED), String(await measure(folder)));
}

const LIMIT_BYTES = 10 * 2 ** 30;
/** What was used within this time may be in use by a study that runs. */
const SAFE_MS = 24 * 3600 * 1000;

/** Removes what was left behind, and beyond the limit what was not used for longest. Never what was used today. */
export async function sweepKept(limitBytes = LIMIT_BYTES): Promise<void> {
  const kept: { folder: string; usedMs: number; bytes: number }[] = [];
  for (const shelf of ['sources', 'builds'] as const) {
    const base = shelfFolder(shelf);
    for (const name of await readdir(base).catch(() => [])) {
      const folder = join(base, name);
      const left = /^(\d+)-\w+\.new$/.exec(name);
      if (left) {
        if (!isAlive(Number(left[1]))) await removeTree(folder);
        continue;
      }
      const facts = await stat(join(folder, USED)).catch(() => undefined);
      const bytes = Number(await readFile(join(folder, USED), 'utf8').catch(() => '0'));
      kept.push({ folder, usedMs: facts?.mtimeMs ?? 0, bytes });
    }
  }
  kept.sort((a, b) => b.usedMs - a.usedMs);
  let bytes = 0;
  for (const one of kept) {
    bytes += one.bytes;
    if (bytes > limitBytes && Date.now() - one.usedMs > SAFE_MS) await removeTree(one.folder);
  }
}

async function measure(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function asProblem(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  if (!full && code !== 'EACCES' && code !== 'EROFS') return error;
  return new Problem(
    {
      code: full ? 'disk-full' : 'cache-not-writable',
      message: `${full ? 'the disk is full' : 'the cache folder can not be written'}: the sources of a build could not be kept`,
      cure: full
        ? 'free some space, or name a folder elsewhere in SEAMARK_CACHE'
        : 'name a writable folder in SEAMARK_CACHE',
      blame: 'run',
      detail: message,
    },
    error,
  );
}

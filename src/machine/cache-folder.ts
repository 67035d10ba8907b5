/** Where Seamark keeps what it can make again: its own tools, the probe's measured cost, this machine's noise. */
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';

/**
 * The first of these that can be made and written: SEAMARK_CACHE, XDG_CACHE_HOME/seamark, ~/.cache/seamark, and a folder
 * of the user's own under the system's folder for temporary files.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment.SEAMARK_CACHE;
  const base = environment.XDG_CACHE_HOME;
  const home = environment.HOME ?? homedir();
  const places = [own, base && join(base, 'seamark'), home && join(home, '.cache', 'seamark')];
  for (const place of places) {
    if (place && canWrite(place)) return place;
  }
  const last = join(tmpdir(), `seamark-${userInfo().uid}`);
  // Others may write to the folder for temporary files: only one that is really ours may hold what we execute.
  if (canWrite(last) && isPrivate(last)) return last;
  throw new Problem({
    code: 'cache-not-writable',
    message: 'neither your cache folder nor the folder for temporary files can be written',
    cure: 'name a writable folder in SEAMARK_CACHE',
    blame: 'run',
  });
}

function canWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // not an error yet: the next place is tried, and the last one complains
  }
}

function isPrivate(folder: string): boolean {
  const facts = lstatSync(folder);
  return facts.isDirectory() && facts.uid === userInfo().uid && (facts.mode & 0o022) === 0;
}

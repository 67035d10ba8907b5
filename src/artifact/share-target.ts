/**
 * The probe only concerns Go, so what cargo built for the bare variant is what it would build for the probed one. A copy of
 * its target folder, times kept, is fresh to cargo, which then compiles nothing again.
 */
import { constants } from 'node:fs';
import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies cargo's folders of one build output into another that does not have them yet. Whatever fails costs only time. */
export async function shareCargoTargets(from: string, to: string): Promise<void> {
  for (const name of await listCargoTargets(from)) {
    const place = join(to, name);
    if (await exists(place)) continue;
    const aside = `${place}.new`;
    try {
      // No links: cargo writes into some of its files.
      await cp(join(from, name), aside, {
        recursive: true,
        preserveTimestamps: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      });
      await rename(aside, place);
    } catch {
      await rm(aside, { recursive: true, force: true }); // a full disk, say: cargo builds it anew, or tells why it can't
    }
  }
}

/** Cargo marks its target folders so that back-ups leave them out. */
async function listCargoTargets(out: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(out, { withFileTypes: true })) {
    const marks = ['CACHEDIR.TAG', '.rustc_info.json'].map((name) => exists(join(out, entry.name, name)));
    if (entry.isDirectory() && (await Promise.all(marks)).every(Boolean)) found.push(entry.name);
  }
  return found;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

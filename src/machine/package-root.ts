/** Where the package is installed: the folder that holds go/, rust/, format/ and templates/. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../model/problem.ts';

let found: string | undefined;

/**
 * The nearest folder above this module whose package.json is Seamark's own. The same walk serves the source
 * (src/machine/…) and the bundle (dist/…), however deep either stands.
 */
export function packageRoot(): string {
  found ??= findPackageRoot(dirname(fileURLToPath(import.meta.url)));
  return found;
}

export function findPackageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new Problem({
    code: 'package-incomplete',
    message: 'the folder Seamark was installed in has no package.json of Seamark',
    cure: 'install the package again; its files belong together and can not be moved one by one',
    blame: 'run',
  });
}

function isOurs(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const facts: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof facts === 'object' && facts !== null && 'name' in facts && facts.name === 'seamark';
  } catch {
    return false; // a broken package.json on the way up is somebody else's; ours is judged by its name
  }
}

/**
 * The lock file is whole. npm leaves out packages for other systems when the registry lacks them, or when it updates a
 * tree that is installed already; then `npm ci` refuses on every fresh clone, though all works where it was made.
 */
import { lineAt, type Offence, type Tree } from './tree.ts';

const LOCK = 'package-lock.json';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export function checkLock(tree: Tree): readonly Offence[] {
  const text = tree.get(LOCK);
  if (text === undefined) return [];
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };
  return Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(packages, place, name))
      .map((name) => ({
        file: LOCK,
        line: lineAt(text, Math.max(0, text.indexOf(`"${place}"`))),
        message: `${nameOf(place)} wants ${name}, which is not locked: npm ci would refuse on a fresh clone`,
      })),
  );
}

/** Node looks beside the package, then in each folder above. */
function isLocked(packages: Readonly<Record<string, Locked>>, place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    if (Object.hasOwn(packages, `${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true;
    if (folder === '') return false;
  }
}

function nameOf(place: string): string {
  return place.replace(/^.*node_modules\//, '') || 'the project';
}

/** Files are named after their subject: nouns in kebab-case, none that could hold anything. */
import { isData, type Offence, type Tree } from './tree.ts';

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.measure)?(?:\.test|\.config|\.d)?\.(?:ts|mjs)$/;
/** They say where code was put, not what it is. */
const EMPTY = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'types', 'lib', 'shared']);
/** They run before anything is installed; everything else is TypeScript. */
const PLAIN = new Set(['scripts/setup.mjs', 'scripts/bundle.mjs']);

export function checkNames(tree: Tree): readonly Offence[] {
  return [...tree.keys()].filter((file) => !isData(file)).flatMap(judge);
}

function judge(file: string): readonly Offence[] {
  const say = (message: string): Offence => ({ file, line: 1, message });
  const segments = file.split('/');
  const name = segments[segments.length - 1] ?? '';
  const empty = segments.map((segment) => segment.replace(/\..*$/, '')).find((stem) => EMPTY.has(stem));
  // Cargo and Go give these two names a meaning of their own.
  const given = name === 'lib.rs' || /^rust\/|\/rust\//.test(file);
  return [
    ...(empty !== undefined && !given ? [say(`'${empty}' names no subject`)] : []),
    ...(/\.(?:ts|mjs)$/.test(name) && !KEBAB.test(name) ? [say('a file name is in kebab-case')] : []),
    ...(/\.[cm]?jsx?$/.test(name) && !PLAIN.has(file) ? [say('scripts are TypeScript, but for the set-up')] : []),
  ];
}

/** Nothing of a maker's machine or day is left in the tree: no marks of unfinished work, no paths, no registries. */
import { isTest, matches, type Offence, type Tree } from './tree.ts';

// Written in pieces, so that this file does not offend itself.
const UNFINISHED = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME)\\b`, 'g');
const MACHINE = new RegExp(`(?<![\\w.~$}-])/(?:${'ro'}ot|${'wo'}rk)/[\\w.-]*`, 'g');
const HOME = new RegExp(`(?<![\\w.~$}-])/(?:${'ho'}me|${'Us'}ers)/\\w[\\w.-]*`, 'g');
const REGISTRIES = ['registry.npmjs', 'index.crates', 'static.crates', 'proxy.golang', 'sum.golang', 'deb.debian'];
const REGISTRY = new RegExp(`(?:${REGISTRIES.map((host) => host.replace('.', '\\.')).join('|')})\\.(?:org|io)`, 'g');
const RESOLVED = /"resolved":\s*"https?:[^"]*"/g;

export function checkTraces(tree: Tree): readonly Offence[] {
  return [...tree].flatMap(([file, text]) => [
    ...matches(file, text, UNFINISHED, (found) => `${found} is left: do it, or tell it to the issue list`),
    ...matches(file, text, MACHINE, (found) => `${found} is a path of one machine`),
    // A test of what must not be stored needs a made-up home.
    ...(isTest(file) ? [] : matches(file, text, HOME, (found) => `${found} is somebody's home`)),
    ...(isSelf(file) ? [] : matches(file, text, REGISTRY, (found) => `${found} is a registry: the user has one set`)),
    ...matches(file, text, RESOLVED, () => 'the lock file names the registry that it was made with'),
  ]);
}

const isSelf = (file: string): boolean => file === 'scripts/tidy/traces.ts';

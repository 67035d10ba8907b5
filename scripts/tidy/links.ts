/** A link from one page to another file of the repository leads there. */
import { posix } from 'node:path';
import { isData, matches, type Offence, type Tree } from './tree.ts';

export function checkLinks(tree: Tree): readonly Offence[] {
  const folders = new Set([...tree.keys()].flatMap(parentsOf));
  return [...tree]
    .filter(([file]) => file.endsWith('.md') && !isData(file))
    .flatMap(([file, text]) =>
      matches(file, text, /\]\((?!https?:|mailto:|#)[^)\s]+\)/g, (found) => found.slice(2, -1))
        .map((offence) => ({ ...offence, target: resolve(file, offence.message) }))
        .filter(({ target }) => !tree.has(target) && !folders.has(target))
        .map(({ line, target }) => ({ file, line, message: `a link leads to ${target}, which is not there` })),
    );
}

function resolve(file: string, link: string): string {
  const path = link.replace(/#.*$/, '');
  return posix.join(posix.dirname(file), path).replace(/\/$/, '');
}

function parentsOf(file: string): readonly string[] {
  const parts = file.split('/');
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

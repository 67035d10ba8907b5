/** Reads ARCHITECTURE.md: the rooms, who may import whom, and which rooms are pure. */
import type { Tree } from './tree.ts';

export interface Architecture {
  /** Folders of the listing: top level, and under src/. */
  readonly folders: ReadonlySet<string>;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly pure: ReadonlySet<string>;
}

export interface Room {
  readonly name: string;
  /** May import every room. */
  readonly everything: boolean;
  readonly mayImport: ReadonlySet<string>;
  readonly typesOnly: ReadonlySet<string>;
}

export function readArchitecture(tree: Tree): Architecture {
  const text = tree.get('ARCHITECTURE.md') ?? '';
  return { folders: readListing(text), rooms: readTable(text), pure: readPure(text) };
}

/** Two levels of indented `name/` in the first code block. */
function readListing(text: string): ReadonlySet<string> {
  const block = /```\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '';
  const folders = new Set<string>();
  let parent = '';
  for (const line of block.split('\n')) {
    const [, indent = '', name] = /^( *)([\w.-]+)\//.exec(line) ?? [];
    if (name === undefined) continue;
    if (indent === '') parent = name;
    folders.add(indent === '' ? name : `${parent}/${name}`);
  }
  return folders;
}

function readTable(text: string): ReadonlyMap<string, Room> {
  const rows = [...text.matchAll(/^\| ([a-z]+) \|([^|]*)\|$/gm)].filter(([, name]) => name !== 'room');
  return new Map(
    rows.map(([, name = '', cell = '']) => {
      const words = cell.split(',').map((word) => word.trim());
      const typed = words.filter((word) => word.endsWith(' (types)')).map((word) => word.slice(0, -' (types)'.length));
      const plain = words.filter((word) => word !== '' && !word.endsWith(' (types)'));
      const room: Room = {
        name,
        everything: plain.includes('everything'),
        mayImport: new Set([...plain, ...typed]),
        typesOnly: new Set(typed),
      };
      return [name, room];
    }),
  );
}

function readPure(text: string): ReadonlySet<string> {
  const sentence = /^Pure rooms[^:]*(?::[^\s:][^:]*)*: ([a-z, ]+)\.$/m.exec(text)?.[1] ?? '';
  return new Set(sentence.split(', ').filter(Boolean));
}

/** The plan and the house agree: folders are those of the listing, and rooms import only whom the table lets them. */
import { posix } from 'node:path';
import { type Architecture, type Room, readArchitecture } from './architecture.ts';
import { type Import, listImports } from './source.ts';
import { isInvented, isTest, type Offence, type Tree } from './tree.ts';

export function checkRooms(tree: Tree): readonly Offence[] {
  const plan = readArchitecture(tree);
  const sources = [...tree].filter(([file]) => roomOf(file) !== undefined && file.endsWith('.ts') && !isTest(file));
  return [
    ...checkFolders(tree, plan),
    ...sources.flatMap(([file, text]) => listImports(text).flatMap((found) => checkImport(file, found, plan))),
  ];
}

function checkFolders(tree: Tree, plan: Architecture): readonly Offence[] {
  const say = (message: string): Offence => ({ file: 'ARCHITECTURE.md', line: 1, message });
  const present = new Set([...tree.keys()].flatMap(foldersOf));
  const rooms = [...present].filter((folder) => folder.startsWith('src/')).map((folder) => folder.slice(4));
  return [
    ...[...present]
      .filter((folder) => !plan.folders.has(folder))
      .map((folder) => say(`${folder}/ is not in the listing`)),
    ...[...plan.folders]
      .filter((folder) => !present.has(folder))
      .map((folder) => say(`${folder}/ is listed and not there`)),
    ...rooms.filter((room) => !plan.rooms.has(room)).map((room) => say(`src/${room}/ has no row in the import table`)),
    ...[...plan.rooms.keys()]
      .filter((room) => !rooms.includes(room))
      .map((room) => say(`the import table has a row for ${room}, which is not there`)),
  ];
}

/** Folders that the listing must show: the top level without those of tools, and the rooms of src. */
function foldersOf(file: string): readonly string[] {
  const [top = '', second = '', ...rest] = file.split('/');
  if (second === '' || top.startsWith('.')) return [];
  return top === 'src' && rest.length > 0 ? [top, `src/${second}`] : [top];
}

function roomOf(file: string): string | undefined {
  return /^src\/([^/]+)\/.+/.exec(file)?.[1];
}

function checkImport(file: string, found: Import, plan: Architecture): readonly Offence[] {
  const room = plan.rooms.get(roomOf(file) ?? '');
  if (room === undefined || isInvented(file)) return []; // a room without a row is told once, by its folder
  const message = found.specifier.startsWith('.') ? judgeOwn(file, found, room) : judgePackage(found, room);
  return message === undefined ? [] : [{ file, line: found.line, message }];
}

function judgeOwn(file: string, found: Import, room: Room): string | undefined {
  const target = posix.join(posix.dirname(file), found.specifier);
  const other = roomOf(target);
  if (isInvented(target)) return `${target} is made up for tests`;
  if (room.everything || other === room.name) return undefined;
  if (other === undefined) return `${room.name} imports ${target}, which is in no room`;
  if (!room.mayImport.has(other)) return `${room.name} may not import ${other}`;
  if (room.typesOnly.has(other) && !found.typeOnly) return `${room.name} may import only types of ${other}`;
  return undefined;
}

/** A room that imports nothing imports no package either. */
function judgePackage(found: Import, room: Room): string | undefined {
  return room.mayImport.size === 0 && !room.everything
    ? `${room.name} imports nothing, so not ${found.specifier}`
    : undefined;
}

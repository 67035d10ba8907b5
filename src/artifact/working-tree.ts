/**
 * The working tree as it is, tracked files and those that are new and not ignored, as a tree of git. The user's index is copied, and
 * new objects go into a folder of our own.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import { askGit, type GitPlace, runGit } from './git.ts';
import { findRepository, type Repository } from './repository.ts';
import { type Submodule, type Tree, withModules } from './tree.ts';

export interface WorkingTree {
  readonly tree: Tree;
  /** Files that differ from HEAD; those of a submodule count as one. */
  readonly changed: readonly string[];
}

/** `aside` holds what is made, and has to stay until the tree was checked out. Rejects with a Problem when files change meanwhile. */
export async function readWorkingTree(
  repository: Repository,
  aside: string,
  signal?: AbortSignal,
): Promise<WorkingTree> {
  const { root, gitDir, commonDir } = repository;
  if (root === undefined) {
    throw new Problem({
      code: 'no-working-tree',
      message: 'A bare repository has no working tree',
      cure: 'Name a commit, a branch or a tag.',
      blame: 'input',
    });
  }
  const own = await mkdtemp(join(aside, 'tree-'));
  const objects = join(own, 'objects');
  await mkdir(objects);
  const index = join(own, 'index');
  if (existsSync(join(gitDir, 'index'))) await copyFile(join(gitDir, 'index'), index);
  const ours = [join(commonDir, 'objects')];
  const place = { gitDir, workTree: root, cwd: root, index, objects, alternates: ours, signal };
  const id = await readTwice(place);
  const modules = await readSubmodules(repository, id, aside, place);
  const tree = await withModules(repository, id, {
    alternates: [objects],
    signal,
    known: modules.map(({ module }) => module),
  });
  const differing = await askGit(['diff-tree', '-r', '-z', '--name-only', '--no-renames', 'HEAD^{tree}', id], {
    gitDir,
    alternates: [objects],
    signal,
  });
  const files = differing.failed ? [] : differing.stdout.split('\0').filter((file) => file !== '');
  const inside = modules.filter(({ changed }) => changed).map(({ module }) => module.path);
  return { tree, changed: [...new Set([...files, ...inside])] };
}

/** Reads it until two readings agree. */
async function readTwice(place: GitPlace): Promise<string> {
  const seen: string[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    const settings = ['-c', 'core.splitIndex=false', '-c', 'advice.addEmbeddedRepo=false'];
    await runGit([...settings, 'add', '--all', '--', '.'], place, 'The working tree could not be read');
    const id = (await runGit(['write-tree'], place, 'The working tree could not be read')).trim();
    if (seen.at(-1) === id) return id;
    seen.push(id);
  }
  throw new Problem({
    code: 'tree-changes',
    message: 'The working tree kept changing while it was copied',
    cure: 'Stop what writes there (an editor, a build, a generator), or let git ignore what it writes.',
    blame: 'run',
  });
}

async function readSubmodules(
  { root = '' }: Repository,
  id: string,
  aside: string,
  { gitDir, objects, alternates, signal }: GitPlace,
): Promise<{ readonly module: Submodule; readonly changed: boolean }[]> {
  const found = [];
  const place = { ...(gitDir ? { gitDir } : {}), alternates: [...(alternates ?? []), objects ?? ''], signal };
  const listed = await runGit(
    ['ls-tree', '-r', '-z', '--full-tree', id],
    place,
    'The working tree could not be listed',
  );
  for (const line of listed.split('\0')) {
    const path = /^160000 commit \w+\t(.*)$/s.exec(line)?.[1];
    if (path === undefined || !existsSync(join(root, path, '.git'))) continue;
    const inside = await findRepository(join(root, path), signal);
    if (!inside) continue;
    const { tree, changed } = await readWorkingTree(inside, aside, signal);
    found.push({ module: { path, tree }, changed: changed.length > 0 });
  }
  return found;
}

/**
 * A version of a repository as a tree of git, with those of its submodules, and its files in a folder of our own. Files come as git
 * itself checks them out: executable bits, links, line ends and filters of .gitattributes.
 */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warning } from '../model/problem.ts';
import { askGit, type GitPlace, runGit } from './git.ts';
import { keyOf } from './kept-folder.ts';
import { findRepository, type Repository, shortSha } from './repository.ts';

export interface Tree {
  readonly repository: Repository;
  /** Id of the tree. */
  readonly id: string;
  /** Folders of objects of our own that hold what the repository has not. */
  readonly alternates: readonly string[];
  readonly modules: readonly Submodule[];
  readonly notes: readonly Warning[];
}

export interface Submodule {
  /** From the top. */
  readonly path: string;
  readonly tree: Tree;
}

export async function treeOfCommit(repository: Repository, sha: string, signal?: AbortSignal): Promise<Tree> {
  const place = { gitDir: repository.gitDir, signal };
  const id = (await runGit(['rev-parse', '--verify', `${sha}^{tree}`], place, 'A commit has no files')).trim();
  return withModules(repository, id, { alternates: [], signal });
}

interface ModuleOptions {
  readonly alternates: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Submodules whose tree is known: the working trees of a working tree. */
  readonly known?: readonly Submodule[];
}

/** The tree with its submodules, as far as they are on this machine. One that nobody fetched stays an empty folder, as it is for its owner. */
export async function withModules(repository: Repository, id: string, options: ModuleOptions): Promise<Tree> {
  const { alternates, signal, known = [] } = options;
  const modules: Submodule[] = [];
  const notes: Warning[] = [];
  for (const { path, sha } of await listLinks(repository, id, options)) {
    const inside = known.find((one) => one.path === path);
    const own = inside ? undefined : await findSubmodule(repository, path, signal);
    const there = own && !(await askGit(['cat-file', '-e', `${sha}^{tree}`], { gitDir: own.gitDir, signal })).failed;
    if (inside) modules.push(inside);
    else if (own && there) modules.push({ path, tree: await treeOfCommit(own, sha, signal) });
    else {
      notes.push({
        code: 'submodule-missing',
        message: `the submodule ${path} is left empty: ${own ? `its commit ${shortSha(sha)} was never fetched` : 'it was never checked out'}`,
        cure: own ? `git -C ${path} fetch` : `git submodule update --init ${path}`,
      });
    }
  }
  return { repository, id, alternates, modules, notes: [...notes, ...modules.flatMap(({ tree }) => tree.notes)] };
}

async function listLinks(
  { gitDir }: Repository,
  id: string,
  { alternates, signal }: ModuleOptions,
): Promise<readonly { readonly path: string; readonly sha: string }[]> {
  const place = { gitDir, alternates, signal };
  const listed = await runGit(['ls-tree', '-r', '-z', '--full-tree', id], place, 'A version could not be listed');
  return listed
    .split('\0')
    .map((line) => /^160000 commit (\w+)\t(.*)$/s.exec(line))
    .flatMap((found) => (found ? [{ sha: found[1] ?? '', path: found[2] ?? '' }] : []));
}

/** Where it is checked out, or where git keeps one that another version had. */
async function findSubmodule(
  { root, commonDir }: Repository,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Repository | undefined> {
  const folder = root && join(root, path);
  if (folder && existsSync(join(folder, '.git'))) return findRepository(folder, signal);
  const kept = join(commonDir, 'modules', path);
  if (!existsSync(join(kept, 'HEAD'))) return undefined;
  return { gitDir: kept, commonDir: kept, prefix: '' };
}

/** What its files are, whatever the commit is called: the same for two commits of one tree, and for a clean working tree. */
export async function contentOf(tree: Tree, signal?: AbortSignal): Promise<string> {
  const modules = await Promise.all(tree.modules.map(async (one) => [one.path, await contentOf(one.tree, signal)]));
  const words = ['config', '--get-regexp', '^(core\\.(autocrlf|eol|symlinks|filemode)|filter\\..*)$'];
  const settings = await askGit(words, { gitDir: tree.repository.gitDir, signal });
  return keyOf('git', tree.id, settings.stdout, modules);
}

/** Writes its files into an empty folder. `aside` is a folder for the index. */
export async function checkOut(tree: Tree, folder: string, aside: string, signal?: AbortSignal): Promise<Warning[]> {
  const place: GitPlace = {
    gitDir: tree.repository.gitDir,
    workTree: folder,
    cwd: folder,
    index: join(aside, `index-${keyOf(tree.id, folder)}`),
    alternates: tree.alternates,
    signal,
  };
  const whole = ['-c', 'core.sparseCheckout=false', '-c', 'core.splitIndex=false', '-c', 'core.untrackedCache=false'];
  const words = [...whole, 'read-tree', '-u', '--reset', '--no-recurse-submodules', tree.id];
  await runGit(words, place, 'A version could not be checked out');
  const notes = await findPointers(place, folder);
  for (const { path, tree: inside } of tree.modules) {
    notes.push(...(await checkOut(inside, join(folder, path), aside, signal)));
  }
  return notes;
}

/** Files that git-lfs should have put there, where nobody set it up. */
async function findPointers(place: GitPlace, folder: string): Promise<Warning[]> {
  const listed = await askGit(['ls-files', '-z', '--', ':(attr:filter=lfs)'], place);
  const files = listed.failed ? [] : listed.stdout.split('\0').filter((file) => file !== '');
  const pointers: string[] = [];
  for (const file of files.slice(0, 100)) if (await isPointer(join(folder, file))) pointers.push(file);
  if (pointers.length === 0) return [];
  const others = pointers.length > 1 ? ` and ${pointers.length - 1} more` : '';
  return [
    {
      code: 'lfs-pointers',
      message: `${pointers[0]}${others} is only a pointer of git-lfs, not the file`,
      cure: 'install git-lfs, run `git lfs install` and `git lfs fetch --all`, and clear the cache folder of Seamark',
    },
  ];
}

async function isPointer(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead).startsWith('version https://git-lfs.github.com/spec/');
  } finally {
    await handle.close();
  }
}

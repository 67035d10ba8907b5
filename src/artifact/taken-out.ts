/**
 * A version with commits reverted, or with paths as another version has them. Reverting is done by git in a clone of our own that
 * borrows the objects of the user's repository and writes nothing there.
 */
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Problem } from '../model/problem.ts';
import { askGit, type GitPlace, runGit } from './git.ts';
import { type Repository, shortSha } from './repository.ts';
import { type Tree, withModules } from './tree.ts';

export interface Base {
  readonly tree: Tree;
  /** The commit of the tree, or the one that a working tree stands on. */
  readonly sha: string;
  /** As it was written. */
  readonly text: string;
}

export interface Workshop {
  /** What is made there has to stay until the tree was checked out. */
  readonly aside: string;
  readonly signal?: AbortSignal | undefined;
}

/** `commits` in full, any order; a merge is reverted to its first parent. Rejects with a Problem that has the conflict. */
export async function takeOut(base: Base, commits: readonly string[], { aside, signal }: Workshop): Promise<Tree> {
  const { repository, id, alternates, modules } = base.tree;
  const clone = await openClone(repository, alternates, aside, signal);
  const failure = `Nothing could be taken out of ${base.text}`;
  const standing = ['commit-tree', '--no-gpg-sign', id, '-p', base.sha, '-m', 'Before'];
  const before = (await runGit(standing, clone, failure)).trim();
  await runGit(['update-ref', '--no-deref', 'HEAD', before], clone, failure);
  await runGit(['read-tree', '-u', '--reset', '--no-recurse-submodules', before], clone, failure);
  for (const sha of await sortNewestFirst(clone, base, commits)) await revert(clone, base, sha);
  const after = (await runGit(['write-tree'], clone, failure)).trim();
  if (after === id) throw nothingChanged(base, commits.map(shortSha).join(', '), 'its changes are not there any more');
  const objects = join(clone.gitDir, 'objects');
  return withModules(repository, after, { alternates: [objects, ...alternates], signal, known: modules });
}

type Clone = GitPlace & { readonly gitDir: string };

async function openClone(
  repository: Repository,
  alternates: readonly string[],
  aside: string,
  signal?: AbortSignal,
): Promise<Clone> {
  const own = await mkdtemp(join(aside, 'revert-'));
  const workTree = join(own, 'tree');
  await mkdir(workTree);
  const from = { gitDir: repository.gitDir, signal };
  const format = (await askGit(['rev-parse', '--show-object-format'], from)).stdout.trim() || 'sha1';
  const failure = 'A clone to take changes out in could not be made';
  await runGit(['init', '--quiet', '--template=', `--object-format=${format}`, own], { cwd: own, signal }, failure);
  const gitDir = join(own, '.git');
  const { commonDir } = repository;
  await mkdir(join(gitDir, 'objects/info'), { recursive: true });
  await mkdir(join(gitDir, 'info'), { recursive: true });
  await writeFile(join(gitDir, 'objects/info/alternates'), [join(commonDir, 'objects'), ...alternates, ''].join('\n'));
  await copyFile(join(commonDir, 'shallow'), join(gitDir, 'shallow')).catch(() => undefined); // few clones are shallow
  await copyFile(join(commonDir, 'info/attributes'), join(gitDir, 'info/attributes')).catch(() => undefined); // nor have they these
  // Filters and ways to merge are the user's.
  await runGit(['config', 'include.path', join(commonDir, 'config')], { gitDir, signal }, failure);
  return { gitDir, workTree, cwd: workTree, index: join(own, 'index'), signal };
}

/** What was built upon goes last. */
async function sortNewestFirst(clone: Clone, base: Base, commits: readonly string[]): Promise<readonly string[]> {
  const wanted = new Set(commits);
  for (const sha of wanted) {
    const inside = await askGit(['merge-base', '--is-ancestor', sha, base.sha], clone);
    if (inside.failed) throw notInside(base, sha);
  }
  if (wanted.size === 1) return [...wanted];
  const listed = await runGit(['rev-list', '--topo-order', base.sha], clone, 'The history could not be listed');
  return listed.split('\n').filter((sha) => wanted.has(sha));
}

async function revert(clone: Clone, base: Base, sha: string): Promise<void> {
  const about = (
    await runGit(['log', '-1', '--no-show-signature', '--format=%P%x00%s', sha], clone, 'A commit could not be read')
  ).split('\0');
  const parents = (about[0] ?? '').split(' ').filter(Boolean);
  const name = `${shortSha(sha)} (${(about[1] ?? '').trim().replaceAll(/\p{Cc}/gu, '')})`;
  const settings = [
    '-c',
    'user.name=Seamark',
    '-c',
    'user.email=seamark@localhost',
    '-c',
    'rerere.enabled=false',
    '-c',
    'merge.conflictStyle=merge',
  ];
  const words = ['revert', '--no-commit', ...(parents.length > 1 ? ['--mainline', '1'] : []), sha];
  const { failed, stderr } = await askGit([...settings, ...words], clone);
  if (!failed) return;
  const files = (await askGit(['diff', '--name-only', '--diff-filter=U', '-z'], clone)).stdout
    .split('\0')
    .filter(Boolean);
  if (files.length === 0) {
    const detail = stderr.split('\n').slice(-20).join('\n');
    throw new Problem({
      code: 'revert-failed',
      message: `${name} can't be taken out of ${base.text}`,
      blame: 'input',
      detail,
    });
  }
  const hunk = (await askGit(['diff', '--no-ext-diff', '--no-color'], clone)).stdout;
  const later = await runGit(
    ['rev-list', '--max-count=5', `${sha}..${base.sha}`, '--', ...files],
    clone,
    'The history could not be listed',
  );
  const shas = later.split('\n').filter(Boolean).map(shortSha);
  const also =
    shas.length > 0 ? `Later commits changed them too (${shas.join(', ')}): take these out with it, or` : 'Otherwise';
  throw new Problem({
    code: 'revert-conflict',
    message: `${name} can't be taken out of ${base.text}: conflict in ${files.join(', ')}`,
    cure: `${also} name paths instead, which are set back to the baseline's version.`,
    blame: 'input',
    detail: hunk
      .split('\n')
      .slice(0, 60)
      .join('\n')
      .replaceAll(/[^\P{Cc}\n\t]/gu, ''),
  });
}

function notInside(base: Base, sha: string): Problem {
  return new Problem({
    code: 'commit-not-inside',
    message: `${shortSha(sha)} is no part of ${base.text}: there is nothing to take out`,
    cure: `Name a commit that \`git log ${base.text === '.' ? '' : base.text}\` lists.`,
    blame: 'input',
  });
}

function nothingChanged(base: Base, what: string, why: string): Problem {
  return new Problem({
    code: 'nothing-taken-out',
    message: `Taking ${what} out of ${base.text} changes nothing: ${why}`,
    cure: 'Name what differs between the two builds: `git diff --stat` with both of them lists it.',
    blame: 'input',
  });
}

/** `paths` from the top, as they are in `other`; what it has not is gone. In an index alone: no file is written. */
export async function setBack(
  base: Base,
  other: Tree,
  paths: readonly string[],
  { aside, signal }: Workshop,
): Promise<Tree> {
  const { repository, id, alternates, modules } = base.tree;
  const own = await mkdtemp(join(aside, 'paths-'));
  const objects = join(own, 'objects');
  await mkdir(objects);
  const all = [...alternates, ...other.alternates, join(repository.commonDir, 'objects')];
  const place = { gitDir: repository.gitDir, index: join(own, 'index'), objects, alternates: all, signal };
  const failure = 'Paths could not be set back';
  await runGit(['read-tree', '--reset', id], place, failure);
  for (const path of paths) {
    const list = ['ls-tree', '-r', '-z', '--full-tree'];
    const words = (tree: string) => (path === '' ? [...list, tree] : [...list, tree, '--', path]);
    const [now, then] = [await runGit(words(id), place, failure), await runGit(words(other.id), place, failure)];
    if (now === '' && then === '') throw noSuchPath(path, base);
    const gone = now
      .split('\0')
      .filter(Boolean)
      .map((entry) => `0 ${'0'.repeat(id.length)}\t${entry.slice(entry.indexOf('\t') + 1)}`);
    const input = [...gone, ...then.split('\0').filter(Boolean)].map((entry) => `${entry}\0`).join('');
    await runGit(['update-index', '-z', '--index-info'], { ...place, input }, failure);
  }
  const after = (await runGit(['write-tree'], place, failure)).trim();
  if (after === id) throw nothingChanged(base, paths.join(', ') || 'everything', 'the baseline has the same there');
  return withModules(repository, after, {
    alternates: [objects, ...alternates, ...other.alternates],
    signal,
    known: modules,
  });
}

/** From the top of the repository; `said` is relative to the subject's folder. Throws a Problem when it leads out of it. */
export function pathFromTop(said: string, prefix: string): string {
  const path = posix.normalize(posix.join(prefix, said)).replace(/\/+$/, '');
  if (posix.isAbsolute(said) || path === '..' || path.startsWith('../') || said.includes('\0')) {
    throw new Problem({
      code: 'path-outside',
      message: `\`${JSON.stringify(said).slice(1, -1)}\` leads out of the repository`,
      cure: "Name a path relative to the subject's folder.",
      blame: 'input',
    });
  }
  return path === '.' ? '' : path;
}

function noSuchPath(path: string, base: Base): Problem {
  return new Problem({
    code: 'no-such-path',
    message: `\`${path}\` is neither in ${base.text} nor in the baseline, and names no commit`,
    cure: "Name a commit, or a path relative to the subject's folder.",
    blame: 'input',
  });
}

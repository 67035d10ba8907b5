/** The git repository that a folder lies in: what its names mean, and the history between two of them. Nothing is written. */
import { nearestWord } from '../model/nearest.ts';
import { Problem } from '../model/problem.ts';
import { askGit, gitProblem, runGit } from './git.ts';

export interface Repository {
  /** Absolute. Of a linked worktree its own. */
  readonly gitDir: string;
  /** Absolute; where refs and objects are, also of a linked worktree. */
  readonly commonDir: string;
  /** Top of the working tree; absent: a bare repository. */
  readonly root?: string;
  /** The folder that was asked for, from the top: `crates/core/`, or ''. */
  readonly prefix: string;
}

/** Undefined where the folder lies in no repository. Rejects with a Problem where git may not read it. */
export async function findRepository(folder: string, signal?: AbortSignal): Promise<Repository | undefined> {
  const words = [
    'rev-parse',
    '--path-format=absolute',
    '--absolute-git-dir',
    '--git-common-dir',
    '--is-bare-repository',
  ];
  const found = await askGit(words, { cwd: folder, signal });
  if (found.failed) {
    if (/not a git repository/.test(found.stderr)) return undefined;
    throw gitProblem('The repository of the subject can not be read', found.stderr);
  }
  const [gitDir = '', commonDir = ''] = found.stdout.split('\n');
  const inside = await askGit(['rev-parse', '--path-format=absolute', '--show-toplevel', '--show-prefix'], {
    cwd: folder,
    signal,
  });
  if (inside.failed) return { gitDir, commonDir, prefix: '' };
  const [root = '', prefix = ''] = inside.stdout.split('\n');
  return { gitDir, commonDir, root, prefix };
}

export interface ResolvedRef {
  /** Of the commit, in full. */
  readonly sha: string;
  /** That a branch and a tag share the name, and the tag was taken. */
  readonly ambiguous: boolean;
}

/** Undefined where it names no commit here. */
export async function lookUp(
  repository: Repository,
  ref: string,
  signal?: AbortSignal,
): Promise<ResolvedRef | undefined> {
  if (!mayBeRef(ref)) return undefined;
  const words = ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`];
  const { failed, stdout, stderr } = await askGit(words, { gitDir: repository.gitDir, signal });
  // A sha in full is believed whether it is there or not.
  if (failed || (await isAbsent(repository, stdout.trim(), signal))) return undefined;
  return { sha: stdout.trim(), ambiguous: /is ambiguous/.test(stderr) };
}

async function isAbsent({ gitDir }: Repository, sha: string, signal: AbortSignal | undefined): Promise<boolean> {
  return (await askGit(['cat-file', '-e', `${sha}^{tree}`], { gitDir, signal })).failed;
}

/** The commit that a name means, in full. Rejects with a Problem that says the nearest name. */
export async function resolve(repository: Repository, ref: string, signal?: AbortSignal): Promise<string> {
  const found = await lookUp(repository, ref, signal);
  if (found) return found.sha;
  throw await noSuchRef(repository, ref, signal);
}

/** Nothing that begins as an option does, is a range, or holds what no name of git may hold. */
function mayBeRef(ref: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return ref !== '' && ref.length < 1024 && !/^-|\.\.|[\x00-\x20\x7f]/.test(ref);
}

export async function noSuchRef(repository: Repository, ref: string, signal?: AbortSignal): Promise<Problem> {
  const { gitDir } = repository;
  const shown = JSON.stringify(ref.slice(0, 80)).slice(1, -1);
  const names = await listNames(repository, signal);
  const near = nearestWord(ref, names);
  const shallow = (await askGit(['rev-parse', '--is-shallow-repository'], { gitDir, signal })).stdout.startsWith(
    'true',
  );
  const cure = near
    ? `Did you mean \`${near}\`?`
    : shallow
      ? 'This is a shallow clone: `git fetch --unshallow --tags` gets the rest of its history.'
      : /^[0-9a-f]{7,64}$/.test(ref)
        ? 'Fetch the commit first: `git fetch` with the remote that has it.'
        : names.length > 0
          ? `There are ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''}; \`git fetch --tags\` gets those of the remote.`
          : 'The repository has no commit yet, or no names: `git fetch --tags` gets those of the remote.';
  return new Problem({
    code: 'no-such-ref',
    message: `\`${shown}\` names no commit of this repository`,
    cure,
    blame: 'input',
  });
}

/** Branches and tags, as they are called. */
async function listNames({ gitDir }: Repository, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const words = [
    'for-each-ref',
    '--format=%(refname:short)',
    '--sort=-creatordate',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ];
  const { stdout } = await askGit(words, { gitDir, signal });
  return stdout.split('\n').filter((name) => name !== '');
}

export interface Commit {
  readonly sha: string;
  /** The first is the one that it was made on; a merge has more. */
  readonly parents: readonly string[];
  /** First line of its message; characters that steer a terminal are left out. */
  readonly subject: string;
  /** From the top of the repository, against the first parent; a name that git quotes stays quoted. */
  readonly paths: readonly string[];
  /** Reached from the later end by first parents alone. */
  readonly mainline: boolean;
}

/** Commits that `to` has and `from` has not, the oldest first, each after its parents. `to` comes last. */
export async function listCommits(
  repository: Repository,
  { from, to }: { readonly from: string; readonly to: string },
  signal?: AbortSignal,
): Promise<readonly Commit[]> {
  const place = { gitDir: repository.gitDir, signal };
  const range = [await resolve(repository, to, signal), `^${await resolve(repository, from, signal)}`];
  const failure = 'The history could not be listed';
  // Every field is marked: an empty one would look like the mark between two commits.
  const form = '--format=%x00%x00%H%x00-%P%x00-%s%x00';
  const words = [
    'log',
    '--reverse',
    '--topo-order',
    '--name-only',
    '--diff-merges=first-parent',
    '--no-renames',
    '--no-show-signature',
    '--no-color',
    '--no-ext-diff',
  ];
  const text = await runGit([...words, form, ...range], place, failure);
  const mainline = new Set((await runGit(['rev-list', '--first-parent', ...range], place, failure)).split('\n'));
  return text
    .split('\0\0')
    .slice(1)
    .map((record) => {
      const [sha = '', parents = '', subject = '', names = ''] = record.split('\0');
      return {
        sha,
        parents: parents.slice(1).split(' ').filter(Boolean),
        subject: subject.slice(1).replaceAll(/\p{Cc}/gu, ''),
        paths: names.split('\n').filter((name) => name !== ''),
        mainline: mainline.has(sha),
      };
    });
}

/** Whether everything of `earlier` is in `later`. */
export async function isAncestor(
  { gitDir }: Repository,
  earlier: string,
  later: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return !(await askGit(['merge-base', '--is-ancestor', earlier, later], { gitDir, signal })).failed;
}

/** As it is said to people: enough of it to be found by. */
export function shortSha(sha: string): string {
  return sha.slice(0, 9);
}

/**
 * Git, asked so that the user's repository stays as it is: no lock, no hook, no fetch, no refresh of its index. What is written goes
 * where the caller says: an index, a working tree and a folder of objects of our own.
 */
import { execa } from 'execa';
import { Problem } from '../model/problem.ts';
import { missing } from './build-step.ts';

export interface GitPlace {
  /** Absolute; without one git looks for it from `cwd` upwards. */
  readonly gitDir?: string;
  readonly cwd?: string;
  readonly index?: string;
  readonly workTree?: string;
  /** Where new objects go, and with them what lies in the repository's own folder. */
  readonly objects?: string;
  /** More folders of objects to read from. */
  readonly alternates?: readonly string[];
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface GitAnswer {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

const CALM = 'core.fsmonitor=false core.hooksPath=/dev/null gc.auto=0 maintenance.auto=false core.quotePath=false'
  .split(' ')
  .flatMap((setting) => ['-c', setting]);

/** Whether it failed is the caller's to judge. Rejects when it was stopped, and with a Problem where git is not on this machine. */
export async function askGit(words: readonly string[], place: GitPlace): Promise<GitAnswer> {
  const { cwd, input, signal } = place;
  signal?.throwIfAborted();
  const { failed, stdout, stderr, code } = await execa('git', [...CALM, ...words], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(signal ? { cancelSignal: signal } : {}),
    env: environmentOf(place),
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 1 << 30,
  });
  signal?.throwIfAborted();
  if (code === 'ENOENT') throw missing('git', 'Versions of a subject come from git, which is not on this machine');
  return { failed, stdout, stderr: stderr.trimEnd() };
}

/** What it printed. `message` says what was wanted of it, for the Problem that it rejects with. */
export async function runGit(words: readonly string[], place: GitPlace, message: string): Promise<string> {
  const { failed, stdout, stderr } = await askGit(words, place);
  if (!failed) return stdout;
  throw gitProblem(message, stderr);
}

/** A failure of git in words of ours, where the reason is a common one. */
export function gitProblem(message: string, stderr: string): Problem {
  const known = REASONS.find(({ said }) => said.test(stderr));
  return new Problem({
    code: known?.code ?? 'git-failed',
    message: known ? `${message}: ${known.means}` : message,
    cure: known?.cure ?? 'Its last words follow.',
    blame: known?.blame ?? 'run',
    detail: stderr.split('\n').slice(-20).join('\n'),
  });
}

interface Reason {
  readonly said: RegExp;
  readonly code: string;
  readonly means: string;
  readonly cure: string;
  readonly blame: 'input' | 'run';
}

const REASONS: readonly Reason[] = [
  {
    said: /dubious ownership/,
    code: 'repository-not-trusted',
    means: 'the repository belongs to another user, and git does not read it',
    cure: 'Run `git config --global --add safe.directory` with its folder if you trust it.',
    blame: 'input',
  },
  {
    said: /git-lfs.*(?:not found|No such file)|external filter .*lfs.* failed/i,
    code: 'lfs-missing',
    means: 'files are kept by git-lfs, which is not on this machine',
    cure: 'Install git-lfs, or run `git lfs uninstall` to leave the pointers as they are.',
    blame: 'run',
  },
  {
    said: /No space left on device/,
    code: 'disk-full',
    means: 'the disk is full',
    cure: 'Free some space, or name a folder elsewhere in SEAMARK_CACHE.',
    blame: 'run',
  },
  {
    said: /transport '\w+' not allowed|promisor/,
    code: 'objects-missing',
    means: 'this is a partial clone, and files of that commit were never fetched',
    cure: 'Fetch them first: `git switch --detach` to that commit and back, or `git fetch --refetch --filter=blob:none --no-filter`.',
    blame: 'input',
  },
];

function environmentOf({ gitDir, index, workTree, objects, alternates = [] }: GitPlace): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    // In a hook of git its own variables would name another index and another tree.
    if (value === undefined || (name.startsWith('GIT_') && !name.startsWith('GIT_CONFIG'))) continue;
    kept[name] = value;
  }
  return {
    ...kept,
    LC_ALL: 'C.UTF-8',
    LANGUAGE: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    ...(gitDir === undefined ? {} : { GIT_DIR: gitDir }),
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
    ...(workTree === undefined ? {} : { GIT_WORK_TREE: workTree }),
    ...(objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects }),
    ...(alternates.length === 0 ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates.map(quote).join(':') }),
  };
}

/** The list is divided by colons; a quoted entry may hold them. */
function quote(folder: string): string {
  return /[:"]/.test(folder) ? `"${folder.replaceAll(/["\\]/g, '\\$&')}"` : folder;
}

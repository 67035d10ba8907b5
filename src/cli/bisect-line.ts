/** The versions between two ends: commits of a repository, releases of a Go module, toolchains of Go. Each is a level of `build`. */
import { execa } from 'execa';
import { runGit } from '../artifact/git.ts';
import {
  type Commit,
  findRepository,
  isAncestor,
  listCommits,
  type Repository,
  resolve,
  shortSha,
} from '../artifact/repository.ts';
import { readModuleText } from '../artifact/source-text.ts';
import type { Line, Version } from '../model/bisection.ts';
import { nearestWord } from '../model/nearest.ts';
import { Problem } from '../model/problem.ts';

export interface Ends {
  readonly good: string;
  readonly bad: string;
  /** A dependency whose releases are searched, in the sources of HEAD. */
  readonly module?: string;
  /** Go's own releases are searched, with the sources of HEAD. */
  readonly toolchain?: boolean;
  /** From the top of the repository: commits that touch these are likelier. */
  readonly paths: readonly string[];
  readonly cwd: string;
}

/** How much likelier a commit is that touches what was asked for. */
const TOUCHED = 10;
/** Long enough to be one commit's, short enough to be read. */
const LEVEL_DIGITS = 12;

/** Rejects with a Problem: ends that are no versions, or in no order. */
export async function findLine(ends: Ends, signal: AbortSignal): Promise<Line> {
  if (ends.toolchain) return lineOfToolchains(ends, signal);
  const [good, bad] = [readModuleText(ends.good), readModuleText(ends.bad)];
  const own = good && bad && good.module === bad.module ? good.module : undefined;
  if (ends.module !== undefined || own !== undefined) return lineOfReleases(ends, own, signal);
  return lineOfCommits(ends, signal);
}

/** What a merge brought in, itself last; undefined for what is none, or brought in nothing. */
export async function findBranch(merge: Version, cwd: string, signal: AbortSignal): Promise<Line | undefined> {
  const [onto, side, more] = merge.parents ?? [];
  if (onto === undefined || side === undefined || more !== undefined) return undefined;
  const repository = await requireRepository(cwd, signal);
  const commits = await mainlineOf(repository, onto, side, signal);
  const base = commits[0]?.parents[0];
  if (base === undefined) return undefined;
  return {
    kind: 'commits',
    what: `commits of the branch merged in ${merge.name}`,
    good: { level: base.slice(0, LEVEL_DIGITS), name: shortSha(base), weight: 1 },
    versions: [...(await describeCommits(repository, commits, [], signal)), merge],
  };
}

async function lineOfCommits({ good, bad, paths, cwd }: Ends, signal: AbortSignal): Promise<Line> {
  const repository = await requireRepository(cwd, signal);
  const [from, to] = [await resolve(repository, good, signal), await resolve(repository, bad, signal)];
  if (from === to || !(await isAncestor(repository, from, to, signal))) {
    const turned = from !== to && (await isAncestor(repository, to, from, signal));
    throw new Problem({
      code: 'no-line-of-commits',
      message:
        from === to
          ? `\`${good}\` and \`${bad}\` are the same commit`
          : `\`${good}\` is no ancestor of \`${bad}\`: no line of commits leads from the one to the other`,
      cure: turned
        ? 'The good end comes first: turn them round.'
        : 'Name a good end that the bad one was built on, such as their `git merge-base`.',
    });
  }
  const commits = await mainlineOf(repository, from, to, signal);
  const named = good.startsWith(shortSha(from)) ? shortSha(from) : `${good} (${shortSha(from)})`;
  return {
    kind: 'commits',
    what: 'commits',
    good: { level: from.slice(0, LEVEL_DIGITS), name: named, weight: 1 },
    versions: await describeCommits(repository, commits, paths, signal),
  };
}

async function mainlineOf(repository: Repository, from: string, to: string, signal: AbortSignal) {
  return (await listCommits(repository, { from, to }, signal)).filter(({ mainline }) => mainline);
}

async function describeCommits(
  repository: Repository,
  commits: readonly Commit[],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Version[]> {
  const authors = await listAuthors(repository, commits, signal);
  const touches = (commit: Commit) => commit.paths.some((path) => paths.some((asked) => path.startsWith(asked)));
  return commits.map((commit) => ({
    level: commit.sha.slice(0, LEVEL_DIGITS),
    name: shortSha(commit.sha),
    subject: commit.subject,
    ...(authors.has(commit.sha) ? { author: authors.get(commit.sha)! } : {}),
    parents: commit.parents,
    weight: touches(commit) ? TOUCHED : 1,
  }));
}

async function listAuthors({ gitDir }: Repository, commits: readonly Commit[], signal: AbortSignal) {
  const input = commits.map(({ sha }) => `${sha}\n`).join('');
  const words = ['log', '--no-walk=unsorted', '--no-show-signature', '--no-color', '--format=%H %an', '--stdin'];
  const text = await runGit(words, { gitDir, input, signal }, 'The authors could not be listed');
  return new Map(
    text
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).replaceAll(/\p{Cc}/gu, '')]),
  );
}

async function requireRepository(cwd: string, signal: AbortSignal): Promise<Repository> {
  const repository = await findRepository(cwd, signal);
  if (repository) return repository;
  throw new Problem({
    code: 'no-repository',
    message: 'The subject lies in no git repository, so there are no commits to search',
    cure: 'Search releases of a Go module (--module, or MODULE@GOOD MODULE@BAD) or of Go (--toolchain).',
  });
}

/** `own`: both ends were written `MODULE@version`: its own sources are what is built. */
async function lineOfReleases(ends: Ends, own: string | undefined, signal: AbortSignal): Promise<Line> {
  const module = own ?? ends.module!;
  const base = own === undefined ? await headOf(ends.cwd, signal) : '';
  const bare = (text: string) => readModuleText(text)?.version ?? text;
  const listed = (await goList(module, ends.cwd, signal)).filter((version) => /^v[\d.]+$/.test(version));
  const level = (version: string) => (own === undefined ? `${base} with ${module}@${version}` : `${module}@${version}`);
  return between(listed, { good: bare(ends.good), bad: bare(ends.bad) }, level, {
    kind: 'module',
    what: `releases of ${module}`,
  });
}

async function lineOfToolchains(ends: Ends, signal: AbortSignal): Promise<Line> {
  const base = await headOf(ends.cwd, signal);
  const system = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const listed = (await goList('golang.org/toolchain', ends.cwd, signal))
    .flatMap((version) => /^v[\d.]+-(go\d+(?:\.\d+)+)\.(.*)$/.exec(version)?.slice(1) ?? [])
    .flatMap((name, at, all) => (at % 2 === 0 && all[at + 1] === system ? [name] : []))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const named = (text: string) => (text.startsWith('go') ? text : `go${text}`);
  return between(
    listed,
    { good: named(ends.good), bad: named(ends.bad) },
    (name) => `${base} with GOTOOLCHAIN=${name}`,
    {
      kind: 'toolchain',
      what: 'releases of Go',
    },
  );
}

async function headOf(cwd: string, signal: AbortSignal): Promise<string> {
  const repository = await requireRepository(cwd, signal);
  return (await resolve(repository, 'HEAD', signal)).slice(0, LEVEL_DIGITS);
}

function between(
  listed: readonly string[],
  { good, bad }: { readonly good: string; readonly bad: string },
  level: (name: string) => string,
  facts: Pick<Line, 'kind' | 'what'>,
): Line {
  const [from, to] = [listed.indexOf(good), listed.indexOf(bad)];
  const unknown = from < 0 ? good : to < 0 ? bad : undefined;
  if (unknown !== undefined || from >= to) {
    const near = unknown === undefined ? undefined : nearestWord(unknown, listed);
    throw new Problem({
      code: 'no-line-of-releases',
      message:
        unknown === undefined ? `${good} does not come before ${bad}` : `${unknown} is none of the ${facts.what}`,
      cure: near ? `Did you mean ${near}?` : `There are ${listed.slice(-5).join(', ')}, and older ones.`,
    });
  }
  const version = (name: string): Version => ({ level: level(name), name, weight: 1 });
  return { ...facts, good: version(good), versions: listed.slice(from + 1, to + 1).map(version) };
}

/** Every version, oldest first. Go asks the proxy that the user's environment names. */
async function goList(module: string, cwd: string, signal: AbortSignal): Promise<readonly string[]> {
  const { failed, stdout, stderr } = await execa('go', ['list', '-mod=mod', '-m', '-versions', '--', module], {
    cwd,
    cancelSignal: signal,
    reject: false,
    env: { GOFLAGS: '', GOWORK: 'off' },
  });
  signal.throwIfAborted();
  if (!failed) return stdout.trim().split(' ').slice(1);
  throw new Problem({
    code: 'no-releases',
    message: `The releases of ${module} could not be listed`,
    cure: 'Check its name, and that Go can reach its module proxy.',
    detail: stderr,
    blame: 'run',
  });
}

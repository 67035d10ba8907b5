/** What to ask next, where a comparison of two commits ended with a regression: which of the commits between them did it. */
import { findRepository, isAncestor, listCommits, resolve, shortSha } from '../artifact/repository.ts';
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { countOf } from '../report/figure.ts';
import type { Wish } from './compare-experiment.ts';

/** Whole sentences, each with a command that can be run as it stands; none where nothing got slower, or what was compared are no commits. */
export async function sayNext(
  { comparisons }: Pick<Result, 'comparisons'>,
  wish: Wish,
  { confirms, signal }: { readonly confirms: boolean; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  if (!comparisons.some(({ kind, verdict }) => kind === 'build' && verdict === 'regression')) return [];
  const between = await listBetween(wish, signal);
  const [first] = between;
  if (first === undefined) return [];
  const ask = (command: string, more: readonly string[] = []) =>
    ['seamark', command, ...[wish.base, wish.candidate, ...more, ...repeat(wish)].map(quote)].join(' ');
  if (between.length > 1) return [`Which of ${countOf(between.length, 'commit')} did it: ${ask('bisect')}`];
  return confirms ? [`Whether it is that commit: ${ask('confirm', ['--without', shortSha(first)])}`] : [];
}

/** Along first parents, as a search goes. Empty: no two commits of this repository, or the one does not lead to the other. */
async function listBetween({ base, candidate, cwd }: Wish, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const repository = await findRepository(cwd, signal);
    if (!repository) return [];
    const [from, to] = [await resolve(repository, base, signal), await resolve(repository, candidate, signal)];
    if (!(await isAncestor(repository, from, to, signal))) return [];
    const commits = await listCommits(repository, { from, to }, signal);
    return commits.filter(({ mainline }) => mainline).map(({ sha }) => sha);
  } catch (error) {
    // A folder, a module or the working tree: there is nothing to advise, and the answer stands without it.
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** What the experiment was made of, said again. */
function repeat({ spec, experiment, bench, package: pattern, build = [], run }: Wish): readonly string[] {
  const options = { spec, experiment, bench, package: pattern, run };
  return [
    ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...build.flatMap((command) => ['--build', command]),
  ];
}

/** As a shell takes it for one word. */
function quote(word: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

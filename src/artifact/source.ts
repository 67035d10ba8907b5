/**
 * What a level of the factor `build` names, as a folder that can be built: a folder in place, a commit or the working tree of the
 * subject's repository, a version of a Go module, a prebuilt file; with changes taken out or dependencies put in. The user's
 * repository and working tree are only read; copies lie in the cache folder, under a hash of what is in them.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem, type Warning } from '../model/problem.ts';
import { putDependency } from './dependency.ts';
import { downloadModule, unpackModule } from './go-module.ts';
import { keepSource, keyOf, makeAside, removeTree } from './kept-folder.ts';
import { type Named, nameSource, requireNoCopy } from './named-source.ts';
import { openPrebuilt } from './prebuilt.ts';
import { lookUp, type Repository, shortSha } from './repository.ts';
import { openBaseline as openSaved, readBaselineText } from './saved-baseline.ts';
import { isPath, type SourceChange } from './source-text.ts';
import { type Base, pathFromTop, setBack, takeOut } from './taken-out.ts';
import { checkOut, contentOf, type Tree, treeOfCommit } from './tree.ts';
import { readWorkingTree } from './working-tree.ts';

/** One version of the subject, as the build factor names it. */
export interface BuildLevel {
  /** Undefined when the experiment has no build factor. */
  readonly level?: string;
  /** The subject's folder in this version. */
  readonly folder: string;
  /** Hash of sources that can never change; absent: a folder of the user's, built anew each time. */
  readonly content?: string;
  /** As people call it: `v1.4.0 (3f2a91c04)`, `HEAD (3f2a91c04) + changes in 2 files`. */
  readonly said?: string;
  /** A prebuilt program, which stands for what would be built. */
  readonly file?: string;
  /** Variables of its build. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly notes?: readonly Warning[];
}

export interface SourceOptions {
  /** The subject's own folder: levels are seen from there. */
  readonly folder: string;
  /** Level that paths are set back to. */
  readonly baseline?: string | undefined;
  /** The whole environment of a build. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limitS: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with a Problem that says what there is instead. */
export async function openSource(level: string, options: SourceOptions): Promise<BuildLevel> {
  const saved = readBaselineText(level);
  if (saved !== undefined) return openSaved(level, saved, options.folder);
  const aside = await makeAside();
  try {
    return { level, ...(await open(level, options, aside)) };
  } finally {
    await removeTree(aside);
  }
}

async function open(level: string, options: SourceOptions, aside: string): Promise<BuildLevel> {
  const named = await nameSource(level, options.folder, options.signal);
  const variables = variablesOf(named.text.changes);
  const own = Object.keys(variables).length > 0 ? { environment: variables } : {};
  if (named.kind === 'folder' || named.kind === 'file') {
    requireNoCopy(named.text, level);
    return named.kind === 'folder' ? { folder: named.folder, ...own } : openPrebuilt(named.file, options.folder);
  }
  if (named.kind === 'module') return { ...(await openModule(named, options)), ...own };
  const { repository } = named;
  const base = await openBase(named, options, aside);
  const tree = await changeTree(base, named.text.changes, options, aside);
  const changes = named.text.changes.filter(isDependency);
  const content = keyOf(await contentOf(tree, options.signal), changes, variables);
  const { tree: top, notes } = await keepSource(content, async (place) => {
    const said = await checkOut(tree, place, aside, options.signal);
    await putDependencies(changes, place, join(place, repository.prefix), options);
    return said;
  });
  const folder = join(top, repository.prefix);
  if (!(await isFolder(folder))) {
    throw new Problem({
      code: 'no-such-build',
      message: `\`${level}\` has no folder ${repository.prefix}, where the subject is`,
      cure: 'Name a version in which the subject is where it is now.',
      blame: 'input',
    });
  }
  const clauses = level.slice(named.text.base.length).trim();
  return {
    folder,
    content: keyOf(content, repository.prefix),
    said: [base.said, clauses].filter(Boolean).join(' '),
    ...own,
    notes: [...named.notes, ...tree.notes, ...notes],
  };
}

interface NamedBase extends Base {
  readonly said: string;
}

async function openBase(
  named: Extract<Named, { kind: 'commit' | 'worktree' }>,
  { signal }: SourceOptions,
  aside: string,
): Promise<NamedBase> {
  const { repository } = named;
  const text = named.text.base;
  if (named.kind === 'commit') {
    const short = shortSha(named.sha);
    const said = named.sha.startsWith(text) ? short : `${text} (${short})`;
    return { tree: await treeOfCommit(repository, named.sha, signal), sha: named.sha, text, said };
  }
  const { tree, changed } = await readWorkingTree(repository, aside, signal);
  const head = await lookUp(repository, 'HEAD', signal);
  const changes =
    changed.length === 0 ? '' : ` + changes in ${changed.length === 1 ? changed[0] : `${changed.length} files`}`;
  return {
    tree,
    sha: head?.sha ?? '',
    text,
    said: `${head ? `HEAD (${shortSha(head.sha)})` : 'no commit yet'}${changes}`,
  };
}

async function changeTree(
  base: Base,
  changes: readonly SourceChange[],
  options: SourceOptions,
  aside: string,
): Promise<Tree> {
  const { signal } = options;
  const { repository } = base.tree;
  const items = changes.flatMap((change) => (change.kind === 'without' ? change.items : []));
  const commits: string[] = [];
  const paths: string[] = [];
  for (const item of items) {
    const commit = isPath(item) ? undefined : await lookUp(repository, item, signal);
    if (commit) commits.push(commit.sha);
    else paths.push(pathFromTop(item, repository.prefix));
  }
  const tree = commits.length > 0 ? await takeOut(base, commits, { aside, signal }) : base.tree;
  if (paths.length === 0) return tree;
  return setBack({ ...base, tree }, await openBaseline(repository, options, aside), paths, { aside, signal });
}

async function openBaseline(
  repository: Repository,
  { baseline, folder, signal }: SourceOptions,
  aside: string,
): Promise<Tree> {
  const named = baseline === undefined ? undefined : await nameSource(baseline, folder, signal);
  if (named?.kind === 'commit') return treeOfCommit(repository, named.sha, signal);
  if (named?.kind === 'worktree') return (await readWorkingTree(repository, aside, signal)).tree;
  throw new Problem({
    code: 'no-baseline-version',
    message: 'A path is set back to the version of the baseline, which is no version of this repository',
    cure: 'Make a commit, a branch or a tag the baseline.',
    blame: 'input',
  });
}

const isDependency = (change: SourceChange) => change.kind === 'module' || change.kind === 'crate';

function variablesOf(changes: readonly SourceChange[]): Record<string, string> {
  return Object.fromEntries(
    changes.flatMap((change) => (change.kind === 'variable' ? [[change.name, change.value]] : [])),
  );
}

async function putDependencies(
  changes: readonly SourceChange[],
  top: string,
  folder: string,
  options: SourceOptions,
): Promise<void> {
  const { environment, limitS, signal } = options;
  const step = { folder, environment, variables: {}, limitS, ...(signal ? { signal } : {}) };
  for (const change of changes) {
    if (change.kind === 'module' || change.kind === 'crate') await putDependency(change, top, step);
  }
}

async function openModule(named: Extract<Named, { kind: 'module' }>, options: SourceOptions): Promise<BuildLevel> {
  const { changes } = named.text;
  if (changes.some(({ kind }) => kind === 'without')) {
    throw new Problem({
      code: 'no-history',
      message: `${named.module}@${named.version} is a module without a history: nothing can be taken out of it`,
      cure: 'Clone its repository, and name a commit or a tag there.',
      blame: 'input',
    });
  }
  const found = await downloadModule(named.module, named.version, options);
  const wanted = changes.filter(isDependency);
  const content = keyOf('module', found.module, found.sum, wanted, variablesOf(changes));
  const { tree: folder, notes } = await keepSource(content, async (place) => {
    const said = await unpackModule(found, place, options);
    await putDependencies(wanted, place, place, options);
    return said;
  });
  const clauses = changes.length > 0 ? named.text.changes.map(sayChange) : [];
  return { folder, content, said: [`${found.module}@${found.version}`, ...clauses].join(' '), notes };
}

function sayChange(change: SourceChange): string {
  if (change.kind === 'without') return `without ${change.items.join(', ')}`;
  if (change.kind === 'variable') return `with ${change.name}=${change.value}`;
  return `with ${change.kind === 'crate' ? 'crate ' : ''}${change.name}@${change.version}`;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

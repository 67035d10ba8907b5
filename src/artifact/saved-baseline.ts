/**
 * Baselines that were saved: the sources of a version under `.seamark/baselines/NAME/`, so that it can be built and measured anew
 * beside today's. No number of then is ever set beside one of now.
 */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { Problem, type Warning } from '../model/problem.ts';
import { keepSource, keyOf, shelfFolder } from './kept-folder.ts';
import { openPrebuilt } from './prebuilt.ts';
import type { BuildLevel } from './source.ts';

const SCHEMA = 'seamark/baseline@1';
const FACTS = 'baseline.json';
const TREE = 'tree';
const LEVEL = /^baseline:(.+)$/;

export interface SavedBaseline {
  readonly name: string;
  /** As it was named: `HEAD~1`, `.`. */
  readonly of: string;
  /** As people call it: `HEAD (3f2a91c04) + changes in 2 files`. */
  readonly said: string;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  /** Of the sources. */
  readonly content: string;
  /** The subject's folder within them; '' for the top. */
  readonly prefix: string;
  /** A prebuilt program, by the name it has within them. */
  readonly file?: string;
  /** Tool -> what it said of its version. */
  readonly toolchain: Readonly<Record<string, string>>;
}

/** `baseline:nightly`; undefined for any other level. No ref of git holds a colon. */
export function readBaselineText(level: string): string | undefined {
  return LEVEL.exec(level)?.[1];
}

export const baselineLevel = (name: string): string => `baseline:${name}`;

/** Letters, digits, `.`, `_` and `-`: it names a folder. Throws a Problem. */
export function requireBaselineName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return;
  throw new Problem({
    code: 'bad-baseline-name',
    message: `\`${name.slice(0, 80)}\` can not name a baseline`,
    cure: 'use up to 64 letters, digits, `.`, `_` and `-`, a letter or digit first',
    blame: 'input',
  });
}

/** Those of the project, by name. */
export function listBaselines(project: string): readonly SavedBaseline[] {
  const folder = shelfOf(project);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readFacts(join(folder, name)) ?? []);
}

/** Whole or not there; answers the one of that name it replaced, if any. */
export async function saveBaseline(
  project: string,
  name: string,
  { level = '.', folder, content, said, file }: BuildLevel,
): Promise<SavedBaseline | undefined> {
  requireBaselineName(name);
  const shelf = shelfOf(project);
  const place = join(shelf, name);
  const before = readFacts(place);
  const aside = join(shelf, `.${name}.${process.pid}.new`);
  const top = file === undefined ? topOf(folder, content) : dirname(file);
  await mkdir(aside, { recursive: true });
  try {
    // One by one: a project in place holds the folder that it is copied to.
    await mkdir(join(aside, TREE));
    for (const entry of readdirSync(top).filter(isSource)) {
      cpSync(join(top, entry), join(aside, TREE, entry), { recursive: true, verbatimSymlinks: true, filter: isSource });
    }
    const facts: SavedBaseline & { readonly schema: string } = {
      schema: SCHEMA,
      ...{ name, of: level, said: said ?? level, savedAt: new Date().toISOString() },
      content: content ?? keyOf('saved', top, Date.now()),
      prefix: file === undefined ? relative(top, folder) : '',
      ...(file === undefined ? {} : { file: basename(file) }),
      toolchain: await readToolchain(),
    };
    await writeFile(join(aside, FACTS), `${JSON.stringify(facts, null, 2)}\n`);
    await rm(place, { recursive: true, force: true });
    await rename(aside, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return before;
}

/** The sources as they were saved, in the cache folder: within the user's tree, workspaces above would claim them. */
export async function openBaseline(level: string, name: string, subjectFolder: string): Promise<BuildLevel> {
  const { place, facts } = requireBaseline(name, subjectFolder);
  const notes = warnOfMoved(facts, await readToolchain());
  const said = `${name}: ${facts.said}, saved ${facts.savedAt.slice(0, 10)}`;
  if (facts.file !== undefined) {
    return { ...(await openPrebuilt(join(place, TREE, facts.file), subjectFolder)), level, said, notes };
  }
  const content = keyOf('baseline', facts.content, facts.savedAt);
  const { tree } = await keepSource(content, async (folder) => {
    cpSync(join(place, TREE), folder, { recursive: true, verbatimSymlinks: true });
    return [];
  });
  return { level, folder: join(tree, facts.prefix), content, said, notes };
}

/** Throws a Problem where there is none of that name. */
export function requireBaseline(
  name: string,
  subjectFolder: string,
): { readonly place: string; readonly facts: SavedBaseline } {
  requireBaselineName(name);
  const place = findSaved(subjectFolder, name);
  const facts = place === undefined ? undefined : readFacts(place);
  if (place === undefined || !facts) throw noSuchBaseline(subjectFolder, name);
  return { place, facts };
}

function warnOfMoved({ name, toolchain }: SavedBaseline, now: Readonly<Record<string, string>>): Warning[] {
  const moved = Object.keys(now).filter((tool) => toolchain[tool] !== undefined && toolchain[tool] !== now[tool]);
  if (moved.length === 0) return [];
  const said = moved.map((tool) => `${toolchain[tool]} → ${now[tool]}`).join(', ');
  const message = `the toolchain moved since the baseline ${name} was saved (${said}); both sides are built with today's`;
  return [
    { code: 'toolchain-moved', message, cure: 'save the baseline anew where the old toolchain is to be compared' },
  ];
}

/** A copy of Seamark's own is copied whole; of a folder in place that is the folder itself. */
function topOf(folder: string, content: string | undefined): string {
  if (content === undefined) return folder;
  const [key = ''] = relative(shelfFolder('sources'), folder).split('/');
  return join(shelfFolder('sources'), key, TREE);
}

const isSource = (path: string): boolean => !['.git', '.seamark', 'target', 'node_modules'].includes(basename(path));

const shelfOf = (project: string): string => join(project, '.seamark', 'baselines');

/** In the subject's folder or above it, where studies are kept too. */
function findSaved(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(shelfOf(folder), name);
    if (existsSync(join(place, FACTS))) return place;
    if (dirname(folder) === folder) return undefined;
  }
}

function noSuchBaseline(folder: string, name: string): Problem {
  const known = new Set<string>();
  for (let above = folder; ; above = dirname(above)) {
    for (const saved of listBaselines(above)) known.add(saved.name);
    if (dirname(above) === above) break;
  }
  return new Problem({
    code: 'no-such-baseline',
    message: `there is no baseline \`${name}\``,
    cure:
      known.size === 0
        ? `save one with \`seamark compare --save-baseline ${name}\``
        : `there ${known.size === 1 ? 'is' : 'are'} ${[...known].join(', ')}`,
    blame: 'input',
  });
}

/** Undefined for what is no baseline of ours. */
function readFacts(place: string): SavedBaseline | undefined {
  try {
    const { schema, ...facts } = JSON.parse(readFileSync(join(place, FACTS), 'utf8'));
    return schema === SCHEMA ? (facts as SavedBaseline) : undefined;
  } catch {
    return undefined; // absent, cut or foreign: nothing that could be measured
  }
}

/** Absent where the tool is. */
async function readToolchain(): Promise<Record<string, string>> {
  const asked = await Promise.all(
    [
      ['go', 'version'],
      ['rustc', '--version'],
    ].map(async ([tool = '', word = '']) => {
      const { failed, stdout } = await execa(tool, [word], { reject: false });
      return failed ? [] : [[tool, stdout.trim()] as const];
    }),
  );
  return Object.fromEntries(asked.flat());
}

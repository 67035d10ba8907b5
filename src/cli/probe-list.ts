/** `seamark probe --list`: the sites of packages, which are built and not run, or of a program that was built with the probe. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { execa } from 'execa';
import { instrumentBuild } from '../instrument/probe-environment.ts';
import { idlePatterns, type ListedSite, listSites, type SiteFilter, type SiteList } from '../instrument/site-list.ts';
import { Problem } from '../model/problem.ts';
import { painter, printable, wrap } from '../report/terminal.ts';
import { type Column, layTable } from '../report/text-table.ts';

export const SITES_SCHEMA = 'seamark/sites@1';

export interface SitesAnswer extends SiteList {
  readonly schema: typeof SITES_SCHEMA;
  readonly command: readonly string[];
  /** Packages of Go's own library that call C: not probed. */
  readonly standard: readonly string[];
  /** Patterns of --site and --not that fit none of the sites. */
  readonly idle: readonly string[];
}

/** Flags of the go command that decide which files are compiled; what else is said to it does not change a site. */
const DECIDING = new Set(['C', 'tags', 'mod', 'modfile', 'overlay', 'race', 'msan', 'asan']);
/** Flags that stand alone; every other takes the next word for its value when it has no `=`. */
const ALONE = new Set(
  'a asan benchmem c cover failfast fullpath i json linkshared modcacherw msan n race short trimpath v work x'.split(
    ' ',
  ),
);
const VERBS = new Set(['build', 'install', 'run', 'test', 'vet']);

/** Rejects with a Problem: what can't be listed without being run, what does not build, what holds no probe. */
export async function answerSites(
  words: readonly string[],
  filter: SiteFilter,
  { toolexec, goflags }: { readonly toolexec: string; readonly goflags: string },
): Promise<SitesAnswer> {
  const [program = '', verb = ''] = words;
  const answer = { schema: SITES_SCHEMA, command: words } as const;
  if (basename(program) !== 'go' && isFile(program)) {
    const list = listSites([program], filter);
    if (list.sites.length + list.unprobed.length === 0) throw holdsNone(program);
    return { ...answer, ...list, standard: [], idle: idlePatterns(filter, list.sites) };
  }
  const asked =
    basename(program) === 'go' && VERBS.has(verb) ? askedOfGo(words) : { flags: [], packages: patterns(words) };
  const { archives, standard } = await compile(asked, verb === 'test', instrumentBuild(toolexec, goflags));
  const list = listSites(archives, filter);
  return { ...answer, ...list, standard, idle: idlePatterns(filter, list.sites) };
}

/** What of `go test -race -run X ./...` go list has to be told. */
export function askedOfGo([, verb, ...words]: readonly string[]): { flags: string[]; packages: string[] } {
  const flags: string[] = [];
  const packages: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, name, joined] = /^--?([\w.]+)(=.*)?$/s.exec(word) ?? [];
    if (word === '--' || name === 'args') break;
    if (name === undefined) {
      packages.push(word);
      if (verb === 'run' && !word.endsWith('.go')) break; // the rest is the program's
      continue;
    }
    const value = joined === undefined && !ALONE.has(name) ? words[++at] : undefined;
    if (DECIDING.has(name)) flags.push(`-${name}${value === undefined ? (joined ?? '') : `=${value}`}`);
  }
  // go list wants -C first.
  flags.sort((a, b) => Number(b.startsWith('-C=')) - Number(a.startsWith('-C=')));
  return { flags, packages: packages.length > 0 ? packages : ['.'] };
}

function patterns(words: readonly string[]): string[] {
  if (words.every((word) => /^[^-]/.test(word) && (/\.\.\.|\//.test(word) || word === '.'))) return [...words];
  throw new Problem({
    code: 'not-listable',
    message: `What ${words.join(' ')} calls can't be listed without running it`,
    cure: 'Name packages or a program that was built with the probe: seamark probe --list -- ./..., seamark probe --list -- ./program',
    blame: 'input',
  });
}

/** Compiles packages and what they need with the probe, links nothing, runs nothing: the archives of those that call C. */
async function compile(
  { flags, packages }: { readonly flags: readonly string[]; readonly packages: readonly string[] },
  withTests: boolean,
  environment: Readonly<Record<string, string>>,
): Promise<{ archives: string[]; standard: string[] }> {
  const format = '{{if .CgoFiles}}{{.Standard}}\t{{.ImportPath}}\t{{.Export}}{{end}}';
  const words = ['list', ...flags, '-deps', ...(withTests ? ['-test'] : []), '-export', '-f', format, ...packages];
  const { failed, stdout, stderr, shortMessage } = await execa('go', words, { env: environment, reject: false });
  if (failed) {
    throw new Problem({
      code: 'build-failed',
      message: 'The packages could not be compiled with the probe, so their sites are not known',
      cure: 'See what the go command says; does it build without the probe?',
      blame: 'run',
      detail: stderr || shortMessage || '',
    });
  }
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t') as [string, string, string]);
  return {
    archives: lines.flatMap(([standard, , file]) => (standard === 'true' || file === '' ? [] : [file])),
    standard: lines.flatMap(([standard, name]) => (standard === 'true' ? [name] : [])),
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function holdsNone(program: string): Problem {
  return new Problem({
    code: 'not-probed',
    message: `${program} holds no site of the probe: it was built without it, or calls no C`,
    cure: `Build it from its source, to a file of its own: seamark probe -- go build -o ./${basename(program)}-probed PACKAGE`,
    blame: 'input',
  });
}

/** By package; why a site is not probed stands below, once for all that share the reason. */
export function renderSites({ sites, unprobed, standard, idle }: SitesAnswer, columns: number): string {
  const column = (head: string, of: (one: ListedSite) => string, least?: number): Column => ({
    head,
    align: 'left',
    cells: sites.map((one) => ({ text: of(one) })),
    ...(least === undefined ? {} : { least }),
  });
  const [head = '', ...rows] = layTable(
    [
      column('site', (one) => `  ${one.kind === 'callback' ? '↩ ' : ''}${printable(one.site)}`, 20),
      column('where', (one) => printable(one.where ?? '') + ((one.uses ?? 0) > 1 ? ` (${one.uses} uses)` : ''), 16),
      column('form', (one) => (one.kind === 'call' ? (one.form ?? 'call') : one.kind)),
      column('probed', (one) => (one.leftOut ? 'left out' : one.probed ? 'yes' : 'no')),
    ],
    columns,
    painter(false),
  );
  const lines = rows.flatMap((row, at) => {
    const name = sites[at]!.package;
    return name === sites[at - 1]?.package ? [row] : [printable(name), row];
  });
  const notes = [
    ...reasonsOf(sites),
    ...unprobed.map((one) => `not probed: ${printable(one.package)}: ${printable(one.reason)}`),
    ...(standard.length > 0 ? [`not probed: Go's own ${standard.join(', ')}`] : []),
    ...(idle.length > 0 ? [`no site fits ${idle.map((glob) => JSON.stringify(glob)).join(', ')}`] : []),
  ];
  const seen = sites.filter(isSeen).length;
  return [
    ...(sites.length > 0 ? [head] : []),
    ...lines,
    '',
    `${sites.length} ${sites.length === 1 ? 'site' : 'sites'}, ${seen} probed`,
    ...notes.flatMap((note) => hang(note, columns)),
    '',
  ].join('\n');
}

function reasonsOf(sites: readonly ListedSite[]): readonly string[] {
  const named = new Map<string, string[]>();
  for (const { site, probed, leftOut, reason = '' } of sites) {
    if (!probed && !leftOut) named.set(reason, [...(named.get(reason) ?? []), printable(site)]);
  }
  return [...named].map(([reason, names]) => `not probed: ${[...new Set(names)].join(', ')}: ${printable(reason)}`);
}

/** Later lines of a note are set in, so that each begins where the eye looks for it. */
function hang(note: string, columns: number): readonly string[] {
  const [first = '', ...later] = wrap(note, columns - 2);
  return [first, ...later.map((line) => `  ${line}`)];
}

const isSeen = ({ probed, leftOut }: ListedSite): boolean => probed && leftOut !== true;

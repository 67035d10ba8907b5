/** `seamark probe --list`: the sites of packages, which are built and not run, or of a program that was built with the probe. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { execa } from 'execa';
import { instrumentBuild } from '../instrument/probe-environment.ts';
import { type ListedSite, listSites, type SiteFilter, type SiteList } from '../instrument/site-list.ts';
import { Problem } from '../model/problem.ts';
import { printable } from '../report/terminal.ts';

export const SITES_SCHEMA = 'seamark/sites@1';

export interface SitesAnswer extends SiteList {
  readonly schema: typeof SITES_SCHEMA;
  readonly command: readonly string[];
  /** Packages of Go's own library that call C: not probed. */
  readonly standard: readonly string[];
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
    return { ...answer, ...list, standard: [] };
  }
  const asked =
    basename(program) === 'go' && VERBS.has(verb) ? askedOfGo(words) : { flags: [], packages: patterns(words) };
  const { archives, standard } = await compile(asked, verb === 'test', instrumentBuild(toolexec, goflags));
  return { ...answer, ...listSites(archives, filter), standard };
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
    cure: `Build it so: seamark probe -- go build -o ${program}`,
    blame: 'input',
  });
}

export function renderSites({ sites, unprobed, standard }: SitesAnswer): string {
  const rows = sites.map((one) => [
    printable(one.package),
    `${one.kind === 'callback' ? '↩ ' : ''}${printable(one.site)}`,
    printable(one.where ?? '') + ((one.uses ?? 0) > 1 ? ` (${one.uses} uses)` : ''),
    one.kind === 'call' ? (one.form ?? 'call') : one.kind,
    one.leftOut ? 'left out' : one.probed ? 'yes' : `no: ${one.reason ?? ''}`,
  ]);
  const heads = ['package', 'site', 'where', 'form', 'probed'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const seen = sites.filter(isSeen).length;
  return [
    ...[heads, ...rows].map(line),
    '',
    `${sites.length} ${sites.length === 1 ? 'site' : 'sites'}, ${seen} probed`,
    ...unprobed.map((one) => `not probed: ${printable(one.package)}: ${printable(one.reason)}`),
    ...(standard.length > 0 ? [`not probed: Go's own ${standard.join(', ')}`] : []),
    '',
  ].join('\n');
}

const isSeen = ({ probed, leftOut }: ListedSite): boolean => probed && leftOut !== true;

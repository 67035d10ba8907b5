/**
 * Sites of a program without running it: the compiler hook leaves a line for each place in every object (go/toolexec/list.go),
 * in a section that is not loaded and that `-s -w` does not remove. Whatever holds the object holds the line.
 */
import { readFileSync } from 'node:fs';
import { KIND, SITE_FLAGS } from '../format/layout-gen.ts';

export interface ListedSite {
  readonly site: string;
  readonly kind: 'call' | 'callback' | 'copy';
  readonly package: string;
  /** `file.go:12` of the first use, or of the declaration of a callback; absent where none is written. */
  readonly where?: string;
  /** How often the source names it, in either form; absent for callbacks and where it is not known. */
  readonly uses?: number;
  /** errno: the program asks for it, `_, err := C.f()`; both: here so, there not. Callbacks and copies have none. */
  readonly form?: 'plain' | 'errno' | 'both';
  readonly probed: boolean;
  /** Why not. */
  readonly reason?: string;
  /** The filters of this run leave it out: crossed at the price of a probe that is off, and not seen. */
  readonly leftOut?: boolean;
}

export interface SiteList {
  readonly sites: readonly ListedSite[];
  /** Packages that call C and are not probed at all. */
  readonly unprobed: readonly { readonly package: string; readonly reason: string }[];
}

/** Patterns as SEAMARK_SITES has them. */
export interface SiteFilter {
  readonly only: readonly string[];
  readonly not: readonly string[];
}

const SITE_MARK = 'seamark-site@1\t';
const UNPROBED_MARK = 'seamark-unprobed@1\t';
const SITE = /^(\d+)\t([01])\t(\d+)\t(\d+)\t([^\t]*)\t([^\t]+)\t([^\t]*)(?:\t(\d+))?$/;
/** What it names is no C function: the pins of a package that can't be counted. */
const PIN = 'runtime.Pinner.Pin';

/** Of programs, libraries or archives of objects; in order of package, file and line. Throws what reading throws. */
export function listSites(files: readonly string[], filter: SiteFilter = { only: [], not: [] }): SiteList {
  const sites = new Map<string, ListedSite>();
  const unprobed = new Map<string, string>();
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const line of linesAfter(bytes, SITE_MARK)) {
      const one = readSite(line);
      if (one) join(sites, one);
    }
    for (const line of linesAfter(bytes, UNPROBED_MARK)) {
      const [name, reason] = line.split('\t');
      if (name && reason) unprobed.set(name, reason);
    }
  }
  const order = (one: ListedSite) => `${one.package}\0${(one.where ?? '').replace(/\d+$/, (n) => n.padStart(9, '0'))}`;
  return {
    sites: [...sites.values()]
      .map((one) => (leavesOut(filter, one) ? { ...one, leftOut: true } : one))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    unprobed: [...unprobed].map(([name, reason]) => ({ package: name, reason })),
  };
}

function linesAfter(bytes: Buffer, mark: string): string[] {
  const lines: string[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    const end = bytes.indexOf(10, at);
    // Paths have at most 4,096 bytes: what is longer was never a line of ours.
    if (end >= 0 && end - at < 16_384) lines.push(bytes.toString('utf8', at + mark.length, end));
  }
  return lines;
}

function readSite(line: string): ListedSite | undefined {
  const [, kind, errno, flags, at, file, symbol, package_, uses] = SITE.exec(line) ?? [];
  if (kind === undefined || symbol === undefined) return undefined;
  const unpatched = (Number(flags) & SITE_FLAGS.UNPATCHED) !== 0;
  const name = Number(kind) === KIND.CALLBACK ? 'callback' : Number(kind) === KIND.COPY ? 'copy' : 'call';
  return {
    site: symbol,
    kind: name,
    package: package_ ?? '',
    ...(file ? { where: Number(at) > 0 ? `${file}:${at}` : file } : {}),
    ...(Number(uses) > 0 ? { uses: Number(uses) } : {}),
    ...(name === 'call' && symbol !== PIN && !symbol.startsWith('C.')
      ? { form: errno === '1' ? 'errno' : 'plain' }
      : {}),
    probed: !unpatched,
    ...(unpatched ? { reason: reasonOf(symbol) } : {}),
  };
}

function reasonOf(symbol: string): string {
  return symbol === PIN
    ? 'pins in a file that does not import "C", and those of a method taken as a value, are not counted'
    : 'cgo wrote it in a form that is unknown to the probe';
}

/** A function that is called in both forms has two places and is one site. */
function join(sites: Map<string, ListedSite>, one: ListedSite): void {
  const key = [one.kind, one.package, one.site].join('\0');
  const known = sites.get(key);
  if (!known) sites.set(key, one);
  else if (known.form !== one.form) sites.set(key, { ...known, form: 'both' });
}

/** As the probe itself decides (go/toolexec/probe/control.c.txt). */
export function leavesOut({ only, not }: SiteFilter, site: NamedSite): boolean {
  const fits = (glob: string) => fitsGlob(glob, site);
  return not.some(fits) || (only.length > 0 && !only.some(fits));
}

/** Patterns that none of these sites fits: most likely mistyped. */
export function idlePatterns({ only, not }: SiteFilter, sites: readonly NamedSite[]): readonly string[] {
  return [...only, ...not].filter((glob) => !sites.some((site) => fitsGlob(glob, site)));
}

type NamedSite = Pick<ListedSite, 'site' | 'package'>;

function fitsGlob(glob: string, site: NamedSite): boolean {
  const pattern = new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );
  return pattern.test(site.site) || pattern.test(`${site.package}.${site.site}`);
}

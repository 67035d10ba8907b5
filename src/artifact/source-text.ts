/** How a level of `build` is written: what is built, and what is taken out of it or put in. */
import { Problem } from '../model/problem.ts';

export interface SourceText {
  /** A folder, a ref, `.`, `worktree`, `module@version` or a file. */
  readonly base: string;
  readonly changes: readonly SourceChange[];
}

/** without: commits reverted, or paths as the baseline has them · with: a dependency at a version, or a variable of the build. */
export type SourceChange =
  | { readonly kind: 'without'; readonly items: readonly string[] }
  | { readonly kind: 'module'; readonly name: string; readonly version: string }
  | { readonly kind: 'crate'; readonly name: string; readonly version: string }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string };

/** `HEAD~1 without 3f2a91c04, core/src with GOFLAGS=-tags=slow`. Throws a Problem. */
export function readSourceText(text: string): SourceText {
  const [base = '', ...rest] = text.split(/\s+(?=(?:without|with)\s)/);
  return { base: base.trim(), changes: rest.flatMap(readChange) };
}

function readChange(clause: string): SourceChange[] {
  const [, word = '', said = ''] = /^(\w+)\s+(.*)$/s.exec(clause) ?? [];
  // A value may hold commas: several variables are several clauses.
  const variable = /^([A-Za-z_]\w*)=(.*)$/s.exec(said);
  if (word === 'with' && variable) return [{ kind: 'variable', name: variable[1] ?? '', value: variable[2] ?? '' }];
  const items = said.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) throw refuse(clause);
  if (word === 'without') return [{ kind: 'without', items }];
  return items.map((item) => {
    const [, crate, name = '', version = ''] = /^(crate\s+)?([^\s@]+)@(\S+)$/.exec(item) ?? [];
    if (name === '' || name.startsWith('-') || version.startsWith('-')) throw refuse(clause);
    return { kind: crate ? 'crate' : 'module', name, version };
  });
}

function refuse(clause: string): Problem {
  return new Problem({
    code: 'bad-build',
    message: `\`${clause}\` is not understood`,
    cure: 'Write `without COMMIT`, `without PATH`, `with MODULE@VERSION`, `with crate NAME@VERSION` or `with NAME=VALUE`.',
    blame: 'input',
  });
}

/** `github.com/mattn/go-sqlite3@v1.14.24`: its first part has a dot, as a host has; `main@{1}` is a ref. */
export function readModuleText(base: string): { readonly module: string; readonly version: string } | undefined {
  const found = /^([A-Za-z0-9][\w-]*(?:\.[\w-]+)+(?:\/[\w.~-]+)*)@([\w.+-]+)$/.exec(base);
  return found ? { module: found[1] ?? '', version: found[2] ?? '' } : undefined;
}

/** `./before`, `../before`, `/before`: a place on the disk and nothing else. */
export function isPath(base: string): boolean {
  return /^\.{0,2}\//.test(base) || base === '..';
}

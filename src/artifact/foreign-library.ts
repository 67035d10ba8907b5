/** The foreign library of each build, as one that can be loaded beside the others. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expand, expandAll } from '../machine/variables.ts';
import { Problem } from '../model/problem.ts';
import { isArchive, isOffered, type Linking, listArchiveNames, shareArchive } from './archive.ts';
import type { Artifact } from './artifact.ts';
import { type ElfSymbol, listSymbols, measureLoaded, preferOwnSymbols, readElf } from './elf.ts';
import type { HostBuild } from './switched-host.ts';

export interface Library {
  /** Text of the build's level. */
  readonly build: string;
  readonly bytes: Buffer;
  /** Bytes that it takes in memory. */
  readonly span: number;
  /** What it offers to a host. */
  readonly symbols: readonly ElfSymbol[];
  /** It was a shared library from the start. */
  readonly shared: boolean;
}

/**
 * The library of one build, as a shared one that calls itself and not the switch. `aside` is a file for what is made of a static
 * one. Rejects with a Problem: `library-missing`, which the spec is to blame for, or why it can't be loaded.
 */
export async function openLibrary(build: HostBuild, artifact: Artifact, aside: string): Promise<Library> {
  const said = build.subject.library ?? '';
  const file = resolve(artifact.folder, expand(said, { OUT: artifact.out }));
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new Problem({
      code: 'library-missing',
      message: `\`library\` names ${said}, which is not there after ${artifact.build ?? 'the subject'} was built`,
      cure: 'Name the .a or .so of the foreign side that the build makes and the host is linked with.',
      blame: 'input',
    });
  }
  let bytes = await readFile(file);
  const archive = isArchive(bytes);
  if (archive) {
    const names = listArchiveNames(bytes).filter(isOffered);
    await shareArchive(file, [...new Set(names)], aside, describeLinking(build, artifact.out, file));
    bytes = await readFile(aside);
  }
  const elf = readElf(bytes);
  const own = elf?.linked ? preferOwnSymbols(elf) : undefined;
  if (!elf || !own) throw notLoadable(said);
  const symbols = listSymbols(elf, 'dynamic').filter(({ name, exported }) => exported && isOffered(name));
  return { build: artifact.build ?? '', bytes: own, span: measureLoaded(elf), symbols, shared: !archive };
}

/** Functions that every build has: what only one has, a host that is the same for all of them can't call. */
export function listCommon(offered: readonly Library[]): string[] {
  const functions = offered.map(
    ({ symbols }) => new Set(symbols.filter(({ kind }) => kind === 'function').map(({ name }) => name)),
  );
  const common = [...(functions[0] ?? [])].filter((name) => functions.every((names) => names.has(name)));
  if (common.length > 0) return common.sort();
  throw new Problem({
    code: 'library-offers-nothing',
    message: 'no function is in the library of every build',
    blame: 'run',
  });
}

function notLoadable(said: string): Problem {
  return new Problem({
    code: 'library-not-loadable',
    message: `${said} is no library that can be loaded here`,
    blame: 'run',
  });
}

/** How the C compiler is asked, with the libraries that the subject names beside `library`. */
export function describeLinking(
  { subject, environment, experiment, signal }: HostBuild,
  out: string,
  library: string,
): Linking {
  const own = { ...environment, ...expandAll(subject.environment, { OUT: out }) };
  const words = (own.CGO_LDFLAGS ?? '').split(/\s+/).filter((word) => /^-[lL]./.test(word));
  const name = /lib(.+)\.a$/.exec(library)?.[1];
  return {
    libraries: words.filter((word) => word !== `-l${name}`),
    compiler: (own.CC ?? 'cc').split(/\s+/).filter(Boolean),
    environment: own,
    limitS: experiment.limits.buildS,
    ...(signal ? { signal } : {}),
  };
}

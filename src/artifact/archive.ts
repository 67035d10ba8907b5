/** A static library of C or Rust: the names that it offers, and a shared library made of it. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runInGroup } from '../machine/command-group.ts';
import { Problem } from '../model/problem.ts';

const MAGIC = '!<arch>\n';
const HEADER = 60;

export function isArchive(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, MAGIC.length) === MAGIC;
}

/** Names in the index that `ar` and `rustc` put first (System V and GNU form); empty without one. */
export function listArchiveNames(bytes: Buffer): string[] {
  const name = bytes.toString('latin1', MAGIC.length, MAGIC.length + 16).trimEnd();
  const wide = name === '/SYM64/';
  if (!isArchive(bytes) || !(wide || name === '/')) return [];
  const size = Number(bytes.toString('latin1', MAGIC.length + 48, MAGIC.length + 58));
  const begin = MAGIC.length + HEADER;
  const count = wide ? Number(bytes.readBigUInt64BE(begin)) : bytes.readUInt32BE(begin);
  const names = begin + (wide ? 8 : 4) * (count + 1);
  return bytes
    .toString('utf8', names, begin + size)
    .split('\0')
    .slice(0, count);
}

/** C names that a host may call: not what Rust, C++ and the compilers name for themselves, nor what the C library has. */
export function isOffered(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !/^(_Z|_R|__|_Unwind_|rust_)/.test(name) && !OF_THE_C_LIBRARY.has(name);
}

/** An allocator, or a Rust without the C library, brings these; the program has one of each whatever the library says. */
const OF_THE_C_LIBRARY = new Set(
  'malloc calloc realloc free posix_memalign aligned_alloc memalign valloc pvalloc malloc_usable_size memcpy memmove memset memcmp bcmp strlen _init _fini'.split(
    ' ',
  ),
);

export interface Linking {
  /** What the subject names beside it, such as -lssl. */
  readonly libraries: readonly string[];
  readonly compiler: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly limitS: number;
  readonly signal?: AbortSignal;
}

/**
 * Links what `names` need of the archive into a shared library that offers these names and no others, as Rust does for a cdylib.
 * Rejects with a Problem that has the linker's words: code that was not compiled for a shared library is the usual reason.
 */
export async function shareArchive(
  archive: string,
  names: readonly string[],
  into: string,
  how: Linking,
): Promise<void> {
  const script = join(dirname(into), 'names.map');
  const wanted = join(dirname(into), 'names.options');
  await writeFile(script, `{ global: ${names.map((name) => `${name};`).join(' ')} local: *; };\n`);
  await writeFile(wanted, names.map((name) => `-Wl,-u,${name}\n`).join(''));
  const words = ['-shared', '-o', into, `@${wanted}`, archive, ...how.libraries];
  const system = ['-Wl,--as-needed', '-lgcc_s', '-lpthread', '-ldl', '-lrt', '-lm'];
  await compile([...words, ...system, '-Wl,--gc-sections', `-Wl,--version-script=${script}`], how, {
    code: 'library-not-shareable',
    message: 'The static library could not be made a shared one, of which two builds fit into one process',
    cure: 'Compile it for that (-fPIC; Rust does), or name a shared one (crate-type = ["cdylib"]) in `library:`.',
  });
}

/** Runs the C compiler. Rejects with `failure` and its last words. */
export async function compile(
  words: readonly string[],
  { compiler, environment, limitS, signal }: Linking,
  failure: { readonly code: string; readonly message: string; readonly cure: string },
): Promise<void> {
  const [program = 'cc', ...first] = compiler;
  const options = { env: environment, timeoutMs: limitS * 1000, ...(signal ? { signal } : {}) };
  const { failed, stderr } = await runInGroup(program, [...first, ...words], options);
  if (!failed) return;
  const detail = stderr.trimEnd().split('\n').slice(-20).join('\n');
  throw new Problem({ ...failure, blame: 'run', ...(detail ? { detail } : {}) });
}

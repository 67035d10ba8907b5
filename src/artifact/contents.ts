/** What is inside a build: hashes of its executables, toolchain and flags, versions of Go modules and Rust crates. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { cacheFolder } from '../machine/cache-folder.ts';
import type { Contents } from './artifact.ts';
import { listNeeded, readElf } from './elf.ts';

export interface Where {
  readonly executables: readonly string[];
  readonly folder: string;
  readonly out: string;
  readonly project: string;
  readonly commands: readonly string[];
}

/** Never rejects for what is not there: a subject may hold no Go, no Rust, or neither. */
export async function describeContents(where: Where): Promise<Contents> {
  const executables = [];
  const go: Record<string, string> = {};
  const modules: Record<string, string> = {};
  const libraries = new Set<string>();
  for (const file of where.executables) {
    const { size } = await stat(file);
    for (const library of await readNeeded(file)) libraries.add(library);
    executables.push({ name: basename(file), sha256: await hashFile(file), bytes: size });
    const { stdout, failed } = await execa('go', ['version', '-m', file], { reject: false, stdin: 'ignore' });
    if (!failed) readGoVersion(stdout, where, go, modules);
  }
  return {
    executables,
    go,
    modules,
    libraries: [...libraries].sort(),
    crates: await readCrates(where.folder),
    commands: where.commands,
  };
}

/** None of a script, or of an executable that carries everything in itself. */
async function readNeeded(file: string): Promise<readonly string[]> {
  const elf = readElf(await readFile(file));
  return elf ? listNeeded(elf) : [];
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function readGoVersion(text: string, where: Where, go: Record<string, string>, modules: Record<string, string>): void {
  for (const [index, line] of text.split('\n').entries()) {
    const [, kind = '', name = '', version = ''] = line.split('\t');
    const toolchain = index === 0 && /: (go\S+)/.exec(line)?.[1];
    if (toolchain) go.toolchain = toolchain;
    else if (kind === 'dep') modules[name] = version;
    else if (kind === 'build') {
      const at = name.indexOf('=');
      if (at > 0) go[name.slice(0, at)] = withoutFolders(name.slice(at + 1), where);
    }
  }
}

/** No absolute path of this machine goes into a stored study. */
function withoutFolders(text: string, { out, folder, project }: Where): string {
  return [
    [out, '$OUT'],
    [folder, '.'],
    [project, '.'],
    [cacheFolder(), '$CACHE'],
    [homedir(), '~'],
  ].reduce((rest, [path, sign]) => (path && path !== '/' ? rest.replaceAll(path, sign ?? '') : rest), text);
}

const SKIPPED = new Set(['target', 'node_modules', 'vendor']);
const DEPTH = 3;

/** Every Cargo.lock of the subject, near the top. */
async function readCrates(folder: string, depth = 0): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let crates: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name === 'Cargo.lock')
      crates = { ...crates, ...readLock(await readFile(path, 'utf8')) };
    else if (entry.isDirectory() && depth < DEPTH && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) {
      crates = { ...crates, ...(await readCrates(path, depth + 1)) };
    }
  }
  return crates;
}

/** `name = "x"` and `version = "y"` follow each other in every `[[package]]`; two versions of a crate are both told. */
export function readLock(text: string): Record<string, string> {
  const crates: Record<string, string> = {};
  for (const [, name = '', version = ''] of text.matchAll(/^name = "([^"]+)"\r?\nversion = "([^"]+)"/gm)) {
    crates[name] = crates[name] && crates[name] !== version ? `${crates[name]}, ${version}` : version;
  }
  return crates;
}

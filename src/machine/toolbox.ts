/**
 * Seamark's own small Go programs, built on first use with the Go that is here and kept in the user's cache folder under
 * a hash of their sources and of that Go: a second call costs two file reads, an upgrade of either builds anew.
 */
import { createHash, randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { Problem } from '../model/problem.ts';
import { cacheFolder } from './cache-folder.ts';
import { packageRoot } from './package-root.ts';
import { howToGet } from './tools.ts';

/** clock: what the clocks cost and resolve here · launch: starts one run · toolexec: the compiler hook of the probe. */
export type ToolName = 'clock' | 'launch' | 'toolexec';
const TOOLS: readonly ToolName[] = ['clock', 'launch', 'toolexec'];

const ready = new Map<ToolName, Promise<string>>();

/** Absolute path of the tool's executable, built when it is not there yet. Rejects with a Problem that says the cure. */
export function ensureTool(name: ToolName): Promise<string> {
  const known = ready.get(name);
  if (known) return known;
  const made = makeTool(name, { sources: join(packageRoot(), 'go'), cache: cacheFolder() });
  ready.set(name, made);
  made.catch(() => ready.delete(name)); // the next call tries again: Go may have been installed meanwhile
  return made;
}

/** Where the sources stand and where executables go; a parameter so that tests need not touch the user's cache. */
export interface Workshop {
  /** The folder of the Go module. */
  readonly sources: string;
  readonly cache: string;
}

export async function makeTool(name: ToolName, workshop: Workshop): Promise<string> {
  const [goVersion, digest] = await Promise.all([readGoVersion(workshop), hashSources(name, workshop.sources)]);
  const key = createHash('sha256').update(`${goVersion}\n${process.arch}\n${digest}`).digest('hex').slice(0, 16);
  const folder = join(workshop.cache, 'tools', key);
  const file = join(folder, name);
  if (existsSync(file) && isExecutable(file)) return file;
  const aside = join(folder, `.${name}-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw cacheProblem(error.code === 'ENOSPC', error.message, error);
  });
  try {
    await runGo(['build', '-trimpath', '-buildvcs=false', '-o', aside, `./${name}`], workshop);
    await rename(aside, file); // whole or not there: two processes may build it at once
  } finally {
    await rm(aside, { force: true });
  }
  return file;
}

function cacheProblem(full: boolean, detail: string, cause: unknown): Problem {
  return new Problem(
    {
      code: full ? 'disk-full' : 'cache-not-writable',
      message: `${full ? 'the disk is full' : 'the cache folder can not be written'}: Seamark's own program could not be kept`,
      cure: full
        ? 'free some space, or name a folder elsewhere in SEAMARK_CACHE'
        : 'name a writable folder in SEAMARK_CACHE',
      blame: 'run',
      detail,
    },
    cause,
  );
}

async function runGo(words: readonly string[], workshop: Workshop): Promise<string> {
  try {
    const { stdout } = await execa('go', words, {
      cwd: workshop.sources,
      env: ownGoEnvironment(workshop.cache),
      extendEnv: false,
    });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') {
      throw new Problem(
        {
          code: 'go-missing',
          message: 'Go is not on this machine, and Seamark starts every run by a small Go program',
          cure: howToGet('go'),
          blame: 'run',
        },
        error,
      );
    }
    if (stderr?.includes('no space left on device')) throw cacheProblem(true, stderr, error);
    throw new Problem(
      {
        code: 'tool-build-failed',
        message: `Go could not build Seamark's own program (go ${words.join(' ')})`,
        cure: `Go 1.21 or newer is needed; ${howToGet('go')}`,
        blame: 'run',
        detail: stderr ?? String(error),
      },
      error,
    );
  }
}

/** The user's own Go settings (flags, another toolchain, a workspace, a cross build) are for their program, not for ours. */
function ownGoEnvironment(cache: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || (name.startsWith('GO') && !['GOROOT', 'GOCACHE', 'GOPATH'].includes(name))) continue;
    kept[name] = value;
  }
  const homeless = !kept.HOME && !kept.XDG_CACHE_HOME && !kept.GOCACHE;
  return {
    ...kept,
    ...(homeless ? { GOCACHE: join(cache, 'go-build') } : {}),
    GOENV: 'off',
    GOWORK: 'off',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
}

function readGoVersion(workshop: Workshop): Promise<string> {
  return runGo(['env', 'GOVERSION'], workshop);
}

/** Over everything of the module that the tool can import or embed: all but tests and the other tools' own folders. */
async function hashSources(name: ToolName, sources: string): Promise<string> {
  const others = TOOLS.filter((tool) => tool !== name);
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(sources, join(entry.parentPath, entry.name)))
    .filter((file) => !file.endsWith('_test.go') && !file.split('/').includes('testdata'))
    .filter((file) => !others.some((tool) => file.startsWith(`${tool}/`)))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = await readFile(join(sources, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

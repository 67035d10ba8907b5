/** A version of a Go module from the module proxy, as sources that can be built and tested as a main module. */
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInGroup } from '../machine/command-group.ts';
import { Problem, type Warning } from '../model/problem.ts';
import { missing } from './build-step.ts';

export interface GoModule {
  readonly module: string;
  /** Exact. */
  readonly version: string;
  /** Hash of its files, from the checksum database or go.sum. */
  readonly sum: string;
  /** In the module cache; read-only. */
  readonly folder: string;
}

export interface GoOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly limitS: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with a Problem that has the words of the proxy. */
export async function downloadModule(module: string, version: string, options: GoOptions): Promise<GoModule> {
  // Somewhere without a go.mod or go.work that would have a say.
  const { stdout, stderr, failed } = await askGo(['mod', 'download', '-json', `${module}@${version}`], '/', {
    ...options,
    environment: { ...options.environment, GOWORK: 'off', GOFLAGS: '-mod=mod' },
  });
  const facts = readFacts(stdout);
  if (!failed && facts.Dir && facts.Version && facts.Sum) {
    return { module, version: facts.Version, sum: facts.Sum, folder: facts.Dir };
  }
  const detail = facts.Error ?? stderr;
  const unknown =
    /40[34]|410|not found|unknown revision|no matching versions|invalid version|malformed module path/i.test(detail);
  throw new Problem({
    code: unknown ? 'no-such-module' : 'module-not-fetched',
    message: `${module}@${version} could not be had`,
    cure: unknown
      ? `Look which versions there are: \`go list -m -versions ${module}\`.`
      : 'Look whether the proxy that `go env GOPROXY` names can be reached from here.',
    blame: unknown ? 'input' : 'run',
    detail,
  });
}

function readFacts(stdout: string): { Version?: string; Dir?: string; Sum?: string; Error?: string } {
  try {
    return JSON.parse(stdout);
  } catch {
    return {}; // it said its reason on stderr
  }
}

/** Copies it, makes it writable, and completes what a dependency need not have and a main module needs. Says what was done. */
export async function unpackModule(
  { module, version, folder: from }: GoModule,
  folder: string,
  options: GoOptions,
): Promise<Warning[]> {
  await cp(from, folder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  await makeWritable(folder);
  const done: string[] = [];
  const go = async (words: readonly string[]) =>
    askGo(words, folder, { ...options, environment: { ...options.environment, GOWORK: 'off' } });
  if (!existsSync(join(folder, 'go.mod'))) {
    await go(['mod', 'init', module]);
    done.push('go mod init');
  }
  for (const path of await listLocalReplacements(folder)) {
    await go(['mod', 'edit', `-dropreplace=${path}`]);
    done.push(`go mod edit -dropreplace=${path}`);
  }
  const list = ['list', '-mod=readonly', '-test', '-deps', '-f', '{{.ImportPath}}', './...'];
  const fetched = ['mod', 'download', 'all'];
  for (const words of [fetched, ['mod', 'tidy', '-e']]) {
    const { failed, stderr } = await go(list);
    if (!failed || !/go\.sum|updates to go\.mod|no required module provides|mod tidy/.test(stderr)) break;
    await go(words);
    done.push(`go ${words.join(' ')}`);
  }
  if (done.length === 0) return [];
  const message = `${module}@${version} is built as a main module, which took \`${done.join('`, `')}\` in a copy of it`;
  return [{ code: 'module-completed', message }];
}

/** Those that point to a folder beside the module, which its archive does not hold. */
async function listLocalReplacements(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'go.mod'), 'utf8');
  return [...text.matchAll(/^\s*(?:replace\s+)?([^\s(/]\S*)(?:\s+v\S+)?\s+=>\s+\.\.?\/\S*/gm)].map(
    (found) => found[1] ?? '',
  );
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
}

async function askGo(words: readonly string[], cwd: string, { environment, limitS, signal }: GoOptions) {
  const result = await runInGroup('go', words, {
    cwd,
    env: environment,
    timeoutMs: limitS * 1000,
    ...(signal ? { signal } : {}),
  });
  if (result.code === 'ENOENT') throw missing('go', 'A Go module is fetched by go, which is not on this machine');
  return result;
}

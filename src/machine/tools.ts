/** Which programs around Seamark are here, in which version, what each serves and how to get it. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import requirements from './requirements.json' with { type: 'json' };

/** always: nothing runs without it · rust: needed for Rust subjects · test: only for `npm test` · optional: more evidence. */
export type Need = 'always' | 'rust' | 'test' | 'optional';

interface Requirement {
  readonly name: string;
  /** Names it goes by; the first that is found is taken. */
  readonly commands: readonly string[];
  /** Arguments that make it print its version, and a pattern that finds it there. */
  readonly version: readonly string[];
  readonly pattern: string;
  readonly minimum?: string;
  readonly need: string;
  readonly serves: string;
  readonly get: string;
  readonly debian?: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly need: Need;
  /** Absent: the tool is not here, or does not answer. */
  readonly version?: string;
  readonly minimum?: string;
  readonly tooOld: boolean;
  readonly serves: string;
  readonly get: string;
}

const REQUIREMENTS: readonly Requirement[] = requirements.tools;

/** One plain line for a message's cure. */
export function howToGet(name: string): string {
  const found = REQUIREMENTS.find((tool) => tool.name === name);
  if (!found) throw new Error(`nothing is known of a tool called ${name}`);
  return found.get;
}

/** Looks for all tools at once, or for those named: 50 ms, a browser 500 ms. In the order of requirements.json. */
export function findTools(
  options: { readonly names?: readonly string[]; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<readonly Tool[]> {
  const { names, environment = process.env } = options;
  const wanted = REQUIREMENTS.filter((requirement) => names?.includes(requirement.name) ?? true);
  return Promise.all(wanted.map((requirement) => findTool(requirement, environment)));
}

/** A tool without which nothing can be measured: missing, or older than what is needed. */
export function isUnmet(tool: Tool): boolean {
  return (tool.need === 'always' || tool.need === 'rust') && (tool.version === undefined || tool.tooOld);
}

async function findTool(requirement: Requirement, environment: NodeJS.ProcessEnv): Promise<Tool> {
  const { name, serves, get, minimum } = requirement;
  const version = await readVersion(requirement, environment);
  return {
    name,
    need: requirement.need as Need,
    ...(version === undefined ? {} : { version }),
    ...(minimum === undefined ? {} : { minimum }),
    tooOld: version !== undefined && minimum !== undefined && compareVersions(version, minimum) < 0,
    serves,
    get,
  };
}

async function readVersion(requirement: Requirement, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const command of requirement.commands) {
    const file = await findOnPath(command, environment);
    if (!file) continue;
    const { stdout, stderr, failed } = await execa(file, requirement.version, {
      reject: false,
      timeout: 10_000,
      env: environment,
      extendEnv: false,
    });
    const found = new RegExp(requirement.pattern).exec(`${stdout}\n${stderr}`)?.[1];
    if (!failed && found) return found;
  }
  return undefined;
}

/** Absolute path of an executable, searched as a shell would. */
export async function findOnPath(
  command: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, command);
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return undefined;
}

/** Negative when `a` is older than `b`; missing parts count as zero. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

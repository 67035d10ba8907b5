/**
 * Builds of sources that can never change are kept under a hash of all that goes into them: sources, commands, variables that
 * compilers read, versions of the compilers. A second study of the same version builds nothing.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Experiment } from '../model/experiment.ts';
import type { Artifact } from './artifact.ts';
import { keyOf, noteSize, noteUse, shelfFolder } from './kept-folder.ts';
import { shareCargoTargets } from './share-target.ts';
import type { BuildLevel } from './source.ts';

export interface KeptPlace {
  /** Holds one folder a variant. */
  readonly folder: string;
  /** The same for all versions that are built the same way. */
  readonly family: string;
}

/** Variables that decide what compilers make. */
const READ_BY_COMPILERS =
  /^(GO|CGO_|CARGO|RUST|CC|CXX|AR|LD|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|PKG_CONFIG|CPATH|C_INCLUDE|LIBRARY_PATH|PATH$)/;

/** `environment` is the whole one of the build, the level's own variables included. */
export async function findKeptPlace(
  experiment: Experiment,
  { folder, content, environment: own = {} }: BuildLevel,
  environment: Readonly<Record<string, string>>,
  resident: boolean,
): Promise<KeptPlace> {
  const { folder: _, ...subject } = experiment.subject;
  const read = Object.entries(environment).filter(([name]) => READ_BY_COMPILERS.test(name));
  const seed = experiment.workload?.seed ?? experiment.seed;
  const family = keyOf(subject, read.sort(), own, await readVersions(folder, environment), resident, seed);
  const place = join(shelfFolder('builds'), keyOf(family, content));
  await mkdir(place, { recursive: true });
  await noteUse(place);
  return { folder: place, family };
}

async function readVersions(cwd: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const [cc = 'cc', ...words] = (env.CC ?? 'cc').split(/\s+/);
  const asked: readonly (readonly [string, readonly string[]])[] = [
    ['go', ['env', 'GOVERSION']],
    ['rustc', ['-V']],
    [cc, [...words, '--version']],
  ];
  const options = { cwd, env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
  const answers = await Promise.all(asked.map(([program, said]) => execa(program, said, options)));
  return answers.map(({ failed, stdout }) => (failed ? '' : (stdout.split('\n')[0] ?? '')));
}

interface Marker {
  /** What else went into it: the probe's compiler hook. */
  readonly stamp: string;
  readonly files: readonly string[];
  readonly artifact: Artifact;
}

/** What was built there, whole and with the same stamp; undefined otherwise, and it is built anew. */
export async function recallBuild(
  { folder }: KeptPlace,
  variant: string,
  stamp: string,
): Promise<Artifact | undefined> {
  try {
    const marker: Marker = JSON.parse(await readFile(join(folder, `${variant}.json`), 'utf8'));
    return marker.stamp === stamp && marker.files.every((file) => existsSync(file)) ? marker.artifact : undefined;
  } catch {
    return undefined; // never built, or not to its end
  }
}

/** Whatever is there from an earlier try does not count as finished any more. */
export async function beginBuild({ folder }: KeptPlace, variant: string): Promise<void> {
  await rm(join(folder, `${variant}.json`), { force: true });
}

export async function keepBuild(
  { folder, family }: KeptPlace,
  variant: string,
  stamp: string,
  artifact: Artifact,
  files: readonly string[],
): Promise<void> {
  const marker: Marker = { stamp, files, artifact };
  await writeFile(join(folder, `${variant}.json.new`), JSON.stringify(marker));
  await rename(join(folder, `${variant}.json.new`), join(folder, `${variant}.json`));
  if (!existsSync(join(folder, FAMILY)))
    await writeFile(join(folder, FAMILY), JSON.stringify({ family, seeded: false }));
  await noteSize(folder);
}

const FAMILY = 'family.json';

/**
 * Crates of a registry are the same in every version: the target folder of another version comes as a copy, and cargo builds what
 * differs. Only of one that had no copy itself, so that what is left over in them does not grow from version to version.
 */
export async function seedTargets({ folder, family }: KeptPlace, variant: string): Promise<void> {
  if (existsSync(join(folder, variant))) return;
  await mkdir(join(folder, variant), { recursive: true });
  const shelf = shelfFolder('builds');
  for (const name of (await readdir(shelf)).sort()) {
    const other = join(shelf, name);
    const text = await readFile(join(other, FAMILY), 'utf8').catch(() => '{}');
    const facts: { family?: string; seeded?: boolean } = JSON.parse(text);
    if (other === folder || facts.family !== family || facts.seeded || !existsSync(join(other, `${variant}.json`)))
      continue;
    await shareCargoTargets(join(other, variant), join(folder, variant));
    await writeFile(join(folder, FAMILY), JSON.stringify({ family, seeded: true }));
    return;
  }
}

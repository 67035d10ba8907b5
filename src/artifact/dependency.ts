/** A dependency put to a version, in sources of our own. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Problem } from '../model/problem.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';
import type { SourceChange } from './source-text.ts';

export type Dependency = Extract<SourceChange, { kind: 'module' | 'crate' }>;

/** `tree` is the top of the sources, `step.folder` the subject's folder in it. Rejects with a Problem that has the tool's words. */
export async function putDependency(dependency: Dependency, tree: string, step: BuildStep): Promise<void> {
  const { name, version } = dependency;
  if (dependency.kind === 'crate') {
    for (const folder of await findLocks(dependency, tree)) {
      const words = ['cargo', 'update', '--package', name, '--precise', version];
      await runBuildStep({ words }, { ...step, folder, variables: {} }, `with crate ${name}@${version}`);
    }
    return;
  }
  const [said, variables] = [`with ${name}@${version}`, {}];
  await runBuildStep({ words: ['go', 'get', `${name}@${version}`] }, { ...step, variables }, said);
  if (existsSync(join(step.folder, 'vendor'))) {
    await runBuildStep({ words: ['go', 'mod', 'vendor'] }, { ...step, variables }, said);
  }
}

/** Folders whose Cargo.lock has the crate. */
async function findLocks({ name, version }: Dependency, tree: string): Promise<string[]> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  const locks = entries
    .filter((entry) => entry.isFile() && entry.name === 'Cargo.lock')
    .map((entry) => entry.parentPath);
  const holding: string[] = [];
  for (const folder of locks) {
    const text = await readFile(join(folder, 'Cargo.lock'), 'utf8');
    if (text.includes(`name = "${name}"\n`)) holding.push(folder);
  }
  if (holding.length > 0) return holding;
  const found = locks.map((folder) => relative(tree, folder) || dirname('./x')).join(', ');
  throw new Problem({
    code: 'no-such-crate',
    message: `No Cargo.lock of the sources has a crate ${name}, to be put to ${version}`,
    cure: found
      ? `Look for its name in Cargo.lock (${found}).`
      : 'Keep Cargo.lock in the repository: without it versions are anybody’s guess.',
    blame: 'input',
  });
}

/** Where a level is built: under `<project>/.seamark/builds/`, or in the cache folder when its sources can never change. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Experiment } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { findKeptPlace, type KeptPlace } from './build-cache.ts';
import { shareCargoTargets } from './share-target.ts';
import type { BuildLevel } from './source.ts';

/** Where a level's variants are built. */
export interface BuildPlace {
  readonly folder: string;
  /** Of sources that can't change: what was built there is found again. */
  readonly kept?: KeptPlace;
}

/** `$OUT` is a folder below it, one a variant. */
export async function findPlace(experiment: Experiment, level: BuildLevel, project: string): Promise<BuildPlace> {
  if (level.content === undefined) return { folder: outFolder(experiment, level, project) };
  const environment = { ...environmentOfThisProcess(), ...experiment.subject.environment, ...level.environment };
  const kept = await findKeptPlace(experiment, level, environment, wantsResident(experiment));
  return { folder: kept.folder, kept };
}

export async function shareRust({ folder }: BuildPlace): Promise<void> {
  await makeFolder(join(folder, 'probe'));
  await shareCargoTargets(join(folder, 'bare'), join(folder, 'probe'));
}

/** Whether batches of Go benchmarks may take turns: between builds, unless the spec asks for something else. */
export function wantsResident({ mode, factors }: Experiment): boolean {
  return mode === 'alternating' || (mode === undefined && factors.some(({ family }) => family === 'build'));
}

function outFolder(experiment: Experiment, { folder, environment: own }: BuildLevel, project: string): string {
  const { build, environment } = experiment.subject;
  const key = createHash('sha256')
    .update(JSON.stringify([folder, build, environment, ...(own ? [own] : [])]))
    .digest('hex')
    .slice(0, 12);
  return join(project, '.seamark', 'builds', key);
}

export async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw new Problem(
      {
        code: 'out-not-writable',
        message: `The folder for builds cannot be made: ${(error as NodeJS.ErrnoException).code ?? error}`,
        cure: `Make ${relative('', dirname(dirname(out))) || '.'} writable, or run in a copy of the project.`,
        blame: 'run',
      },
      error,
    );
  }
}

/** The variables that builds and runs start from. */
export function environmentOfThisProcess(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('SEAMARK_')) kept[name] = value;
  }
  return kept;
}

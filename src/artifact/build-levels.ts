/** Which versions of the subject an experiment asks for, each as sources that can be built. */
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Experiment } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { environmentOfThisProcess } from './build-place.ts';
import { sweepKept } from './kept-folder.ts';
import { type BuildLevel, openSource } from './source.ts';

export interface LevelOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string, build: string) => void;
}

/** What to build, in the order of the levels. Rejects with a Problem that names one that is not there. */
export async function listBuildLevels(
  experiment: Experiment,
  { signal, onStep }: LevelOptions,
): Promise<readonly BuildLevel[]> {
  const { folder } = experiment.subject;
  await requireFolder(folder);
  const factor = experiment.factors.find((candidate) => candidate.family === 'build');
  if (!factor) return [{ folder }];
  const baseline = experiment.baseline.build ?? factor.levels[0]?.text;
  const environment = { ...environmentOfThisProcess(), ...experiment.subject.environment };
  const levels: BuildLevel[] = [];
  await sweepKept();
  for (const { text } of factor.levels) {
    onStep?.('finding its sources', text);
    levels.push(await openSource(text, { folder, baseline, environment, limitS: experiment.limits.buildS, signal }));
  }
  return levels;
}

async function requireFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
  throw new Problem({
    code: 'no-such-build',
    message: `The subject's folder is not there: ${relative('', folder) || folder}`,
    cure: 'Name a folder that holds the subject in `folder:`.',
    blame: 'input',
  });
}

/** Where builds with the probe are asked for. Throws a Problem. */
export function refusePrebuilt(levels: readonly BuildLevel[]): void {
  const prebuilt = levels.find(({ file }) => file !== undefined);
  if (!prebuilt) return;
  throw new Problem({
    code: 'prebuilt-not-probed',
    message: `${prebuilt.level ?? 'The program'} is built already: no probe can be put into it and no fault be planted`,
    cure: 'Set `probe: off`, and take metrics of the probe and faults out; or name a folder or a commit as the build.',
    blame: 'input',
  });
}

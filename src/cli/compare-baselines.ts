/** Saved baselines on the command line: listed, named in place of BASE, and saved from a candidate. */
import { listBuildLevels } from '../artifact/build-levels.ts';
import { baselineLevel, listBaselines, requireBaselineName, saveBaseline } from '../artifact/saved-baseline.ts';
import type { Experiment } from '../model/experiment.ts';
import { printable } from '../report/terminal.ts';
import { ensureKeep } from '../store/project.ts';

/** Name, what it is, and when it was saved. */
export function renderBaselines(project: string): string {
  const saved = listBaselines(project);
  if (saved.length === 0) return 'no baselines are saved here; seamark compare --save-baseline NAME saves one\n';
  const width = Math.max(...saved.map(({ name }) => name.length));
  return saved
    .map(
      ({ name, said, savedAt }) =>
        `${name.padEnd(width)}  ${savedAt.slice(0, 16).replace('T', ' ')} UTC  ${printable(said)}\n`,
    )
    .join('');
}

/** With --baseline the first word that stands alone is the candidate. */
export function sidesOf(
  base: string | undefined,
  candidate: string | undefined,
  baseline: string | undefined,
): { readonly base: string | undefined; readonly candidate: string } {
  if (baseline === undefined) return { base, candidate: candidate ?? '.' };
  requireBaselineName(baseline);
  return { base: baselineLevel(baseline), candidate: base ?? '.' };
}

/** Keeps the sources of the last build. Answers what to say of it. */
export async function saveCandidate(project: string, name: string, experiment: Experiment): Promise<string> {
  requireBaselineName(name);
  ensureKeep(project);
  const factors = experiment.factors.map((factor) =>
    factor.family === 'build' ? { ...factor, levels: factor.levels.slice(-1) } : factor,
  );
  const [level] = await listBuildLevels({ ...experiment, factors }, {});
  if (!level) throw new Error('an experiment of builds has none');
  const before = await saveBaseline(project, name, level);
  const replaced = before === undefined ? '' : `, in place of ${before.said} of ${before.savedAt.slice(0, 10)}`;
  return `saved the baseline ${name}: ${level.said ?? level.level ?? ''}${replaced}`;
}

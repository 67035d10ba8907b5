/** Full factorial: every combination of the levels that exist together. */
import type { Experiment, Factor } from '../model/experiment.ts';
import { holds, type Levels, type Treatment } from '../model/plan.ts';

/** Id of the single treatment of an experiment without paths and factors. */
export const ONLY_TREATMENT = 'as it stands';

/**
 * In the order of the spec: paths first, then factors from left to right. A factor exists only where its `within` holds,
 * so a path to which a factor does not apply is measured once, not once a level.
 */
export function listTreatments(experiment: Experiment): Treatment[] {
  let partial: Record<string, string>[] =
    experiment.paths.length > 0 ? experiment.paths.map((path) => ({ path })) : [{}];
  // Factors nested in others come after those they are nested in, whatever the order of the file.
  for (const factor of outerFirst(experiment.factors)) {
    partial = partial.flatMap((levels) =>
      exists(factor, levels) ? factor.levels.map((level) => ({ ...levels, [factor.name]: level.text })) : [levels],
    );
  }
  const names = experiment.factors.map((factor) => factor.name);
  return partial.map((levels) => {
    const path = experiment.paths.find((candidate) => candidate === levels.path);
    return { id: treatmentId(levels, names), ...(path && { path }), levels };
  });
}

/** `go->rust · payload=4 KiB · handover=borrow`, in the order of `names`. */
function treatmentId(levels: Readonly<Record<string, string>>, names: readonly string[]): string {
  const parts = names.filter((name) => levels[name] !== undefined).map((name) => `${name}=${levels[name]}`);
  if (levels.path !== undefined) parts.unshift(levels.path);
  return parts.length > 0 ? parts.join(' · ') : ONLY_TREATMENT;
}

function exists(factor: Factor, levels: Levels): boolean {
  return holds(levels, factor.within ?? {});
}

function outerFirst(factors: readonly Factor[]): Factor[] {
  const placed: Factor[] = [];
  let waiting = [...factors];
  while (waiting.length > 0) {
    const names = new Set(waiting.map((factor) => factor.name));
    const ready = waiting.filter((factor) => Object.keys(factor.within ?? {}).every((name) => !names.has(name)));
    // A circle can't be ordered; the spec reader refuses it, and here the factors keep the order they have.
    placed.push(...(ready.length > 0 ? ready : waiting));
    waiting = ready.length > 0 ? waiting.filter((factor) => !ready.includes(factor)) : [];
  }
  return placed;
}

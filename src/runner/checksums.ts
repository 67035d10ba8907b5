/** Paths and builds must do the same work before any of them is timed: their outputs' checksums are compared here. */
import type { Experiment } from '../model/experiment.ts';
import { type Arm, holdsProbe, type Treatment } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';

/**
 * Throws `checksum-differs` when two arms that got the same input gave different outputs. The input is settled by every
 * factor but the path, the build, and those that exist only on some path (hand-overs).
 */
export function compareChecksums(
  experiment: Experiment,
  answers: readonly { readonly arm: Arm; readonly checksum?: string | undefined }[],
): void {
  const first = new Map<string, { readonly arm: Arm; readonly checksum: string }>();
  const chosen = factorsOfPath(experiment);
  for (const { arm, checksum } of answers) {
    if (checksum === undefined) continue;
    const input = inputOf(arm.treatment, chosen);
    const before = first.get(input);
    if (!before) {
      first.set(input, { arm, checksum });
    } else if (before.checksum !== checksum) {
      throw new Problem({
        code: 'checksum-differs',
        message: `The same input gave different outputs: ${nameArm(before.arm)} answered ${before.checksum}, ${nameArm(arm)} answered ${checksum}; nothing was timed`,
        cure: 'Make both do the same work (input order, rounding, output encoding), or compare them in separate experiments.',
        blame: 'run',
      });
    }
  }
}

/** Names of the factors that do not change the input: path, builds, probe, faults, and whatever is nested in those. */
function factorsOfPath(experiment: Experiment): ReadonlySet<string> {
  const names = new Set(['path']);
  for (const factor of experiment.factors) {
    if (['build', 'probe', 'fault'].includes(factor.family)) names.add(factor.name);
  }
  // A factor may be nested in one that is itself nested in a path: repeat until nothing is added.
  for (let before = 0; before !== names.size; ) {
    before = names.size;
    for (const factor of experiment.factors) {
      if (Object.keys(factor.within ?? {}).some((name) => names.has(name))) names.add(factor.name);
    }
  }
  return names;
}

function inputOf(treatment: Treatment, without: ReadonlySet<string>): string {
  const levels = Object.entries(treatment.levels).filter(([name]) => !without.has(name));
  return JSON.stringify(levels.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nameArm(arm: Arm): string {
  const name = arm.treatment.id === '' ? arm.id : arm.treatment.id;
  return holdsProbe(arm) ? `${name} (${arm.role === 'off' ? 'probe off' : 'probed'})` : name;
}

/**
 * Builds in one process are never exactly alike: the library that is loaded second is slower by 0.04 to 0.09 %, and offsets of
 * 0.1 % drift. So that mode judges against a margin of at least 0.25 %, whatever was asked.
 */
import type { Experiment } from '../model/experiment.ts';
import type { Mode } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';

const LEAST_IN_PROCESS = 0.0025;

/** The experiment as this mode can judge it. */
export function raiseMargins(experiment: Experiment, mode: Mode): Experiment {
  if (listRaised(experiment, mode).length === 0) return experiment;
  const raise = (margin: number): number => Math.max(margin, LEAST_IN_PROCESS);
  const margins = Object.fromEntries(Object.entries(experiment.margins).map(([name, margin]) => [name, raise(margin)]));
  return { ...experiment, margin: raise(experiment.margin), margins };
}

/** That a margin was raised, and what to do about it. */
export function warnOfRaised(experiment: Experiment, mode: Mode): Warning[] {
  const raised = listRaised(experiment, mode);
  if (raised.length === 0) return [];
  return [
    {
      code: 'margin-raised',
      message: `Builds in one process are judged against a margin of at least 0.25 %; ${raised.join(', ')} asked for less`,
      cure: 'Let each build have a process of its own: `mode: alternating`.',
    },
  ];
}

function listRaised({ margin, margins }: Experiment, mode: Mode): string[] {
  if (mode !== 'in-process') return [];
  const small = Object.entries(margins).filter(([, one]) => one < LEAST_IN_PROCESS);
  return [...(margin < LEAST_IN_PROCESS ? ['`margin`'] : []), ...small.map(([name]) => `\`margins: ${name}\``)];
}

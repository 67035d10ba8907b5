/** What weakens a study's answer that only its runs can tell: processes left behind, probed runs without records. */
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import { explainUnwatched, type Unwatched } from '../model/unwatched.ts';
import { warnOfStarts } from './start-classes.ts';

/** `failures`: of probed processes that could not write their records. */
export function listRunWarnings(
  plan: Plan,
  runs: readonly RunOutcome[],
  maps: readonly BoundaryMap[],
  failures: readonly Unwatched[],
): Warning[] {
  return [
    ...warnOfStarts(plan, runs),
    ...warnOfLeaks(runs),
    ...warnOfFailures(failures),
    ...(failures.length > 0 ? [] : warnOfMissingMaps(plan, runs, maps)),
  ];
}

function warnOfFailures(failures: readonly Unwatched[]): Warning[] {
  if (failures.length === 0) return [];
  const reasons = [...new Set(failures.map((failure) => explainUnwatched(failure)))];
  return [
    {
      code: 'records-not-written',
      message: `${failures.length} probed runs were not watched: ${reasons.join(', ')}`,
      cure: 'Make room where `.seamark` stands, or lift the limit; the boundary map rests on the other runs.',
    },
  ];
}

function warnOfLeaks(runs: readonly RunOutcome[]): Warning[] {
  const leaking = runs.filter((run) => run.end.leaked > 0);
  if (leaking.length === 0) return [];
  const processes = leaking.reduce((sum, run) => sum + run.end.leaked, 0);
  const arms = [...new Set(leaking.map((run) => run.arm))];
  return [
    {
      code: 'processes-left-behind',
      message: `${leaking.length} of ${runs.length} runs left processes behind (${processes} in all, by ${arms.join(', ')}); they were ended`,
      cure: 'Let the subject wait for what it starts: what runs on disturbs the runs that follow.',
    },
  ];
}

/** Probed arms that ran, and left nothing a map could be drawn from. */
function warnOfMissingMaps(plan: Plan, runs: readonly RunOutcome[], maps: readonly BoundaryMap[]): Warning[] {
  const ran = new Set(runs.map((run) => run.arm));
  const drawn = new Set(maps.map((map) => map.of));
  const silent = plan.arms.filter((arm) => arm.role === 'probed' && ran.has(arm.id) && !drawn.has(arm.treatment.id));
  if (silent.length === 0) return [];
  return [
    {
      code: 'no-records',
      message: `The probed runs of ${silent.map((arm) => arm.treatment.id).join(', ')} left no readable record file, so there is no boundary map of them`,
      cure: 'The probe stands in packages that import "C": check that the build has one and that cgo is on.',
    },
  ];
}

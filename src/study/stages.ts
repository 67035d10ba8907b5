/** How the blocks of a stage run, and how many of them there are at most. */
import { type Pacing, probedMode, type Schedule } from '../model/plan.ts';
import type { Stage } from '../model/run.ts';

export function mostBlocks(schedule: Schedule | undefined, otherwise: number): number {
  return schedule?.stopping === 'anytime' ? Infinity : (schedule?.looks.at(-1)?.blocks ?? otherwise);
}

export function pacingOf(stage: Stage, schedule: Schedule): Pacing {
  if (stage === 'probed' && schedule.processes?.mode === probedMode(schedule)) return schedule.processes;
  if (stage !== 'processes') return schedule;
  if (!schedule.processes) throw new Error('a regression is to be asked in a mode that the pilot did not settle');
  return schedule.processes;
}

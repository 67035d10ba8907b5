/**
 * Blocks of probed runs: one treatment a block, all its builds together, each bare, with the probe and, where the schedule names
 * it, with the probe off. Other treatments stay away: bare runs of one build would train the processor's branch predictor for each
 * other and not for the probed one, which has its code elsewhere, and the probe would look dearer than it is.
 */
import type { Arm, Plan } from '../model/plan.ts';
import { paceKey } from './schedule.ts';

/** Treatment ids that share all levels but build and planted fault, and have probed arms; in the order of the plan. */
export function listProbedGroups({ arms }: Pick<Plan, 'arms'>): readonly ReadonlySet<string>[] {
  const groups = new Map<string, Set<string>>();
  for (const { role, treatment } of arms) {
    if (role !== 'probed') continue;
    const key = paceKey(treatment);
    groups.set(key, (groups.get(key) ?? new Set()).add(treatment.id));
  }
  return [...groups.values()];
}

/** Those that take part in a block of probed runs, the probe switched off left out. */
export function probedBlockArms(arms: readonly Arm[]): readonly Arm[] {
  const probed = new Set(arms.filter(({ role }) => role === 'probed').map(({ treatment }) => treatment.id));
  return arms.filter(({ role, treatment }) => role === 'probed' || (role === 'main' && probed.has(treatment.id)));
}

/** Processes that blocks of probed runs add to each judged block on average, `off` of them with the probe switched off. */
export function probedShare(arms: readonly Arm[], off: number): number {
  const every = arms.find(({ role }) => role === 'probed')?.every ?? Infinity;
  return (probedBlockArms(arms).length + off) / every;
}

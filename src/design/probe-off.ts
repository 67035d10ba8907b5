/**
 * The probe compiled in and switched off: one treatment of a study runs so too, in the blocks that carry its probed runs, and
 * is set against the bare run of the same block. Which one is known after the pilot, so the schedule names it.
 */
import type { Experiment } from '../model/experiment.ts';
import type { Arm, Plan, Schedule } from '../model/plan.ts';

/** Whether a study of this plan may have such runs. Where the probe or a fault is a factor, bare runs may hold the probe themselves. */
export function mayRunOff({ factors }: Experiment, { arms }: Pick<Plan, 'arms'>): boolean {
  return (
    arms.some(({ role }) => role === 'probed') && !factors.some(({ family }) => ['probe', 'fault'].includes(family))
  );
}

/** The plan as it runs once the schedule is settled: with one arm more, the last, where the schedule names its treatment. */
export function withProbeOff(plan: Plan, { probeOff }: Pick<Schedule, 'probeOff'>): Plan {
  const probed = plan.arms.find(({ role, treatment }) => role === 'probed' && treatment.id === probeOff);
  if (!probed) return plan;
  const { treatment, every } = probed;
  const off: Arm = { id: `${treatment.id} (probe off)`, treatment, role: 'off', every };
  return { ...plan, arms: [...plan.arms, off] };
}

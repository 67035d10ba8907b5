/** What is known of this machine before a study, and what a study adds to it. */
import { judgeMachine, unfitWarning } from '../analysis/machine-fitness.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Warning } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { addSelfCheck, readCalibrations, readSelfChecks } from '../store/calibrations.ts';
import { machineFolder, subjectKey } from './calibration-place.ts';

export interface MachineRecord {
  /** Of this subject; else of the lab, where that was calibrated here. */
  readonly calibration?: Calibration;
  /** `machine-unfit`, where its latest self checks say so. */
  readonly warnings: readonly Warning[];
}

export async function recallMachine(experiment: Experiment): Promise<MachineRecord> {
  const folder = await machineFolder();
  const kept = readCalibrations(folder);
  const calibration = kept.get(subjectKey(experiment)) ?? [...kept.values()].find(({ lab }) => lab);
  const unfit = unfitWarning(judgeMachine(readSelfChecks(folder)));
  return { ...(calibration === undefined ? {} : { calibration }), warnings: unfit ? [unfit] : [] };
}

/** Keeps the arms that a study ran against themselves in the ledger of this machine. */
export async function noteSelfChecks({ selfChecks, study, startedAt }: Result): Promise<void> {
  // Arms of one study share its blocks: the first speaks for it.
  const logRatios = selfChecks[0]?.series.map(({ ratio }) => Math.log(ratio)) ?? [];
  if (logRatios.length > 0) addSelfCheck(await machineFolder(), { study, startedAt, logRatios });
}

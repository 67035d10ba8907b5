/**
 * A study of which only the answer is wanted, as a calibration runs them by the hundred: the same engine and the same steps,
 * in a folder that is emptied afterwards.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../model/result.ts';
import { PartialStudy } from '../store/partial-study.ts';
import { KEEP } from '../store/project.ts';
import type { StudyFacts } from '../store/study-facts.ts';
import { makeStudyId } from '../store/study-id.ts';
import { conductStudy, type StudyRequest } from './study.ts';

export interface TrialRequest
  extends Pick<
    StudyRequest,
    | 'experiment'
    | 'plan'
    | 'executor'
    | 'environment'
    | 'clock'
    | 'onEvent'
    | 'signal'
    | 'probeCostS'
    | 'probePrices'
    | 'gatherWitnesses'
    | 'forSearch'
  > {
  /** A folder of Seamark's own. */
  readonly scratch: string;
  readonly artifacts: StudyFacts['artifacts'];
}

export interface Trial {
  readonly result: Result;
  /** Seconds, by the clock: the whole, writing included, and its stages. */
  readonly seconds: { readonly all: number; readonly pilot: number; readonly judged: number; readonly fresh: number };
}

/** Rejects as `conductStudy` does; nothing of the study is left either way. */
export async function conductTrial({ scratch, artifacts, onEvent, ...asked }: TrialRequest): Promise<Trial> {
  const { clock, experiment, plan, environment } = asked;
  const startedAt = clock.date();
  const study = makeStudyId(startedAt, `${scratch} ${plan.seed} ${process.pid}`);
  const beganS = clock.nowS();
  const reached = { scheduled: beganS, repeating: 0, storing: beganS };
  try {
    const store = PartialStudy.begin(scratch, { study, startedAt, experiment, plan, environment, artifacts });
    const result = await conductStudy({
      ...asked,
      store,
      pages: {},
      onEvent: (event) => {
        if (event.kind === 'scheduled' || event.kind === 'repeating' || event.kind === 'storing')
          reached[event.kind] = clock.nowS();
        onEvent(event);
      },
    });
    const judgedS = reached.repeating || reached.storing;
    return {
      result,
      seconds: {
        all: clock.nowS() - beganS,
        pilot: reached.scheduled - beganS,
        judged: judgedS - reached.scheduled,
        fresh: reached.storing - judgedS,
      },
    };
  } finally {
    rmSync(join(scratch, KEEP, 'studies'), { recursive: true, force: true });
  }
}

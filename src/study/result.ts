/** The result of a study as far as it has come. */
import { raiseMargins, warnOfRaised } from '../analysis/least-margin.ts';
import { buildResult } from '../analysis/result.ts';
import { gatherRuntimes, warnOfReleases } from '../analysis/runtimes.ts';
import { warnOfShared } from '../analysis/shared-process.ts';
import { withProbeOff } from '../design/probe-off.ts';
import type { Result } from '../model/result.ts';
import type { Surroundings } from '../model/surroundings.ts';
import type { Ledger } from './ledger.ts';
import { drawMaps } from './maps.ts';
import { warnOfOverrun } from './overrun.ts';
import { probeCostAt, warnOfLowered } from './probe-level.ts';
import { readTimelines, SHOWN } from './runtimes.ts';
import type { StudyRequest } from './study.ts';
import { listRunWarnings } from './warnings.ts';

/** `complete`: false when the study was interrupted. Only after the pilot: without a schedule there is nothing to say. */
export function drawResult(
  request: StudyRequest,
  ledger: Ledger,
  complete: boolean,
  surroundings?: Surroundings,
): Result {
  const { experiment, environment, store } = request;
  if (!ledger.schedule) throw new Error('a study without a schedule has no result');
  const { schedule } = ledger;
  const { mode } = schedule;
  const plan = withProbeOff(request.plan, schedule);
  const runtimes = gatherRuntimes(plan, ledger.runs, readTimelines(store.records, ledger.runs, SHOWN));
  const costOf = (treatment: string) =>
    request.probePrices ? probeCostAt(schedule, treatment, request.probePrices) : request.probeCostS;
  const boundary = drawMaps(store.records, plan, ledger.runs, costOf, schedule.timedEvery);
  return buildResult({
    experiment: raiseMargins(experiment, mode),
    plan,
    schedule: ledger.schedule,
    outcomes: ledger.outcomes,
    boundary,
    runtimes,
    environment,
    study: {
      id: store.id,
      startedAt: store.startedAt,
      durationS: ledger.elapsedS,
      folder: store.place,
      complete,
      ...(surroundings && { surroundings }),
      ...(request.calibration === undefined ? {} : { calibration: request.calibration }),
      warnings: [
        ...(request.warnings ?? []),
        ...warnOfRaised(experiment, mode),
        ...warnOfShared(experiment, mode),
        ...warnOfOverrun(ledger.schedule, plan, ledger.elapsedS),
        ...warnOfReleases(runtimes),
        ...warnOfLowered(schedule, plan, ledger.runs, request.probePrices),
        ...listRunWarnings(plan, ledger.runs, boundary, store.records.listFailures()),
      ],
    },
  });
}

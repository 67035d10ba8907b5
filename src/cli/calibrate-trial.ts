/** One study of a calibration: its question written, run through the engine, and set beside what is known to be true. */
import type { CalibrationGroup, CalibrationStudy } from '../model/calibration.ts';
import { Problem } from '../model/problem.ts';
import { formatQuantity } from '../model/unit.ts';
import { machineClock } from '../runner/clock.ts';
import { lockMachine } from '../store/lock.ts';
import type { Trial, TrialRequest } from '../study/trial.ts';
import {
  type BuiltTwice,
  buildCalibrated,
  type CalibratedSubject,
  prepareTrial,
  siteOf,
  withDelays,
  withoutDelays,
} from './calibrate-subject.ts';
import type { LiveLine } from './live-line.ts';
import { noteSelfChecks } from './machine-record.ts';

export interface SeriesConditions {
  readonly line: LiveLine;
  readonly signal: AbortSignal;
  readonly wait: boolean;
}

/** A build in which delays can be planted, and what sizes them. */
export interface Planted extends BuiltTwice {
  /** Seconds of an iteration with nothing planted, as last seen. */
  readonly iterationS: number;
  /** Calls in one iteration that a planted delay holds up: counted, not estimated. */
  readonly crossings: number;
  /** The same by the function that is called. */
  readonly sites: readonly { readonly site: string; readonly perOperation: number }[];
}

const SIZING_S = 6;
/** Below this a delay is lost among what the clock and the loop that waits cost. */
const LEAST_DELAY_S = 1e-9;

/**
 * Builds, and runs a short study of the one treatment, its crossings counted: those of all functions, so that one which is not
 * there can be told with those that are.
 */
export async function sizePlanted(subject: CalibratedSubject, conditions: SeriesConditions): Promise<Planted> {
  const built = await buildCalibrated(subject, true, conditions.line, conditions.signal);
  const question = { ...withoutDelays(built.experiment), probe: 'counters' as const, budgetS: SIZING_S };
  const { result } = await conductTrialOf(subject, built, question, conditions, 'counting crossings');
  const iterationS = result.estimates.find(({ metric }) => metric === result.primary)?.value ?? Number.NaN;
  const site = siteOf(built.experiment);
  const sites = result.sites
    .filter((one) => one.kind === 'call' && (site === undefined || one.site === site))
    .map((one) => ({ site: one.site, perOperation: one.perOperation ?? 0 }));
  const crossings = sites.reduce((sum, one) => sum + one.perOperation, 0);
  if (crossings > 0 && iterationS > 0) return { ...built, iterationS, crossings, sites };
  const known = [...new Set(result.sites.map((one) => one.site))];
  throw new Problem({
    code: 'nothing-crosses',
    message:
      site === undefined
        ? 'no call over the boundary was counted'
        : `no call of \`${site}\` was counted, so nothing can be planted in it (--site)`,
    cure:
      known.length > 0
        ? `Calls are made to ${known.join(', ')}.`
        : 'A delay is planted in calls from Go to C or Rust (cgo); --only same needs none.',
    blame: 'input',
  });
}

/** `built`: a Planted one for a share above zero. */
export async function runOne(
  subject: CalibratedSubject,
  group: CalibrationGroup,
  built: BuiltTwice | Planted,
  { seed, left }: { readonly seed: number; readonly left: string },
  conditions: SeriesConditions,
): Promise<{ readonly study: CalibrationStudy; readonly baselineS: number }> {
  const delayS = group.share > 0 ? delayOf(group.share, built as Planted) : 0;
  const text = `${Number((delayS * 1e9).toFixed(1))} ns`;
  const experiment = {
    ...withDelays(built.experiment, ['none', text]),
    margin: group.margin,
    budgetS: group.budgetS,
    seed,
  };
  const doing = group.share === 0 ? 'a program against itself' : `${text} planted`;
  const trial = await conductTrialOf(subject, built, experiment, conditions, `${doing}${left}`);
  const { result } = trial;
  const found = result.comparisons.find(({ metric }) => metric === result.primary);
  if (!found) throw new Error('a study of two arms compared nothing');
  const planted = group.share > 0 ? Number((delayS * 1e9).toFixed(1)) * 1e-9 * (built as Planted).crossings : 0;
  const { verdict, ratio, low, high, confidence, blocks } = found;
  const study: CalibrationStudy = {
    ...group,
    seed,
    startedAt: result.startedAt,
    verdict,
    ratio,
    low,
    high,
    confidence,
    truth: 1 + planted / found.baselineValue,
    blocks,
    seconds: trial.seconds,
  };
  return { study, baselineS: found.baselineValue };
}

function delayOf(share: number, { iterationS, crossings }: Planted): number {
  const delayS = (share * iterationS) / crossings;
  if (delayS >= LEAST_DELAY_S) return delayS;
  const say = (value: number) => formatQuantity({ dimension: 'seconds', value });
  throw new Problem({
    code: 'delay-too-small',
    message: `${formatQuantity({ dimension: 'fraction', value: share })} of an iteration of ${say(iterationS)} with ${Number(crossings.toPrecision(3))} calls is ${say(delayS)} a call, which is too short to be planted`,
    cure: 'plant more, or choose a treatment with more work (--at factor=level)',
    blame: 'input',
  });
}

/** One study on a machine that is its own meanwhile. */
export async function conductTrialOf(
  subject: CalibratedSubject,
  built: BuiltTwice,
  question: BuiltTwice['experiment'],
  { line, signal, wait }: SeriesConditions,
  doing: string,
  more: Pick<TrialRequest, 'probeCostS' | 'probePrices' | 'gatherWitnesses'> = {},
): Promise<Trial> {
  const release = await lockMachine({
    doing: `calibration: ${doing}`,
    wait,
    signal,
    onWait: (owner) => line.show(`waiting for another study on this machine to end: ${owner.doing}`),
  });
  try {
    const { conductTrial } = await import('../study/trial.ts');
    line.show(`${doing} …`);
    const trial = await conductTrial({
      ...(await prepareTrial(built, question, signal)),
      environment: built.environment,
      artifacts: built.hashes,
      scratch: subject.scratch,
      clock: machineClock,
      signal,
      onEvent: () => {},
      ...more,
    });
    await noteSelfChecks(trial.result);
    return trial;
  } finally {
    release();
  }
}

/**
 * How every command that measures conducts a study: plan, lock, build, measure, gather evidence, store. What is done with the
 * answer is the command's own. Heavy rooms are loaded when their turn comes.
 */
import { readMoment } from '../machine/moment.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Result } from '../model/result.ts';
import type { Witness } from '../model/witness.ts';
import { machineClock } from '../runner/clock.ts';
import { lockMachine } from '../store/lock.ts';
import { PartialStudy } from '../store/partial-study.ts';
import { ensureKeep } from '../store/project.ts';
import type { Overrides } from '../store/study-facts.ts';
import { makeStudyId } from '../store/study-id.ts';
import { StudyInterrupted } from '../study/interrupted.ts';
import type { StudyEvent } from '../study/progress.ts';
import { askWitnesses } from './evidence.ts';
import { LiveLine } from './live-line.ts';
import { recallMachine } from './machine-record.ts';
import { type BuiltSubject, buildArtifacts, requirePlan } from './run-subject.ts';
import { INTERRUPTED, StopKeys } from './stop.ts';

export interface ConductOptions {
  /** Folder that holds `.seamark/`. */
  readonly project: string;
  /** Whether to wait for another study on this machine. */
  readonly wait: boolean;
  /** Whether witnesses are asked about what moved. */
  readonly explain: boolean;
  /** What the command line changed of the experiment; kept with the study, so that a resumed one need not be told again. */
  readonly overrides?: Overrides;
  /** What is left to be fixed once the benchmarks are known, such as a budget that grows with them. */
  readonly settle?: (found: Experiment) => Experiment;
  /** Id of an interrupted study of this experiment to go on with. */
  readonly resumed?: string;
  /** See `StudyRequest.forSearch`. */
  readonly forSearch?: boolean;
}

export interface ConductSurroundings {
  readonly line: LiveLine;
  readonly onEvent: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
}

export interface Conducted {
  readonly result: Result;
  readonly built: BuiltSubject;
}

/**
 * Measures and stores; prints nothing but the live line. Rejects with StudyInterrupted, a Problem, or the signal's reason.
 * The caller ends with `giveAnswer` (run-report.ts), or with `noteSelfChecks` where it prints by itself.
 */
export async function conductExperiment(
  wanted: Experiment,
  { project, wait, explain, overrides = {}, settle, resumed, forSearch = false }: ConductOptions,
  { line, onEvent, signal }: ConductSurroundings,
): Promise<Conducted> {
  ensureKeep(project); // before a build of minutes ends at a folder that can't be written to
  await requirePlan(wanted);
  const release = await lockMachine({
    doing: wanted.name,
    wait,
    signal,
    onWait: (owner) =>
      line.show(`waiting for another study on this machine to end: ${owner.doing} (process ${owner.pid})`),
  });
  try {
    const built = await buildArtifacts(wanted, project, line, signal, settle);
    const known = await recallMachine(wanted);
    const store = beginStudy(project, built, overrides, resumed);
    const { conductStudy } = await import('../study/study.ts');
    const result = await conductStudy({
      experiment: built.experiment,
      plan: built.plan,
      executor: built.executor,
      cores: built.cores,
      store,
      environment: built.environment,
      warnings: [...built.warnings, ...known.warnings],
      ...(known.calibration === undefined ? {} : { calibration: known.calibration }),
      ...(built.probeCostS === undefined ? {} : { probeCostS: built.probeCostS }),
      ...(built.probePrices === undefined ? {} : { probePrices: built.probePrices }),
      ...{ readMoment, forSearch },
      clock: machineClock,
      onEvent,
      signal,
      ...(explain ? { gatherWitnesses: (drawn) => gather(drawn, built, line, signal) } : {}),
      pages: { 'report.html': async (drawn) => (await import('../report/html.ts')).renderHtml(drawn) },
    });
    line.clear();
    return { result, built };
  } finally {
    release();
  }
}

export interface WatchOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/**
 * Runs a command's studies under a live line, with Ctrl-C understood: once there are blocks, a stop ends as StudyInterrupted and
 * `tell` says how to go on. Ends with exit code 130 then.
 */
export async function underWatch(
  { quiet, verbose }: WatchOptions,
  act: (surroundings: ConductSurroundings) => Promise<void>,
  tell: (interrupted: StudyInterrupted) => Promise<void>,
): Promise<void> {
  using line = new LiveLine({ stream: process.stderr, quiet: quiet === true, verbose: verbose === true });
  const progress = { measured: false };
  using stop = new StopKeys(() =>
    line.say(`stopping${progress.measured ? '; what was measured is kept' : ''} (once more to stop at once)`),
  );
  const onEvent = (event: StudyEvent): void => {
    progress.measured ||= event.kind === 'block' || (event.kind === 'begun' && event.before > 0);
    line.onEvent(event);
  };
  try {
    await act({ line, onEvent, signal: stop.signal });
  } catch (error) {
    // Once there are blocks, a stop ends as StudyInterrupted: anything else is a failure of its own.
    if (!stop.asked || (progress.measured && !(error instanceof StudyInterrupted))) throw error;
    process.exitCode = INTERRUPTED;
    line.clear();
    if (!(error instanceof StudyInterrupted)) process.stderr.write('Interrupted before anything was measured.\n');
    else await tell(error);
  }
}

function beginStudy(
  project: string,
  { experiment, plan, environment, artifacts }: BuiltSubject,
  overrides: Overrides,
  resumed: string | undefined,
): PartialStudy {
  const startedAt = machineClock.date();
  const study = makeStudyId(startedAt, `${project} ${experiment.name} ${process.pid}`);
  const facts = { study, startedAt, experiment, plan, environment, artifacts, overrides };
  return resumed === undefined ? PartialStudy.begin(project, facts) : PartialStudy.resume(project, resumed, facts);
}

/** Measuring is over by then, so that a stop ends the evidence and not the study; the command ends with 130 all the same. */
async function gather(
  result: Result,
  built: BuiltSubject,
  line: LiveLine,
  signal: AbortSignal,
): Promise<readonly Witness[]> {
  try {
    return await askWitnesses(result, built, { line, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    line.say('evidence was cut short: the study is kept without it');
    process.exitCode = INTERRUPTED;
    return [];
  }
}

/**
 * `seamark run`: reads the spec, builds the subject, plans, measures, decides, stores, and prints what was found. The answer
 * goes to stdout, what is said about it to stderr; heavy rooms are loaded when their turn comes.
 */
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { readMoment } from '../machine/moment.ts';
import { countOf } from '../report/figure.ts';
import { machineClock } from '../runner/clock.ts';
import { lockMachine } from '../store/lock.ts';
import { findPartial, PartialStudy } from '../store/partial-study.ts';
import { ensureKeep, findProject } from '../store/project.ts';
import { isStudyId, makeStudyId } from '../store/study-id.ts';
import { StudyInterrupted } from '../study/interrupted.ts';
import type { StudyEvent } from '../study/progress.ts';
import { exitCodeFor } from './exit-code.ts';
import { addExamples } from './help.ts';
import { LiveLine } from './live-line.ts';
import { noteSelfChecks, recallMachine } from './machine-record.ts';
import {
  blocksOption,
  gatherOverrides,
  modeOption,
  override,
  type RunOptions,
  readBudget,
  readWhole,
  watchOption,
} from './run-options.ts';
import { copyReport, printResult } from './run-report.ts';
import { type BuiltSubject, buildArtifacts, requirePlan } from './run-subject.ts';
import { chooseExperiment, loadExperiments } from './spec-file.ts';
import { INTERRUPTED, StopKeys } from './stop.ts';

export function registerRun(program: Command): void {
  const command = program
    .command('run')
    .description('run an experiment: build, measure, decide, and write a report')
    .argument('[spec]', 'spec file or its folder (default: the seamark.yaml here or above)')
    .option('--experiment <name>', 'which one, when the spec holds several')
    .option('--seed <number>', 'instead of the seed of the spec', readWhole(0, 2 ** 32 - 1))
    .option('--budget <time>', 'instead of the budget of the spec: 90s, 3min', readBudget)
    .addOption(blocksOption())
    .addOption(modeOption())
    .addOption(watchOption())
    .option('--resume [study]', 'go on with the interrupted study of that id, or the latest of this experiment')
    .addOption(new Option('--format <form>', 'form of what is printed').choices(['text', 'md', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .option('--out <path>', 'where the copy of the page goes: a folder, or a file', 'report.html')
    .option('--no-report', 'leave the page in the study, write no copy of it')
    .addOption(new Option('--on-undecided <way>', 'what an undecided build means').choices(['pass', 'fail']))
    .option('--no-wait', 'refuse when another study runs on this machine, instead of waiting for it')
    .option('--quiet', 'say nothing but the answer')
    .option('--verbose', 'say more while it runs')
    .action(run);
  addExamples(command, [
    ['seamark run', 'the experiment of the seamark.yaml here or above'],
    ['seamark run templates/first-crossing --budget 3min --json', 'another one, with more time, for a script'],
  ]);
}

async function run(spec: string | undefined, asked: RunOptions): Promise<void> {
  const { where, options } = untangle(spec, asked);
  using line = new LiveLine({
    stream: process.stderr,
    quiet: options.quiet === true,
    verbose: options.verbose === true,
  });
  const progress = { measured: false };
  using stop = new StopKeys(() =>
    line.say(`stopping${progress.measured ? '; what was measured is kept' : ''} (once more to stop at once)`),
  );
  const onEvent = (event: StudyEvent): void => {
    progress.measured ||= event.kind === 'block' || (event.kind === 'begun' && event.before > 0);
    line.onEvent(event);
  };
  try {
    await conduct(where, options, { line, onEvent, signal: stop.signal });
  } catch (error) {
    // Once there are blocks, a stop ends as StudyInterrupted: anything else is a failure of its own.
    if (!stop.asked || (progress.measured && !(error instanceof StudyInterrupted))) throw error;
    process.exitCode = INTERRUPTED;
    line.clear();
    if (!(error instanceof StudyInterrupted)) process.stderr.write('Interrupted before anything was measured.\n');
    else await tellInterrupted(error, where, options);
  }
}

interface Surroundings {
  readonly line: LiveLine;
  readonly onEvent: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
}

async function conduct(
  where: string | undefined,
  options: RunOptions,
  { line, onEvent, signal }: Surroundings,
): Promise<void> {
  const { experiments } = await loadExperiments(where);
  const chosen = chooseExperiment(experiments, options.experiment);
  const project = findProject(process.cwd());
  ensureKeep(project); // before a build of minutes ends at a folder that can't be written to
  const resumed = options.resume === undefined ? undefined : findPartial(project, resumeId(options), chosen.name);
  const overrides = gatherOverrides(options, resumed?.overrides ?? {});
  const wanted = override(chosen, overrides);
  await requirePlan(wanted);
  const release = await lockMachine({
    doing: wanted.name,
    wait: options.wait,
    signal,
    onWait: (owner) =>
      line.show(`waiting for another study on this machine to end: ${owner.doing} (process ${owner.pid})`),
  });
  try {
    const built = await buildArtifacts(wanted, project, line, signal);
    const known = await recallMachine(chosen);
    const store = await beginStudy(project, built, overrides, resumed?.study);
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
      readMoment,
      clock: machineClock,
      onEvent,
      signal,
      pages: { 'report.html': async (drawn) => (await import('../report/html.ts')).renderHtml(drawn) },
    });
    line.clear();
    await printResult(result, options);
    await copyReport(project, result, options);
    process.exitCode = exitCodeFor(result, built.experiment, options.onUndecided);
    // Last: a machine's record that can't be written must not cost the answer.
    await noteSelfChecks(result);
  } finally {
    release();
  }
}

async function beginStudy(
  project: string,
  { experiment, plan, environment, artifacts }: BuiltSubject,
  overrides: ReturnType<typeof gatherOverrides>,
  resumed: string | undefined,
): Promise<PartialStudy> {
  const startedAt = machineClock.date();
  const study = makeStudyId(startedAt, `${project} ${experiment.name} ${process.pid}`);
  const facts = { study, startedAt, experiment, plan, environment, artifacts, overrides };
  return resumed === undefined ? PartialStudy.begin(project, facts) : PartialStudy.resume(project, resumed, facts);
}

/** `--resume` takes the next word for its own: when that is no study but a spec stands there, it is the spec. */
function untangle(spec: string | undefined, options: RunOptions): { where: string | undefined; options: RunOptions } {
  const format = options.json ? 'json' : options.format;
  const { resume } = options;
  if (
    typeof resume === 'string' &&
    spec === undefined &&
    !isStudyId(resume) &&
    (resume === '-' || existsSync(resume))
  ) {
    return { where: resume, options: { ...options, format, resume: true } };
  }
  return { where: spec, options: { ...options, format } };
}

function resumeId({ resume }: RunOptions): string | undefined {
  return typeof resume === 'string' ? resume : undefined;
}

async function tellInterrupted(
  { study, blocks, pilotBlocks, result }: StudyInterrupted,
  where: string | undefined,
  options: RunOptions,
): Promise<void> {
  if (result) await printResult(result, options);
  const words = ['seamark run', where, options.experiment && `--experiment ${options.experiment}`, `--resume ${study}`];
  const more = blocks > pilotBlocks ? ` and ${blocks - pilotBlocks} more` : '';
  process.stderr.write(
    `Interrupted after ${countOf(pilotBlocks, 'block')} of the pilot${more}, which are kept. To go on:\n  ${words.filter(Boolean).join(' ')}\n`,
  );
}

/**
 * `seamark run`: reads the spec, builds the subject, plans, measures, decides, stores, and prints what was found. The answer
 * goes to stdout, what is said about it to stderr.
 */
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { countOf } from '../report/figure.ts';
import { findPartial } from '../store/partial-study.ts';
import { findProject } from '../store/project.ts';
import { isStudyId } from '../store/study-id.ts';
import type { StudyInterrupted } from '../study/interrupted.ts';
import { addAnswerOptions, addConductOptions } from './command-options.ts';
import { type ConductSurroundings, conductExperiment, underWatch } from './conduct.ts';
import { addExamples } from './help.ts';
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
import { giveAnswer, printResult } from './run-report.ts';
import { chooseExperiment, loadExperiments } from './spec-file.ts';

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
    .option('--resume [study]', 'go on with the interrupted study of that id, or the latest of this experiment');
  addAnswerOptions(command).addOption(
    new Option('--on-undecided <way>', 'what an undecided build means').choices(['pass', 'fail']),
  );
  addConductOptions(command).action(run);
  addExamples(command, [
    ['seamark run', 'the experiment of the seamark.yaml here or above'],
    ['seamark run templates/first-crossing --budget 3min --json', 'another one, with more time, for a script'],
  ]);
}

async function run(spec: string | undefined, asked: RunOptions): Promise<void> {
  const { where, options } = untangle(spec, asked);
  await underWatch(
    options,
    (surroundings) => runExperiment(where, options, surroundings),
    (interrupted) => tellInterrupted(interrupted, where, options),
  );
}

async function runExperiment(
  where: string | undefined,
  options: RunOptions,
  surroundings: ConductSurroundings,
): Promise<void> {
  const { experiments } = await loadExperiments(where);
  const chosen = chooseExperiment(experiments, options.experiment);
  const project = findProject(process.cwd());
  const resumed = options.resume === undefined ? undefined : findPartial(project, resumeId(options), chosen.name);
  const overrides = gatherOverrides(options, resumed?.overrides ?? {});
  const conducted = await conductExperiment(
    override(chosen, overrides),
    { project, wait: options.wait, explain: false, overrides, ...(resumed && { resumed: resumed.study }) },
    surroundings,
  );
  await giveAnswer(project, conducted, options);
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

/**
 * `seamark confirm`: whether a change is the cause of a regression, shown by taking it out. Base, candidate and the candidate without
 * it are three builds of one experiment, which runs through the engine as `seamark run` would run it.
 */
import type { Command } from 'commander';
import type { Experiment } from '../model/experiment.ts';
import { formatDuration } from '../report/facts.ts';
import { countOf } from '../report/figure.ts';
import { writeSpec } from '../spec/write-spec.ts';
import { findProject } from '../store/project.ts';
import { addAnswerOptions, addConductOptions, addSubjectOptions, collect } from './command-options.ts';
import { writeQuestion } from './compare-experiment.ts';
import { budgetFor, fitToSources, sayBudget } from './compare-fit.ts';
import { type ConductSurroundings, conductExperiment, underWatch } from './conduct.ts';
import { addReverted, findRegression } from './confirm-question.ts';
import { addExamples } from './help.ts';
import {
  blocksOption,
  gatherOverrides,
  modeOption,
  override,
  type RunOptions,
  readBudget,
  readMargin,
  readWhole,
} from './run-options.ts';
import { giveAnswer, printResult } from './run-report.ts';

interface Options extends Omit<RunOptions, 'resume' | 'watch' | 'onUndecided'> {
  readonly without: readonly string[];
  readonly with: readonly string[];
  readonly spec?: string;
  readonly bench?: string;
  readonly package?: string;
  readonly build?: readonly string[];
  readonly run?: string;
  readonly margin?: number;
  readonly printSpec?: boolean;
}

export function registerConfirm(program: Command): void {
  const command = program
    .command('confirm')
    .description('take a change out again and measure base, candidate and reverted: is it the cause of a regression')
    .argument('[base]', 'what was fast (default: of the latest study that confirmed a regression between two commits)')
    .argument('[candidate]', 'what is slower (default: that of the same study; with BASE, the working tree)')
    .option('--without <change>', 'a commit to revert, or a path to set back to BASE; may be given again', collect, [])
    .option(
      '--with <change>',
      'MODULE@VERSION, "crate NAME@VERSION" or NAME=VALUE to build with; may be given again',
      collect,
      [],
    );
  addSubjectOptions(command)
    .option('--margin <share>', 'how near to BASE is as fast again, in per cent (default: 2%)', readMargin)
    .option('--seed <number>', 'seed of every random choice', readWhole(0, 2 ** 32 - 1))
    .option(
      '--budget <time>',
      'time that measuring may take: 90s, 3min (default: by the number of benchmarks)',
      readBudget,
    )
    .addOption(blocksOption())
    .addOption(modeOption())
    .option('--print-spec', 'print the experiment as a spec, and run nothing');
  addAnswerOptions(command);
  addConductOptions(command).action(confirm);
  addExamples(command, [
    ['seamark confirm main --without 3f2a91c04', 'the working tree with and without one of its commits'],
    ['seamark confirm', 'the commit of the last comparison that ended in a regression'],
  ]);
}

async function confirm(base: string | undefined, candidate: string | undefined, asked: Options): Promise<void> {
  const options = { ...asked, format: asked.json ? ('json' as const) : asked.format };
  if (options.printSpec) {
    const { experiment, notes } = await writeConfirmation(base, candidate, options, {});
    for (const note of notes) process.stderr.write(`${note}\n`);
    const comment = `Written by seamark confirm: is what the third build lacks why the second is slower?\nKeep it as seamark.yaml here, change it, and run it with: seamark run`;
    const wanted = override(experiment, gatherOverrides(options, {}));
    process.stdout.write(writeSpec(wanted, { folder: process.cwd(), comment }));
    return;
  }
  await underWatch(
    options,
    (surroundings) => measure(base, candidate, options, surroundings),
    async ({ result, blocks }) => {
      if (result) await printResult(result, options);
      process.stderr.write(
        `Interrupted after ${countOf(blocks, 'block')}, which are kept; confirm again begins anew.\n`,
      );
    },
  );
}

async function measure(
  base: string | undefined,
  candidate: string | undefined,
  options: Options,
  surroundings: ConductSurroundings,
): Promise<void> {
  const { line, signal } = surroundings;
  const onStep = (step: string, build: string) => line.show(`${step} of ${build}`);
  const { experiment, notes, grows } = await writeConfirmation(base, candidate, options, { signal, onStep });
  for (const note of notes) line.say(note);
  const project = findProject(process.cwd());
  const overrides = gatherOverrides(options, {});
  const settle = (found: Experiment): Experiment => {
    if (!grows || options.budget !== undefined) return found;
    const budgetS = budgetFor(found);
    line.say(sayBudget(found, formatDuration(budgetS)));
    return { ...found, budgetS };
  };
  // Where it changed and why was asked when it was found: here only whether.
  const conducted = await conductExperiment(
    override(experiment, overrides),
    { project, wait: options.wait, explain: false, overrides, settle },
    surroundings,
  );
  await giveAnswer(project, conducted, options);
}

interface Confirmed {
  readonly experiment: Experiment;
  readonly notes: readonly string[];
  /** Seamark wrote the experiment: its budget grows with the benchmarks that are found. */
  readonly grows: boolean;
}

async function writeConfirmation(
  base: string | undefined,
  candidate: string | undefined,
  options: Options,
  looking: Parameters<typeof fitToSources>[1],
): Promise<Confirmed> {
  const cwd = process.cwd();
  const found = base === undefined ? findRegression(findProject(cwd)) : undefined;
  const taken = found ? [`of the study ${found.study}: ${found.candidate} was slower than ${found.base}`] : [];
  const own = pickWish(options);
  if (found?.experiment && Object.keys(own).length === 0) {
    return { experiment: await addReverted(found.experiment, options, cwd), notes: taken, grows: false };
  }
  const sides = { base: base ?? found?.base ?? '', candidate: candidate ?? found?.candidate ?? '.' };
  const { experiment, written, notes } = await writeQuestion({ ...sides, ...own, cwd });
  const fitted = written ? await fitToSources(experiment, looking) : { experiment, notes: [] };
  const named = written ? { ...fitted.experiment, name: 'confirm' } : fitted.experiment;
  const asked = await addReverted(named, options, cwd);
  return { experiment: asked, notes: [...taken, ...notes, ...fitted.notes], grows: written };
}

const WISHED = ['spec', 'experiment', 'bench', 'package', 'build', 'run', 'margin'] as const;

/** What was said of what to run. */
function pickWish(options: Options): Pick<Options, (typeof WISHED)[number]> {
  return Object.fromEntries(WISHED.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])));
}

/**
 * `seamark compare`: two versions of what is here, or of anything that can be named, as an experiment whose factor is the build.
 * Writes it, runs it through the engine as `seamark run` would, and says the verdict first.
 */
import { type Command, Option } from 'commander';
import { withSlowDown } from '../design/slow-down.ts';
import type { Experiment } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { formatDuration } from '../report/facts.ts';
import { countOf } from '../report/figure.ts';
import { writeSpec } from '../spec/write-spec.ts';
import { findProject } from '../store/project.ts';
import { addAnswerOptions, addConductOptions, addSubjectOptions } from './command-options.ts';
import { renderBaselines, saveCandidate, sidesOf } from './compare-baselines.ts';
import { type Wish, writeQuestion } from './compare-experiment.ts';
import { budgetFor, fitToSources, sayBudget } from './compare-fit.ts';
import { type ConductSurroundings, conductExperiment, underWatch } from './conduct.ts';
import { addExamples } from './help.ts';
import { sayNext } from './next-command.ts';
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

interface Options extends Omit<RunOptions, 'resume' | 'watch'> {
  readonly spec?: string;
  readonly bench?: string;
  readonly package?: string;
  readonly build?: readonly string[];
  readonly run?: string;
  readonly margin?: number;
  readonly explain: boolean;
  readonly baseline?: string;
  readonly saveBaseline?: string;
  readonly baselines?: boolean;
  readonly printSpec?: boolean;
  /** true: in all calls. */
  readonly slowDown?: string | true;
}

export function registerCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('compare two versions: did it get slower, where, and what speaks for it; no spec needed')
    .argument('[base]', 'what is compared against: a git ref, a folder, module@version, a prebuilt file')
    .argument('[candidate]', 'what is judged, named alike (default: the working tree)');
  addSubjectOptions(command)
    .option('--baseline <name>', 'compare against this saved baseline, built and measured anew; BASE is left out')
    .option('--save-baseline <name>', 'save the sources of the candidate; without BASE nothing is measured')
    .option('--baselines', 'list what is saved, and run nothing')
    .option('--margin <share>', 'smallest change that matters, in per cent (default: 2%)', readMargin)
    .option('--seed <number>', 'seed of every random choice', readWhole(0, 2 ** 32 - 1))
    .option(
      '--budget <time>',
      'time that measuring may take: 90s, 3min (default: by the number of benchmarks)',
      readBudget,
    )
    .addOption(blocksOption())
    .addOption(modeOption())
    .option(
      '--slow-down [function]',
      'ask as well what a delay of 1, 2 and 5 µs costs in the calls of this function (default: of all), and before them',
    )
    .option('--no-explain', 'gather no evidence about what moved')
    .option('--print-spec', 'print the experiment as a spec, and run nothing');
  addAnswerOptions(command).addOption(
    new Option('--on-undecided <way>', 'what an undecided build means').choices(['pass', 'fail']),
  );
  addConductOptions(command).action(compare);
  addExamples(command, [
    ['seamark compare main', 'the working tree against the branch main'],
    ['seamark compare v1.4.0 HEAD --bench Decode', 'two commits, one family of benchmarks'],
  ]);
}

async function compare(
  base: string | undefined,
  candidate: string | undefined,
  asked: Options,
  command: Command,
): Promise<void> {
  // Advised only where this Seamark has it.
  const confirms = command.parent?.commands.some((other) => other.name() === 'confirm') === true;
  const options = { ...asked, format: asked.json ? ('json' as const) : asked.format };
  const project = findProject(process.cwd());
  if (options.baselines) {
    process.stdout.write(renderBaselines(project));
    return;
  }
  const sides = sidesOf(base, candidate, options.baseline);
  if (options.saveBaseline !== undefined && sides.base === undefined) {
    const { experiment } = await writeQuestion(readWish('worktree', sides.candidate, options));
    process.stdout.write(`${await saveCandidate(project, options.saveBaseline, experiment)}\n`);
    return;
  }
  const wish = readWish(sides.base, sides.candidate, options);
  if (options.printSpec) {
    process.stdout.write(await printSpec(wish, options));
    return;
  }
  await underWatch(
    options,
    (surroundings) => runComparison(wish, options, confirms, surroundings),
    async ({ result, blocks }) => {
      if (result) await printResult(result, options);
      process.stderr.write(
        `Interrupted after ${countOf(blocks, 'block')}, which are kept; compare again begins anew.\n`,
      );
    },
  );
}

function readWish(base: string | undefined, candidate: string, options: Options): Wish {
  if (base === undefined) {
    throw new Problem({
      code: 'nothing-to-compare',
      message: 'it is not said what to compare against',
      cure: 'name a git ref, a folder, module@version or a prebuilt file: `seamark compare main`',
    });
  }
  const { spec, experiment, bench, package: pattern, build, run, margin } = options;
  return {
    ...{ base, candidate, cwd: process.cwd() },
    ...(spec === undefined ? {} : { spec }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(bench === undefined ? {} : { bench }),
    ...(pattern === undefined ? {} : { package: pattern }),
    ...(build === undefined ? {} : { build }),
    ...(run === undefined ? {} : { run }),
    ...(margin === undefined ? {} : { margin }),
  };
}

async function printSpec(wish: Wish, options: Options): Promise<string> {
  const { experiment, written } = await writeQuestion(wish);
  const fitted = written ? await fitToSources(experiment, {}) : { experiment, notes: [] };
  for (const note of fitted.notes) process.stderr.write(`${note}\n`);
  const comment = `seamark compare ${wish.base} ${wish.candidate}\nKeep it as seamark.yaml here, change it, and run it with: seamark run`;
  const asked = slowed(fitted.experiment, options);
  return writeSpec(override(asked, gatherOverrides(options, {})), { folder: wish.cwd, comment });
}

const slowed = (experiment: Experiment, { slowDown }: Options): Experiment =>
  slowDown === undefined ? experiment : withSlowDown(experiment, slowDown === true ? undefined : slowDown);

async function runComparison(
  wish: Wish,
  options: Options,
  confirms: boolean,
  surroundings: ConductSurroundings,
): Promise<void> {
  const { line, signal } = surroundings;
  const onStep = (step: string, build: string) => line.show(`${step} of ${build}`);
  const { experiment, written, notes } = await writeQuestion(wish);
  const fitted = written ? await fitToSources(experiment, { signal, onStep }) : { experiment, notes: [] };
  for (const note of [...notes, ...fitted.notes]) line.say(note);
  const project = findProject(wish.cwd);
  const overrides = gatherOverrides(options, {});
  const grows = written && options.budget === undefined;
  const settle = (found: Experiment): Experiment => {
    if (!grows) return found;
    const budgetS = budgetFor(found);
    line.say(sayBudget(found, formatDuration(budgetS)));
    return { ...found, budgetS };
  };
  const asked = override(slowed(fitted.experiment, options), overrides);
  const conducted = await conductExperiment(
    asked,
    { project, wait: options.wait, explain: options.explain, overrides, settle },
    surroundings,
  );
  await giveAnswer(project, conducted, options);
  for (const next of await sayNext(conducted.result, wish, { confirms, signal })) line.say(next);
  const { saveBaseline } = options;
  if (saveBaseline !== undefined) line.say(await saveCandidate(project, saveBaseline, asked));
}

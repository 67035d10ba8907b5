/** `seamark plan`: what would be run, what it costs, what it can and can't see. Builds and runs nothing. */
import type { Command } from 'commander';
import type { Experiment } from '../model/experiment.ts';
import type { Mode, Plan } from '../model/plan.ts';
import { findProject } from '../store/project.ts';
import { addExamples } from './help.ts';
import { knownOf } from './plan-known.ts';
import { renderPlan } from './plan-text.ts';
import { blocksOption, gatherOverrides, modeOption, override, readBudget, readWhole } from './run-options.ts';
import { chooseExperiment, loadExperiments } from './spec-file.ts';
import { colorsFor, columnsOf } from './terminal.ts';

export const PLAN_SCHEMA = 'seamark/plan@1';

interface Options {
  readonly experiment?: string;
  readonly seed?: number;
  readonly budget?: number;
  readonly blocks?: number;
  readonly mode?: Mode | 'auto';
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description(
      'print what an experiment would run, what that costs, and what it can and cannot see; nothing is built or run',
    )
    .argument('[spec]', 'spec file or its folder, or - for standard input (default: the seamark.yaml here or above)')
    .option('--experiment <name>', 'which one, when the spec holds several (default: all of them)')
    .option('--seed <number>', 'instead of the seed of the spec', readWhole(0, 2 ** 32 - 1))
    .option('--budget <time>', 'instead of the budget of the spec: 90s, 3min', readBudget)
    .addOption(blocksOption())
    .addOption(modeOption())
    .option('--json', 'print one JSON document')
    .option('--verbose', 'list every treatment and comparison')
    .action(plan);
  addExamples(command, [
    ['seamark plan', 'the experiment of the seamark.yaml here or above'],
    ['seamark plan --budget 5min', 'what more time would buy'],
  ]);
}

async function plan(where: string | undefined, options: Options): Promise<void> {
  const { experiments } = await loadExperiments(where);
  const chosen = options.experiment === undefined ? experiments : [chooseExperiment(experiments, options.experiment)];
  const project = findProject(process.cwd());
  const priced = await Promise.all(
    chosen.map(async (experiment) => priceOne(override(experiment, gatherOverrides(optionsOf(options), {})), project)),
  );
  if (options.json) {
    const plans = priced.map(({ experiment, plan, price }) => ({ experiment, plan, price }));
    const finite = (_: string, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);
    process.stdout.write(`${JSON.stringify({ schema: PLAN_SCHEMA, plans }, finite, 2)}\n`);
    return;
  }
  const page = {
    columns: columnsOf(process.stdout),
    colors: colorsFor(process.stdout),
    everything: options.verbose === true,
  };
  process.stdout.write(priced.map((one) => renderPlan(one, page)).join('\n'));
}

async function priceOne(read: Experiment, project: string) {
  const [
    { planExperiment },
    { expectedModes, withDuet },
    { chooseCores },
    { priceExperiment },
    { withExpectedBenchmarks },
  ] = await Promise.all([
    import('../design/plan.ts'),
    import('../design/modes.ts'),
    import('../machine/cores.ts'),
    import('../design/price.ts'),
    import('./plan-benchmarks.ts'),
  ]);
  const { experiment, notes } = withExpectedBenchmarks(read);
  const planned: Plan = planExperiment(
    experiment,
    withDuet(expectedModes(experiment), await chooseCores(experiment.cores)),
  );
  const price = priceExperiment(experiment, planned, await knownOf(experiment, planned, project));
  return { experiment, plan: planned, price, notes };
}

/** The part that `run` shares. */
const optionsOf = ({ seed, budget, blocks, mode }: Options) => ({
  ...(mode !== undefined && { mode }),
  ...(seed !== undefined && { seed }),
  ...(budget !== undefined && { budget }),
  ...(blocks !== undefined && { blocks }),
});

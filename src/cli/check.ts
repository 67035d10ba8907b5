/** `seamark check`: every problem of a spec at once, or what was understood. Runs nothing. */
import type { Command } from 'commander';
import { type Design, sayTerm } from '../model/design.ts';
import type { Experiment, Factor, Subject } from '../model/experiment.ts';
import { Problems } from '../model/problem.ts';
import { formatQuantity } from '../model/unit.ts';
import { addExamples } from './help.ts';
import { findSpecFile, readSpecFile } from './spec-file.ts';

export function registerCheck(program: Command): void {
  const command = program
    .command('check')
    .description('read specs and name every problem in them, with line and column, or say what was understood')
    .argument('[spec...]', 'spec files, folders, or - for standard input (default: the seamark.yaml here or above)')
    .option('--json', 'print the experiments as one JSON document')
    .action(check);
  addExamples(command, [
    ['seamark check', 'check the seamark.yaml here or above'],
    ['seamark check specs/*.yaml', 'check several'],
  ]);
}

async function check(where: readonly string[], options: { json?: boolean }): Promise<void> {
  const files = (where.length === 0 ? [undefined] : where).map((name) => findSpecFile(name));
  const results = await Promise.all(files.map(readSpecFile));
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) throw new Problems(problems);
  if (options.json) {
    const experiments = results.flatMap((result) => result.experiments);
    process.stdout.write(`${JSON.stringify({ schema: 'seamark/experiments@1', experiments }, null, 2)}\n`);
    return;
  }
  const shown = results.map((result, index) => {
    const experiments = result.experiments.map((experiment) => describeExperiment(experiment).join('\n'));
    return `${files[index]!.name}: fine\n\n${experiments.join('\n\n')}\n`;
  });
  process.stdout.write(shown.join('\n'));
}

/** What was understood, defaults filled in: aligned lines, no more than one subject each. */
function describeExperiment(experiment: Experiment): string[] {
  const { metrics, probe, budgetS, margin, seed } = experiment;
  const margins = Object.entries(experiment.margins).map(([name, value]) => `${name} ${percent(value)}`);
  const rows: (readonly [string, string])[] = [
    ['experiment', experiment.name],
    ['hypothesis', experiment.hypothesis ?? ''],
    ['subject', describeSubject(experiment.subject)],
    ['workload', describeWorkload(experiment)],
    ['paths', experiment.paths.map(showPath).join(', ')],
    ...experiment.factors.map((factor) => ['factor', describeFactor(factor)] as const),
    [
      'baseline',
      Object.entries(experiment.baseline)
        .map(([name, level]) => `${name} ${level}`)
        .join(', '),
    ],
    ['design', describeDesign(experiment.design)],
    ['primary', metrics.primary],
    ['gate', metrics.gate.join(', ')],
    ['explore', metrics.explore.join(', ')],
    [
      'expect',
      experiment.expect.length === 0
        ? ''
        : `${experiment.expect.length} ${experiment.expect.length === 1 ? 'expectation' : 'expectations'}`,
    ],
    ['margin', [percent(margin), ...margins].join(', ')],
    ['probe', probe],
    ['budget', formatQuantity({ dimension: 'seconds', value: budgetS })],
    ['blocks', experiment.maxBlocks === undefined ? '' : `at most ${experiment.maxBlocks}`],
    ['seed', String(seed)],
  ];
  const filled = rows.filter(([, text]) => text !== '');
  return filled.map(([label, text]) => `  ${label.padEnd(10)}  ${text}`);
}

function describeSubject(subject: Subject): string {
  if (subject.kind === 'go-bench') return `go-bench, package ${subject.package}, benchmarks ${subject.bench}`;
  if (subject.kind === 'command') return `command, ${subject.run.shell ?? subject.run.words.join(' ')}`;
  const lines = new Map(Object.entries(subject.run).map(([path, line]) => [line.shell ?? line.words.join(' '), path]));
  if (lines.size === 1) return `harness, ${[...lines.keys()][0]}`;
  const byPath = Object.entries(subject.run).map(
    ([path, line]) => `${showPath(path)}: ${line.shell ?? line.words.join(' ')}`,
  );
  return `harness, ${byPath.join(' · ')}`;
}

function describeWorkload({ workload }: Experiment): string {
  if (workload === undefined) return '';
  const { records } = workload;
  const parameters = Object.entries(records?.parameters ?? {}).map(([name, value]) => ` ${name} ${value}`);
  return `${workload.name}, seed ${workload.seed}${records ? `, records ${records.kind}${parameters.join('')}` : ''}`;
}

/** What is not said has no line: everything is run. */
function describeDesign(design: Design): string {
  const { kind, ...options } = design;
  const said = Object.entries(options).map(([name, value]) =>
    name === 'generators' ? Object.entries(value).map(([made, of]) => `${made} = ${sayTerm(of)}`) : `${name} ${value}`,
  );
  return kind === 'full-factorial' && said.length === 0 ? '' : [kind, ...said.flat()].join(', ');
}

function describeFactor(factor: Factor): string {
  const within = Object.entries(factor.within ?? {}).map(
    ([name, level]) => `${name} ${name === 'path' ? showPath(level) : level}`,
  );
  const levels = factor.levels.map((level) => level.text).join(', ');
  return `${factor.name}: ${levels}${within.length > 0 ? `, only within ${within.join(' and ')}` : ''}`;
}

/** For people `go→rust`; in files and data `go->rust`. */
const showPath = (path: string) => path.replace('->', '→');

const percent = (value: number) => formatQuantity({ dimension: 'fraction', value });

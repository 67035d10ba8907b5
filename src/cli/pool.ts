/** `seamark pool`: studies of one experiment from several machines, put together. Measures nothing. */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { MachineStudy, MachinesReading } from '../analysis/machines.ts';
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { openStudy, readResult } from '../store/finished-study.ts';
import { findProject } from '../store/project.ts';
import { addExamples } from './help.ts';
import { allowsColor, columnsOf } from './terminal.ts';

interface Options {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly on?: string;
}

export function registerPool(program: Command): void {
  const command = program
    .command('pool')
    .description('put studies of one experiment from several machines together: does what was found hold on others?')
    .argument(
      '<study...>',
      'one a machine: a file that `seamark run --json` printed, a folder of a study, or its id here',
    )
    .option('--all', 'show every metric, not the primary one alone')
    .option(
      '--on <properties>',
      'whether the effect goes with a number known of the machines: clock, cores, memory, cache, bandwidth, or several with commas; takes four machines for each',
    )
    .option('--json', 'print the answer as JSON')
    .action(pool);
  addExamples(command, [
    ['seamark pool laptop.json server.json arm.json', 'three machines, their results as printed with --json'],
    ['seamark pool results/*/ --on cores', 'study folders that were copied here: does the effect go with the cores?'],
  ]);
}

async function pool(names: readonly string[], { json, all = false, on }: Options): Promise<void> {
  const { poolMachines, sameQuestion } = await import('../analysis/machines.ts');
  const studies = distinct(names.map(readStudy));
  const mistake = sameQuestion(studies);
  if (mistake !== undefined) {
    throw new Problem({
      code: 'different-questions',
      message: mistake,
      cure: 'run one spec on every machine, and name one study of each',
    });
  }
  const pooled = poolMachines(studies);
  const reading = on === undefined ? pooled : await addProperties(pooled, on, studies);
  if (json) {
    process.stdout.write(`${JSON.stringify(reading, undefined, 2)}\n`);
    return;
  }
  const { renderMachines } = await import('./pool-text.ts');
  process.stdout.write(
    renderMachines(reading, { columns: columnsOf(process.stdout), color: allowsColor(process.stdout), all }),
  );
}

async function addProperties(
  pooled: MachinesReading,
  on: string,
  studies: readonly MachineStudy[],
): Promise<MachinesReading> {
  const { dependOn, readProperties } = await import('../analysis/machine-properties.ts');
  const names = on.split(',').map((name) => name.trim());
  return dependOn(pooled, readProperties(names, studies));
}

function readStudy(name: string): MachineStudy {
  const kind = statSync(name, { throwIfNoEntry: false });
  const called = basename(name.replace(/\/+$/, '')).replace(/\.json$/, '');
  if (kind?.isFile()) return { name: called, result: readPrinted(name) };
  if (kind?.isDirectory()) return { name: called, result: readResult(join(name, 'result.json')) };
  if (/[/.]/.test(name)) {
    throw new Problem({
      code: 'no-such-study',
      message: `there is no file or folder ${name}`,
      cure: 'name what `seamark run --json` printed on each machine, or copied folders of .seamark/studies',
    });
  }
  const { id, result } = openStudy(findProject(process.cwd()), name);
  return { name: id, result };
}

/** A file that somebody names is theirs to choose: another one than a result is wrong use, not a broken study. */
function readPrinted(name: string): Result {
  try {
    return readResult(name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      {
        code: 'no-result',
        message: `${error.message}: this is no result of \`seamark run --json\``,
        cure: 'name what `seamark run --json` of this version printed on each machine',
        blame: 'input',
      },
      error,
    );
  }
}

/** The same study twice is a slip; two studies that are called alike are told apart by their number. */
function distinct(studies: readonly MachineStudy[]): MachineStudy[] {
  const ids = studies.map(({ result }) => result.study);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new Problem({
      code: 'study-twice',
      message: `study ${twice} was named twice`,
      cure: 'name one study of each machine',
    });
  }
  const names = studies.map(({ name }) => name);
  return studies.map((study, i) => ({
    ...study,
    name: names.indexOf(study.name) === names.lastIndexOf(study.name) ? study.name : `${study.name} (${i + 1})`,
  }));
}

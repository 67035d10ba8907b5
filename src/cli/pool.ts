/** `seamark pool`: studies of one experiment from several machines, put together. Measures nothing. */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { MachineStudy } from '../analysis/machines.ts';
import { Problem } from '../model/problem.ts';
import { openStudy, readResult } from '../store/finished-study.ts';
import { findProject } from '../store/project.ts';
import { addExamples } from './help.ts';
import { allowsColor, columnsOf } from './terminal.ts';

interface Options {
  readonly json?: boolean;
  readonly all?: boolean;
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
    .option('--json', 'print the answer as JSON')
    .action(pool);
  addExamples(command, [
    ['seamark pool laptop.json server.json arm.json', 'three machines, their results as printed with --json'],
    ['seamark pool results/*/ --json', 'study folders that were copied here'],
  ]);
}

async function pool(names: readonly string[], { json, all = false }: Options): Promise<void> {
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
  const reading = poolMachines(studies);
  if (json) {
    process.stdout.write(`${JSON.stringify(reading, undefined, 2)}\n`);
    return;
  }
  const { renderMachines } = await import('./pool-text.ts');
  process.stdout.write(
    renderMachines(reading, { columns: columnsOf(process.stdout), color: allowsColor(process.stdout), all }),
  );
}

function readStudy(name: string): MachineStudy {
  const kind = statSync(name, { throwIfNoEntry: false });
  const called = basename(name.replace(/\/+$/, '')).replace(/\.json$/, '');
  if (kind?.isFile()) return { name: called, result: readResult(name) };
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

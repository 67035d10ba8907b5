/** `seamark import`: Go benchmark files that were made elsewhere, side by side. Measures nothing, and its verdict is never more than advisory. */
import { type Command, Option } from 'commander';
import { Problem } from '../model/problem.ts';
import { addExamples } from './help.ts';
import { allowsColor, columnsOf } from './terminal.ts';
import { readTextFile } from './text-file.ts';

const UNREADABLE = {
  code: 'benchmarks-unreadable',
  cure: 'name files that hold what `go test -bench` printed, or - for standard input',
};

interface Options {
  readonly format: 'text' | 'md' | 'json';
  readonly json?: boolean;
}

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description(
      'compare Go benchmark files that were made elsewhere: advisory at most, since nobody knows in which order they were measured',
    )
    .argument('<old>', 'what `go test -bench` printed; several runs may be appended, each is one process')
    .argument('<new...>', 'the same of one version or more; each is compared with the first; - is standard input')
    .addOption(new Option('--format <form>', 'form of what is printed').choices(['text', 'md', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .action((old: string, others: readonly string[], options: Options) => importFiles([old, ...others], options));
  addExamples(command, [
    ['seamark import old.txt new.txt', 'two versions, each file holding several runs of go test -bench'],
    ['seamark import main.txt branch.txt --format md', 'a branch beside its base, for a comment on a pull request'],
  ]);
}

async function importFiles(files: readonly string[], { format, json }: Options): Promise<void> {
  const { parseBenchmarks } = await import('./import-file.ts');
  const { readImport } = await import('../analysis/imported.ts');
  requireDifferent(files);
  const read = files.map((file) => parseBenchmarks(readTextFile(file, UNREADABLE), file === '-' ? '<stdin>' : file));
  const reading = readImport(read.map(({ arm }) => arm));
  const warnings = [...read.flatMap((one) => one.warnings), ...reading.warnings];
  const [baseline, ...others] = read.map(({ arm }) => arm.name);
  if (reading.comparisons.length === 0) {
    throw new Problem({
      code: 'nothing-in-common',
      message: `${others.join(', ')} and ${baseline} have no benchmark in common`,
      cure: 'give files of the same benchmarks: package, name and processor suffix (-8) must be the same',
    });
  }
  const { measureProperly } = await import('./import-spec.ts');
  const whole = { ...reading, warnings, properly: measureProperly(reading.comparisons) };
  if (json || format === 'json') {
    const { schema, ...rest } = whole;
    const finite = (_: string, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);
    process.stdout.write(`${JSON.stringify({ schema, ...rest }, finite, 2)}\n`);
    return;
  }
  const { renderImport, renderImportMarkdown } = await import('./import-text.ts');
  const options = { columns: columnsOf(process.stdout), color: allowsColor(process.stdout) };
  process.stdout.write(format === 'md' ? renderImportMarkdown(whole) : renderImport(whole, options));
}

function requireDifferent(files: readonly string[]): void {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice === undefined) return;
  throw new Problem({
    code: 'file-twice',
    message: `${twice} was named twice`,
    cure: 'name one file a version; runs of one version belong into one file',
  });
}

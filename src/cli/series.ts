/** `seamark series`: where a metric changed its level over versions, read from a file of values. It judges nothing. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseQuantity } from '../model/unit.ts';
import { addExamples } from './help.ts';
import { readWhole } from './run-options.ts';
import { allowsColor, columnsOf } from './terminal.ts';
import { readTextFile } from './text-file.ts';

interface Options {
  readonly magnitude: number;
  readonly window: number;
  readonly json?: boolean;
}

export function registerSeries(program: Command): void {
  const command = program
    .command('series')
    .description('find where a metric changed its level over versions; it says where to look and judges nothing')
    .argument('<file>', 'one line a version, oldest first: `v1.4.0, 12.3 ms` or only the value; - is standard input')
    .addOption(
      new Option('--magnitude <share>', 'leave out changes smaller than this')
        .argParser(readShare)
        .default(0.01, '1 %'),
    )
    .option('--window <n>', 'newest values that are tested against as many before them', readWhole(8, 1000), 10)
    .option('--json', 'print the reading as JSON')
    .action(series);
  addExamples(command, [
    ['seamark series times.csv', 'the stretches of a file of versions and times'],
    [
      'cut -f1,4 history.tsv | seamark series - --magnitude 5%',
      'two columns of a table, and only steps of 5 % or more',
    ],
  ]);
}

async function series(file: string, { magnitude, window, json }: Options): Promise<void> {
  const { parseSeries } = await import('./series-file.ts');
  const { readSeries } = await import('../analysis/series.ts');
  const name = file === '-' ? '<stdin>' : file;
  const { points, dimension } = parseSeries(readText(file), name);
  const reading = readSeries(points, { dimension, magnitude, window });
  if (json) {
    process.stdout.write(`${JSON.stringify(reading, undefined, 2)}\n`);
    return;
  }
  const { renderSeries } = await import('./series-text.ts');
  const options = { columns: columnsOf(process.stdout), color: allowsColor(process.stdout) };
  process.stdout.write(renderSeries(reading, name, options));
}

const readText = (file: string): string =>
  readTextFile(file, {
    code: 'series-unreadable',
    cure: 'name a file of values, or - for standard input',
  });

/** `5 %`, `5%` or `0.05`. */
function readShare(text: string): number {
  const quantity = parseQuantity(text);
  const fits = quantity?.dimension === 'fraction' || quantity?.dimension === 'count';
  if (!quantity || !fits || !(quantity.value >= 0 && quantity.value < 1)) {
    throw new InvalidArgumentError('It is a share from 0 to below 100 %, such as 1% or 0.05.');
  }
  return quantity.value;
}

/**
 * `seamark calibrate`: how often Seamark errs on this machine, on this subject. Runs whole studies through the same engine as
 * `seamark run`: of a program against itself, and of the program with busy time of a known size planted at its boundary.
 * Each study's line is kept as it ends: what was interrupted is taken up by --resume.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { rateStudies } from '../analysis/calibration.ts';
import { CALIBRATION_SCHEMA, type Calibration, type CalibrationGroup } from '../model/calibration.ts';
import { formatDuration } from '../report/facts.ts';
import { median } from '../stats/quantile.ts';
import { CalibrationSeries, isOf } from '../store/calibrations.ts';
import { drillLayers, summariseDrills } from './calibrate-layers.ts';
import { type BuiltTwice, buildCalibrated, type CalibratedSubject, chooseSubject } from './calibrate-subject.ts';
import { renderPrice, renderRates, renderStudy } from './calibrate-text.ts';
import { runOne, type SeriesConditions, sizePlanted } from './calibrate-trial.ts';
import { addConductOptions } from './command-options.ts';
import { renderDrillRates } from './drill-text.ts';
import { addExamples } from './help.ts';
import { LiveLine } from './live-line.ts';
import { readBudget, readMargin, readWhole, shareOf } from './run-options.ts';
import { INTERRUPTED, StopKeys } from './stop.ts';
import { columnsOf } from './terminal.ts';
import { version } from './version.ts';

interface Options {
  readonly experiment?: string;
  readonly module?: string;
  readonly package?: string;
  readonly bench?: string;
  readonly at: Readonly<Record<string, string>>;
  readonly site?: string;
  readonly studies: number;
  readonly planted: number;
  readonly plant: readonly number[];
  readonly only?: 'same' | 'planted';
  readonly layers?: boolean;
  readonly margin?: number;
  readonly budget: number;
  readonly seed: number;
  readonly resume?: boolean;
  readonly json?: boolean;
  readonly wait: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** A rate that was promised was missed. */
const MISSED = 1;

export function registerCalibrate(program: Command): void {
  const command = program
    .command('calibrate')
    .description(
      'measure how often Seamark errs here: studies of a program against itself, and with a known delay planted at its boundary',
    )
    .argument('[spec]', 'spec file or its folder (default: the lab that comes with Seamark)')
    .option('--experiment <name>', 'which one, when the spec holds several')
    .option('--module <module@version>', 'in place of a spec: the benchmarks of a module of the registry')
    .option('--package <pattern>', 'of --module: Go packages, as for go test (default: .)')
    .option('--bench <regex>', 'of --module: Go benchmarks; the first that is found stands for all')
    .addOption(
      new Option('--at <factor=level>', 'another level to calibrate at; may be repeated')
        .argParser(readPlace)
        .default({}, 'of each factor the baseline, or the first'),
    )
    .option('--studies <number>', 'studies of the program against itself', readWhole(1, 10_000), 20)
    .addOption(
      new Option('--plant <shares>', 'shares of an iteration to plant, in per cent: 5 or 5,2')
        .argParser(readShares)
        .default([0.05], '5'),
    )
    .option('--planted <number>', 'studies of each share', readWhole(1, 10_000), 10)
    .option('--site <function>', 'plant in the calls of this foreign function only')
    .addOption(new Option('--only <half>', 'one half alone').choices(['same', 'planted']))
    .addOption(
      new Option(
        '--layers',
        'hide a fault drawn from five layers in each planted study, 3 to 15 % of an iteration, and ask for the layer',
      ).conflicts(['plant', 'margin']),
    )
    .option('--margin <share>', 'instead of the margin of the spec, in per cent: 1%', readMargin)
    .addOption(new Option('--budget <time>', 'of each study').argParser(readBudget).default(30, '30s'))
    .option('--seed <number>', 'of the first study; each next one has the next', readWhole(0, 2 ** 31), 1)
    .option('--resume', 'keep the studies there are of these series and run those that are missing')
    .option('--json', 'print one JSON document');
  addConductOptions(command).action(calibrate);
  addExamples(command, [
    ['seamark calibrate', 'this machine on the lab: 20 studies of nothing, 10 of 5 %'],
    ['seamark calibrate --layers --planted 20 --budget 20s', 'how often the right layer is named on the lab'],
    ['seamark calibrate . --only planted --plant 5,2 --margin 1% --budget 60s', "one's own subject, as small as 2 %"],
  ]);
}

async function calibrate(spec: string | undefined, options: Options): Promise<void> {
  using line = new LiveLine({ stream: process.stderr, quiet: options.quiet === true, verbose: false });
  using stop = new StopKeys(() => line.say('stopping; studies that ended are kept (once more to stop at once)'));
  const subject = await chooseSubject(spec, options);
  if (options.layers) return drill(subject, options, line, stop);
  const margin = options.margin ?? subject.experiment.margin;
  const wanted = listGroups(options, margin);
  const series = new CalibrationSeries(subject.folder);
  if (!options.resume) series.begin(wanted.map(({ group }) => group));
  const tell = options.json ? (text: string) => line.say(text) : (text: string) => print(line, text);
  tell(renderPrice(subject, wanted, columnsOf(process.stdout)));
  try {
    await conduct({ subject, series, wanted, options, tell }, { line, signal: stop.signal, wait: options.wait });
  } catch (error) {
    sayInterrupted(error, line, stop);
  }
  line.clear();
  const groups = wanted.map(({ group }) => group);
  const calibration = summarise(subject, series);
  if (calibration === undefined) return;
  series.summarise(calibration);
  const asked = calibration.rates.filter((rates) => groups.some((group) => isOf(rates, group)));
  process.stdout.write(
    options.json ? `${JSON.stringify(calibration, null, 2)}\n` : renderRates(asked, columnsOf(process.stdout)),
  );
  const missed = asked.some(({ must }) => must.some(({ met }) => met === false));
  if (missed && process.exitCode === undefined) process.exitCode = MISSED;
}

async function drill(subject: CalibratedSubject, options: Options, line: LiveLine, stop: StopKeys): Promise<void> {
  const half = {
    planted: options.only === 'same' ? 0 : options.planted,
    studies: options.only === 'planted' ? 0 : options.studies,
  };
  const asked = { ...options, ...half };
  const tell = options.json ? (text: string) => line.say(text) : (text: string) => print(line, text);
  try {
    await drillLayers(subject, asked, { line, signal: stop.signal, wait: options.wait }, tell);
  } catch (error) {
    sayInterrupted(error, line, stop);
  }
  line.clear();
  const rates = summariseDrills(subject, asked);
  if (rates)
    process.stdout.write(
      options.json ? `${JSON.stringify(rates, null, 2)}\n` : renderDrillRates(rates, columnsOf(process.stdout)),
    );
}

function sayInterrupted(error: unknown, line: LiveLine, stop: StopKeys): void {
  if (!stop.asked) throw error;
  line.clear();
  process.stderr.write('Interrupted. The same command with --resume goes on where it stopped.\n');
  process.exitCode = INTERRUPTED;
}

/** Studies that are wanted of one group. */
export interface Wanted {
  readonly group: CalibrationGroup;
  readonly studies: number;
}

function listGroups({ only, plant, studies, planted, budget }: Options, margin: number): readonly Wanted[] {
  const of = (share: number): CalibrationGroup => ({ share, margin, budgetS: budget });
  return [
    ...(only === 'planted' ? [] : [{ group: of(0), studies }]),
    ...(only === 'same' ? [] : plant.map((share) => ({ group: of(share), studies: planted }))),
  ];
}

interface Work {
  readonly subject: CalibratedSubject;
  readonly series: CalibrationSeries;
  readonly wanted: readonly Wanted[];
  readonly options: Options;
  readonly tell: (text: string) => void;
}

async function conduct(work: Work, conditions: SeriesConditions): Promise<void> {
  const { subject, series, wanted, options, tell } = work;
  const missing = wanted.map(({ group, studies }) => {
    const there = series.studies().filter((study) => isOf(study, group)).length;
    return { group, studies, there };
  });
  let bare: BuiltTwice | undefined;
  // First of all: where nothing can be planted, no study is run.
  const plants = missing.some(({ group, studies, there }) => group.share > 0 && there < studies);
  let planted = plants ? await sizePlanted(subject, conditions) : undefined;
  for (const { group, studies, there } of missing) {
    if (there >= studies) continue;
    if (group.share === 0) bare ??= await buildCalibrated(subject, false, conditions.line, conditions.signal);
    for (let number = there + 1; number <= studies; number++) {
      const seed = options.seed + number - 1;
      const left = sayTimeLeft(series, wanted);
      const built = group.share === 0 ? bare! : planted!;
      const { study, baselineS } = await runOne(subject, group, built, { seed, left }, conditions);
      // The next delay is sized by how fast the machine is now.
      if (planted && group.share > 0) planted = { ...planted, iterationS: baselineS };
      series.add(study);
      tell(renderStudy(study, number, studies));
    }
    const calibration = summarise(subject, series);
    if (calibration) series.summarise(calibration);
  }
}

/** From the studies there are; nothing before there is one. */
function sayTimeLeft(series: CalibrationSeries, wanted: readonly Wanted[]): string {
  const all = series.studies();
  if (all.length === 0) return '';
  const leftS = wanted.reduce((sum, { group, studies }) => {
    const own = all.filter((study) => isOf(study, group));
    const each = median((own.length > 0 ? own : all).map(({ seconds }) => seconds.all));
    return sum + Math.max(0, studies - own.length) * each;
  }, 0);
  return ` · about ${formatDuration(Math.ceil(leftS))} left`;
}

function summarise(
  { experiment, treatment, lab }: CalibratedSubject,
  series: CalibrationSeries,
): Calibration | undefined {
  const studies = series.studies();
  const last = studies.at(-1);
  if (last === undefined) return undefined;
  return {
    schema: CALIBRATION_SCHEMA,
    subject: experiment.name,
    treatment,
    lab,
    metric: experiment.metrics.primary,
    measuredAt: last.startedAt,
    version: version(),
    rates: rateStudies(studies),
  };
}

function print(line: LiveLine, text: string): void {
  line.clear();
  process.stdout.write(`${text}\n`);
}

/** `5,2` or `5 %, 2 %`: per cent, from the largest to the smallest. */
function readShares(text: string): readonly number[] {
  const shares = text.split(',').map((part) => readShare(part));
  return [...new Set(shares)].sort((a, b) => b - a);
}

function readShare(text: string): number {
  const share = shareOf(text);
  if (share !== undefined) return share;
  throw new InvalidArgumentError(
    'It is a share of an iteration in per cent, above 0 and at most 100, such as 5 or 2%.',
  );
}

function readPlace(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, level] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || level === undefined) throw new InvalidArgumentError('It is factor=level.');
  return { ...before, [name.trim()]: level.trim() };
}

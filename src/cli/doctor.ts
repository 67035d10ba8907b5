/** `seamark doctor`: what is here, what is missing and how to get it, the clocks, and the noise of this machine. */
import { type Command, InvalidArgumentError } from 'commander';
import { judgeMachine, unfitWarning } from '../analysis/machine-fitness.ts';
import { type Clocks, measureClocks } from '../machine/clock.ts';
import { describeEnvironment } from '../machine/environment.ts';
import { measureNoise, type Noise } from '../machine/noise.ts';
import { findTools, isUnmet } from '../machine/tools.ts';
import { findWeaknesses } from '../machine/weakness.ts';
import { Problem } from '../model/problem.ts';
import { parseQuantity } from '../model/unit.ts';
import { readCalibrations, readSelfChecks } from '../store/calibrations.ts';
import { machineFolder } from './calibration-place.ts';
import { DOCTOR_SCHEMA, type Findings, renderFindings } from './doctor-text.ts';
import { addExamples } from './help.ts';
import { allowsColor, allowsLiveLine, columnsOf } from './terminal.ts';

/** Wrong surroundings count as a run that can't be done. */
const UNMET = 3;

interface Options {
  readonly json?: boolean;
  readonly noise: boolean;
  readonly seconds: number;
}

export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('say what is here, what is missing and how to get it, and how well this machine can measure')
    .option('--json', 'print one JSON document')
    .option('--no-noise', 'skip the check of the noise')
    .option('--seconds <time>', 'how long the check of the noise takes', readSeconds, 5)
    .action(examine);
  addExamples(command, [
    ['seamark doctor', 'look at everything, about six seconds'],
    ['seamark doctor --json --no-noise', 'the facts alone, for a script'],
  ]);
}

async function examine(options: Options): Promise<void> {
  const [tools, environment] = await Promise.all([findTools(), describeEnvironment()]);
  // One after the other: they would disturb each other's times.
  const clocks = await attempt(measureClocks);
  const noise = options.noise ? await attempt(() => watchNoise(options.seconds)) : undefined;
  const folder = await machineFolder();
  const fitness = judgeMachine(readSelfChecks(folder));
  const unfit = unfitWarning(fitness);
  const ready = !tools.some(isUnmet) && clocks.problem === undefined && noise?.problem === undefined;
  const findings: Findings = {
    schema: DOCTOR_SCHEMA,
    ready,
    tools,
    environment,
    ...(clocks.value ? { clocks: clocks.value } : {}),
    ...(noise?.value ? { noise: noise.value } : {}),
    calibrations: [...readCalibrations(folder).values()],
    fitness,
    problems: distinct([clocks.problem, noise?.problem]),
    warnings: [
      ...(unfit ? [unfit] : []),
      ...findWeaknesses({ environment, clocks: clocks.value, noise: noise?.value }),
    ],
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify(findings, withoutInfinity, 2)}\n`
      : renderFindings(findings, { columns: columnsOf(process.stdout), color: allowsColor(process.stdout) }),
  );
  if (!ready) process.exitCode = UNMET;
}

interface Attempt<T> {
  readonly value?: T;
  readonly problem?: Problem['facts'];
}

/** What can't be measured is a finding of its own here, not an end. */
async function attempt<T extends Clocks | Noise>(measure: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await measure() };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.facts };
    throw error;
  }
}

/** Both measurements need the same tools: one missing is said once. */
function distinct(problems: readonly (Problem['facts'] | undefined)[]): readonly Problem['facts'][] {
  const present = problems.filter((problem) => problem !== undefined);
  return present.filter((problem, at) => present.findIndex((other) => other.code === problem.code) === at);
}

async function watchNoise(seconds: number): Promise<Noise> {
  const live = allowsLiveLine(process.stderr);
  if (live) process.stderr.write(`measuring the noise of this machine, ${seconds} s …`);
  try {
    return await measureNoise({ seconds });
  } finally {
    if (live) process.stderr.write('\r\u001b[K');
  }
}

function readSeconds(text: string): number {
  const quantity = parseQuantity(text);
  const isTime = quantity?.dimension === 'seconds' || quantity?.dimension === 'count';
  if (!quantity || !isTime || quantity.value <= 0 || quantity.value > 600) {
    throw new InvalidArgumentError('It is a time of at most 10 min, such as 5s.');
  }
  return quantity.value;
}

/** JSON has no infinity: what nothing can see is null. */
function withoutInfinity(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

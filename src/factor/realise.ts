/** How the levels of a treatment become real for one run: variables of its environment, parameters, words of its command. */

import { type Fault, faultAt } from '../instrument/fault.ts';
import type { Variables } from '../machine/variables.ts';
import type { Experiment, Factor, Level, ProbeLevel } from '../model/experiment.ts';
import type { Arm } from '../model/plan.ts';
import { parseQuantity } from '../model/unit.ts';

export interface Reality {
  /** Added to the environment of the run. */
  readonly environment: Readonly<Record<string, string>>;
  /** Handed to a harness subject at prepare. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What `$NAME` stands for in the command line of the run. */
  readonly variables: Variables;
  /** Text of the build level; undefined without a build factor. */
  readonly build?: string;
  /** What the probe of this run does; `off` in a bare build. */
  readonly probe: ProbeLevel;
  /** What is planted in this run, faults of nothing included; empty where faults are no factor. */
  readonly faults: readonly Fault[];
  /** Level of the implied factor of a go-bench subject. */
  readonly benchmark?: string;
}

/** A level as it was written, and in the base unit of its dimension when it carries a number. */
export interface Parameter {
  readonly text: string;
  readonly value?: number;
}

/** Name of the factor that `discoverBenchmarks` adds to a go-bench experiment. */
export const BENCHMARK_FACTOR = 'benchmark';

export function realise(experiment: Experiment, arm: Arm): Reality {
  const environment: Record<string, string> = {};
  const parameters: Record<string, Parameter> = {};
  const variables: Record<string, string> = { SEED: String(experiment.workload?.seed ?? experiment.seed) };
  let build: string | undefined;
  let benchmark: string | undefined;
  const faults: Fault[] = [];
  let probe: ProbeLevel = arm.role === 'probed' ? experiment.probe : 'off';
  for (const factor of experiment.factors) {
    const text = arm.treatment.levels[factor.name];
    if (text === undefined) continue;
    // The middle of a design is no level of the spec: its text says the number.
    const level = factor.levels.find((candidate) => candidate.text === text) ?? { text, ...parseQuantity(text) };
    if (factor.family === 'build') build = text;
    else if (factor.family === 'probe') probe = text as ProbeLevel;
    else if (factor.family === 'fault') faults.push(faultAt(factor, level));
    else if (factor.family === 'environment') environment[variableOf(factor)] = forEnvironment(factor, level);
    else if (experiment.subject.kind === 'go-bench' && factor.name === BENCHMARK_FACTOR) benchmark = text;
    else {
      parameters[factor.name] = level.value === undefined ? { text } : { text, value: level.value };
      for (const name of namesOf(factor.name)) variables[name] = forCommandLine(level);
    }
  }
  return {
    environment,
    parameters,
    variables,
    ...(build === undefined ? {} : { build }),
    probe,
    faults,
    ...(benchmark === undefined ? {} : { benchmark }),
  };
}

/** Factors of the `environment` family by their dotted name; `env.NAME` stands for NAME itself. */
const VARIABLES: Readonly<Record<string, string>> = {
  'go.gogc': 'GOGC',
  'go.gomemlimit': 'GOMEMLIMIT',
  'go.gomaxprocs': 'GOMAXPROCS',
};

function variableOf(factor: Factor): string {
  const known = VARIABLES[factor.name];
  if (known) return known;
  return factor.name.startsWith('env.') ? factor.name.slice('env.'.length) : factor.name;
}

function forEnvironment(factor: Factor, level: Level): string {
  // GOMEMLIMIT is written 64MiB, and a plain number means bytes: base units are understood whatever the spec wrote.
  if (factor.name === 'go.gomemlimit' && level.value !== undefined) return String(Math.round(level.value));
  if (factor.name === 'go.gogc' && level.dimension === 'fraction' && level.value !== undefined) {
    return String(Math.round(level.value * 100));
  }
  return level.text;
}

/** Programs understand 4096, not `4 KiB`: levels with a unit go out in base units, others as they are written. */
function forCommandLine(level: Level): string {
  return level.value === undefined || level.dimension === 'count' ? level.text : String(level.value);
}

/** `max-size` is reached as `$max_size` and as `$MAX_SIZE`. */
function namesOf(factor: string): readonly string[] {
  const name = factor.replaceAll(/\W/g, '_');
  return [name, name.toUpperCase()];
}

/** How one run of an arm is started: from the artifact, the levels of its treatment, and what the block says. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Artifact } from '../artifact/artifact.ts';
import { type Reality, realise } from '../factor/realise.ts';
import { faultRun } from '../instrument/fault.ts';
import type { LaunchOptions } from '../machine/launch.ts';
import { expandAll, toWords } from '../machine/variables.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { OpenOptions } from '../model/run.ts';

/** What a study says of all its runs. */
export interface RunConditions {
  /** Default: the experiment's own, or all there are. */
  readonly cores?: readonly number[];
  /** Ends whatever runs. */
  readonly signal?: AbortSignal;
  /** What the runs inherit. Default: the environment of this process, without Seamark's own variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Start {
  readonly argv: readonly string[];
  readonly options: LaunchOptions;
  /** What messages call the process. */
  readonly name: string;
  readonly answerS: number;
  readonly reality: Reality;
  readonly artifact: Artifact;
  /** Where a probed process writes what it saw and somebody will read it. */
  readonly recordFile?: string;
}

export interface Surroundings {
  readonly experiment: Experiment;
  readonly artifacts: readonly Artifact[];
  readonly conditions: RunConditions;
}

export function planStart({ experiment, artifacts, conditions }: Surroundings, arm: Arm, asked: OpenOptions): Start {
  const reality = realise(experiment, arm);
  const artifact = chooseArtifact(artifacts, reality, arm);
  const line = artifact.commands[arm.treatment.path ?? ''];
  if (!line && experiment.subject.kind !== 'go-bench') throw withoutCommand(arm);
  const variables = { ...reality.variables, OUT: artifact.out };
  const cores = asked.cores ?? conditions.cores ?? experiment.cores;
  return {
    argv: line ? toWords(line, variables) : [],
    options: {
      cwd: artifact.folder,
      env: {
        ...(conditions.environment ?? inherited()),
        ...expandAll(artifact.environment, variables),
        // `sh -c` reads the factors as variables of its own.
        ...(line?.shell === undefined ? {} : variables),
        ...reality.environment,
        ...probeVariables(reality, artifact, arm, asked),
        ...deepVariables(experiment, reality, asked),
        ...plantVariables(reality, artifact, experiment.seed * MOST_BLOCKS + asked.block),
        SEAMARK_PADDING: '.'.repeat(asked.paddingBytes),
      },
      ...(cores ? { cores } : {}),
      ...(conditions.signal ? { signal: conditions.signal } : {}),
    },
    name: `The subject (${arm.treatment.id || arm.id}${arm.role === 'off' ? ', probe off' : reality.probe === 'off' ? '' : ', probed'})`,
    answerS: experiment.limits.answerS,
    reality,
    artifact,
    ...(reality.probe === 'off' || asked.recordFile === undefined ? {} : { recordFile: asked.recordFile }),
  };
}

/** The probe never writes over a file: what earlier processes left there (of a block that was cut short) goes first, a word of why they could not too. */
export function clearRecords({ options }: { readonly options: Pick<LaunchOptions, 'env'> }): void {
  const left = options.env.SEAMARK_RECORDS;
  if (left === undefined) return;
  rmSync(left, { force: true });
  const folder = dirname(left);
  const stem = basename(left, '.rec');
  const isOfIt = (name: string) => name.startsWith(`${stem}.rec`) || name.startsWith(`${stem}.why-`);
  const names = existsSync(folder) ? readdirSync(folder).filter(isOfIt) : [];
  for (const name of names) rmSync(join(folder, name), { force: true });
}

function chooseArtifact(artifacts: readonly Artifact[], reality: Reality, arm: Arm): Artifact {
  const probed = reality.probe !== 'off' || arm.role === 'off';
  const found = artifacts.find((one) => one.build === reality.build && one.probed === probed);
  if (!found)
    throw new Error(`no ${probed ? 'probed' : 'bare'} artifact was built for ${reality.build ?? 'the subject'}`);
  return found;
}

function withoutCommand(arm: Arm): Problem {
  const path = arm.treatment.path;
  return new Problem({
    code: 'path-without-command',
    message: path ? `The spec says no command for the path ${path}` : 'The spec says no command to run',
    cure: path ? `Add it to the subject: run: {${path}: …}` : 'Add `run:` to the subject.',
    blame: 'input',
  });
}

function probeVariables(reality: Reality, artifact: Artifact, arm: Arm, asked: OpenOptions): Record<string, string> {
  if (reality.probe === 'off') return {};
  return {
    SEAMARK_RECORDS: asked.recordFile ?? unreadRecords(artifact, arm),
    SEAMARK_PROBE: reality.probe,
    ...(asked.timedEvery === undefined ? {} : { SEAMARK_EVERY: String(asked.timedEvery) }),
    ...(asked.recordFile === undefined ? {} : { SEAMARK_SAMPLE_MS: SAMPLE_MS }),
  };
}

/** Builds are told apart layer by layer: there the callee is told in parts. */
function deepVariables({ factors }: Experiment, { probe }: Reality, asked: OpenOptions): Record<string, string> {
  const compares = factors.some(
    ({ family, levels }) => (family === 'build' || family === 'fault') && levels.length > 1,
  );
  return compares && probe === 'full' && asked.recordFile !== undefined ? { SEAMARK_DEEP: '1' } : {};
}

/** Rarer than on the command line: other processes of the block are timed beside this one. */
const SAMPLE_MS = '20';

/** What a planted fault draws is drawn anew in each block, from the seed of the study. */
const MOST_BLOCKS = 65_536;

function plantVariables({ faults }: Reality, { faultKey }: Artifact, seed: number): Readonly<Record<string, string>> {
  return faults.length > 0 && faultKey ? faultRun(faults, faultKey, seed) : {};
}

/** Where the probe is a factor, it has to write somewhere to cost what it costs; each process takes the last one's place. */
function unreadRecords(artifact: Artifact, arm: Arm): string {
  const folder = join(artifact.out, 'records');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${createHash('sha256').update(arm.id).digest('hex').slice(0, 12)}.rec`);
}

/** The environment of this process, without Seamark's own variables. */
export function inherited(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('SEAMARK_')) kept[name] = value;
  }
  return kept;
}

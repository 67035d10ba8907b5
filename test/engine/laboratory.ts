/** Whole studies on invented time, in a folder of their own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planExperiment } from '../../src/design/plan.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { inventExperiment } from '../../src/model/invented-experiment.ts';
import type { Result } from '../../src/model/result.ts';
import type { Moment } from '../../src/model/surroundings.ts';
import { type InventedMachine, type Invention, inventMachine } from '../../src/runner/invented.ts';
import { PartialStudy } from '../../src/store/partial-study.ts';
import { makeStudyId } from '../../src/store/study-id.ts';
import type { StudyEvent } from '../../src/study/progress.ts';
import { conductStudy } from '../../src/study/study.ts';

export interface Trial {
  readonly project: string;
  readonly experiment?: Partial<Experiment>;
  readonly invention?: Partial<Invention>;
  readonly signal?: AbortSignal;
  readonly cores?: readonly number[];
  /** Takes the interrupted study up instead of starting one. */
  readonly resume?: boolean;
  readonly artifacts?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: StudyEvent) => void;
  readonly pages?: Readonly<Record<string, (result: Result) => string>>;
  readonly readMoment?: () => Promise<Moment>;
}

export interface Tried {
  readonly result: Promise<Result>;
  readonly machine: InventedMachine;
  readonly events: StudyEvent[];
  readonly store: PartialStudy;
}

/** Ten microseconds an operation, processes 1 % apart, batches 2 %. */
export const CALM = { seed: 3, secondsPerOperation: () => 1e-5, processNoise: 0.01, batchNoise: 0.02 };

export function tryStudy(trial: Trial): Tried {
  const experiment = inventExperiment({ budgetS: 30, ...trial.experiment });
  const machine = inventMachine({ ...CALM, ...trial.invention });
  const plan = planExperiment(experiment, { modes: machine.executor.modes });
  const facts = {
    study: makeStudyId('2026-01-02T03:04:05.000Z', trial.project),
    startedAt: '2026-01-02T03:04:05.000Z',
    experiment,
    plan,
    environment: { machine: { cores: 2 } },
    artifacts: trial.artifacts ?? { bench: 'abc' },
  };
  const store = trial.resume
    ? PartialStudy.resume(trial.project, undefined, facts)
    : PartialStudy.begin(trial.project, facts);
  const events: StudyEvent[] = [];
  const result = conductStudy({
    experiment,
    plan,
    executor: machine.executor,
    ...(trial.cores && { cores: trial.cores }),
    store,
    environment: facts.environment,
    ...(trial.readMoment && { readMoment: trial.readMoment }),
    clock: machine.clock,
    signal: trial.signal ?? new AbortController().signal,
    onEvent: (event) => {
      events.push(event);
      trial.onEvent?.(event);
    },
    pages: trial.pages ?? {},
  });
  result.catch(() => {}); // each test says what it expects
  return { result, machine, events, store };
}

/** An effect on the `after` build: 1.05 is five percent slower. */
export const after =
  (ratio: number): Invention['secondsPerOperation'] =>
  (treatment) =>
    treatment.levels.build === 'after' ? 1e-5 * ratio : 1e-5;

export interface Folder extends Disposable {
  readonly path: string;
}

export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'seamark-engine-'));
  return {
    path,
    [Symbol.dispose]: () => {
      if (existsSync(path)) rmSync(path, { recursive: true, force: true });
    },
  };
}

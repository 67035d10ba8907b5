/** Builds the awkward programs of testdata/ and opens sessions with them in a given mood. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { CommandLine, Experiment, Path, Subject } from '../../src/model/experiment.ts';
import { inventExperiment } from '../../src/model/invented-experiment.ts';
import type { Arm } from '../../src/model/plan.ts';
import { Problem } from '../../src/model/problem.ts';
import type { Session } from '../../src/model/run.ts';
import { createExecutor } from '../../src/subject/executor.ts';

const TESTDATA = join(import.meta.dirname, 'testdata');

export const words = (text: string): CommandLine => ({ words: text.split(' ') });

export function experimentOn(subject: Subject, answerS = 20): Experiment {
  return inventExperiment({
    subject,
    factors: [{ name: 'mood', family: 'parameter', levels: [{ text: 'calm' }] }],
    baseline: {},
    seed: 1,
    limits: { answerS, buildS: 300 },
  });
}

export function armOf(levels: Readonly<Record<string, string>>, path?: Path): Arm {
  return {
    id: JSON.stringify(levels),
    treatment: { id: Object.values(levels).join(' · '), levels, ...(path ? { path } : {}) },
    role: 'main',
    every: 1,
  };
}

export interface Workshop {
  readonly project: string;
  /** The prepared or unprepared process of an awkward program; MOOD is its environment variable, `mood` its parameter. */
  open(language: 'go' | 'rust', mood: string, options?: { variable?: string; answerS?: number }): Promise<Session>;
  closeSessions(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const project = await mkdtemp(join(tmpdir(), 'seamark-subject-'));
  const built = { go: await build('go', project), rust: await build('rust', project) };
  const sessions: Session[] = [];
  return {
    project,
    open: async (language, mood, { variable = '', answerS = 20 } = {}) => {
      const { subject, artifacts } = built[language];
      const executor = createExecutor({
        experiment: experimentOn(subject, answerS),
        artifacts,
        conditions: { environment: { PATH: process.env.PATH ?? '', MOOD: variable } },
      });
      const session = await executor.open(armOf({ mood }, language), {
        block: 1,
        mode: 'alternating',
        paddingBytes: 100,
        seed: 1,
      });
      sessions.push(session);
      return session;
    },
    closeSessions: async () => {
      await Promise.all(sessions.splice(0).map((session) => session.close()));
    },
    close: () => rm(project, { recursive: true, force: true }),
  };
}

async function build(
  language: 'go' | 'rust',
  project: string,
): Promise<{ subject: Subject; artifacts: readonly Artifact[] }> {
  const line = language === 'go' ? 'go build -o $OUT/awkward .' : 'cargo build -q --locked --target-dir $OUT/target';
  const program = words(language === 'go' ? '$OUT/awkward' : '$OUT/target/debug/awkward');
  const subject: Subject = {
    kind: 'harness',
    folder: join(TESTDATA, `awkward-${language}`),
    build: [words(line)],
    environment: { GOWORK: 'off' },
    run: { [language]: program },
  };
  return { subject, artifacts: await buildSubjects(experimentOn(subject), { project, probed: false }) };
}

/** The Problem that a promise rejects with; fails when it does not, or with something else. */
export async function problemOf(work: Promise<unknown>): Promise<Problem['facts']> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Problem) return outcome.facts;
  throw new Error(`expected a Problem, got ${String(outcome)}`);
}

/** Command lines of living processes that contain `text`. */
export function livingProcesses(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const state = /^\d+ \(.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return state !== 'Z' && line.includes(text) && Number(pid) !== process.pid ? [line] : [];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

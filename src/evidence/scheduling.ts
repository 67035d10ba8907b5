/**
 * What the scheduler of the system knows of runs that nothing disturbs: how much of their time a build slept,
 * or was ready and without a processor, and how often it went to sleep by its own will. Read from /proc while the subject runs.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { chooseSteps } from './slope.ts';
import { runUnder } from './tool-run.ts';

/** Of one run, for each second that it took. */
export interface Scheduling {
  /** Seconds in which no thread had a processor or waited for one; below 0 where several did at once: then nothing is known of it. */
  readonly asleep: number;
  /** Seconds that threads were ready and waited for a processor, over all threads. */
  readonly queued: number;
  /** Times that a thread went to sleep. */
  readonly sleeps: number;
}

export interface BothScheduled {
  readonly baseline: readonly Scheduling[];
  readonly candidate: readonly Scheduling[];
}

/** Of each build, in turns. By chance alone all of one lie beyond all of the other in 1 of 126 pairs. */
const RUNS = 5;
const NATIVE_S = 0.3;
const LIMIT_S = 60;
const EVERY_MS = 5;
/** Less of a run says nothing of it. */
const LEAST_S = 0.02;

/** Rejects with a Problem when the runs fail, or are too short to be seen. */
export async function watchScheduling(one: Case, request: EvidenceRequest): Promise<BothScheduled> {
  const { by } = chooseSteps(one, request, NATIVE_S);
  const runs: [Scheduling[], Scheduling[]] = [[], []];
  for (let round = 0; round < RUNS; round++) {
    // A B B A: what drifts falls on both alike.
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      runs[side].push(await watchOnce(side === 0 ? one.baselineArm : one.candidateArm, by, request));
    }
  }
  return { baseline: runs[0], candidate: runs[1] };
}

async function watchOnce(arm: Arm, operations: number, request: EvidenceRequest): Promise<Scheduling> {
  const folder = await mkdtemp(join(request.scratch, 'scheduling-'));
  const file = join(folder, 'process');
  try {
    // A shell that says who it is and becomes the subject.
    const tool = ['/bin/sh', '-c', 'echo $$ > "$0" && exec "$@"', file];
    const running = runUnder({ tool, operations, limitS: LIMIT_S }, arm, request);
    let over = false;
    const end = running.finally(() => {
      over = true;
    });
    const [seen] = await Promise.all([watch(file, () => over), end]);
    return seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Totals of all threads that live, at one moment. */
interface Moment {
  readonly atS: number;
  readonly cpuS: number;
  readonly queuedS: number;
  readonly sleeps: number;
}

async function watch(file: string, isOver: () => boolean): Promise<Scheduling> {
  let first: Moment | undefined;
  let last: Moment | undefined;
  while (!isOver()) {
    await pause(EVERY_MS);
    const moment = await readMoment(file);
    if (!moment) continue;
    first ??= moment;
    last = moment;
  }
  if (!first || !last || last.atS - first.atS < LEAST_S) {
    throw new Problem({ code: 'run-too-short', message: 'its runs are too short to be watched', blame: 'run' });
  }
  const wall = last.atS - first.atS;
  return {
    asleep: 1 - (last.cpuS - first.cpuS + last.queuedS - first.queuedS) / wall,
    queued: (last.queuedS - first.queuedS) / wall,
    sleeps: (last.sleeps - first.sleeps) / wall,
  };
}

/** Undefined before the process is there, and after it went. */
async function readMoment(file: string): Promise<Moment | undefined> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return undefined;
  const tasks = `/proc/${pid}/task`;
  const threads = await readdir(tasks).catch(() => []);
  const read = await Promise.all(threads.map((thread) => readThread(join(tasks, thread))));
  const told = read.flatMap((thread) => thread ?? []);
  if (told.length === 0) return undefined;
  const sum = (of: (thread: Omit<Moment, 'atS'>) => number) => told.reduce((total, thread) => total + of(thread), 0);
  return {
    atS: performance.now() / 1000,
    cpuS: sum(({ cpuS }) => cpuS),
    queuedS: sum(({ queuedS }) => queuedS),
    sleeps: sum(({ sleeps }) => sleeps),
  };
}

/** `schedstat`: nanoseconds on the processor, nanoseconds waiting for one, turns (Documentation/scheduler/sched-stats). */
async function readThread(folder: string): Promise<Omit<Moment, 'atS'> | undefined> {
  const [schedstat, status] = await Promise.all(
    ['schedstat', 'status'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const [cpu, queued] = (schedstat ?? '').split(' ').map(Number);
  const sleeps = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(status ?? '')?.[1];
  if (cpu === undefined || queued === undefined || sleeps === undefined) return undefined;
  return { cpuS: cpu / 1e9, queuedS: queued / 1e9, sleeps: Number(sleeps) };
}

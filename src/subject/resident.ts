/**
 * A benchmark of a Go package in a process that stays: asked for one batch at a time, so that batches of several builds can
 * take turns. The process is the package's test program with one test file added (go/_resident); its own TestMain runs.
 */
import type { BenchPackage } from '../artifact/artifact.ts';
import { RESIDENT_ENVIRONMENT, residentArguments } from '../artifact/resident-package.ts';
import { type Launched, launch } from '../machine/launch.ts';
import type { Batch, Prepared, RunEnd, Session } from '../model/run.ts';
import { choosePackage } from './benchmark-name.ts';
import { endInOrder } from './ending.ts';
import { readBatches, toPattern } from './go-bench.ts';
import { type Answer, LineChannel } from './line-channel.ts';
import { readAfter } from './one-shot.ts';
import { clearRecords, type Start } from './start.ts';

/** The runtime remembers the ends of so many collections. */
const REMEMBERED = 256;
/** Batches of one iteration that tell what a batch begins with. */
const SINGLES = 3;

/** Of a package whose program can't be asked batch by batch: a sentence without its full stop. */
export function sayShut({ name, resident }: BenchPackage): string {
  return `${name} has no way in: ${String(resident)}`;
}

/** Starts the process; whether it has the benchmark is heard at `prepare`. */
export async function openResident(start: Start): Promise<Session> {
  const { name, inside } = choosePackage(start.artifact.packages, start.reality.benchmark ?? '');
  const { resident } = inside;
  const test = typeof resident === 'object' ? resident.tests[name.split('/')[0] ?? ''] : undefined;
  if (typeof resident !== 'object' || !test) throw new Error(`no resident program was built for ${name}`);
  clearRecords(start);
  const process = await launch(residentArguments(resident.file, test), {
    ...start.options,
    cwd: inside.folder,
    env: { ...start.options.env, ...RESIDENT_ENVIRONMENT },
    stdin: 'pipe',
  });
  return residentSession(process, start, name);
}

function residentSession(process: Launched, start: Start, benchmark: string): Session {
  const channel = new LineChannel(process, start.name, start.answerS, { patient: true });
  let end: Promise<RunEnd> | undefined;
  let single: Reading | undefined;
  const run = async (iterations: number): Promise<Batch> => {
    const { batch, forced } = readAnswer(channel, start, await channel.ask('run', { n: iterations }), iterations);
    // `testing` runs a benchmark once with N = 1 before it runs the N it was asked for; but not one that loops by b.Loop.
    return single && forced > single.forced ? { ...batch, besides: 1 } : batch;
  };
  return {
    prepare: async (): Promise<Prepared> => {
      const answer = await channel.ask('prepare', { benchmark, pattern: toPattern(benchmark) });
      single = readAnswer(channel, start, answer, 1);
      const singles = [single.batch.seconds];
      while (singles.length < SINGLES) singles.push((await run(1)).seconds);
      // The first of a process is slow for reasons of its own, and whatever else comes between only ever adds.
      return { cycle: 1, operations: SINGLES, singleS: Math.min(...singles) };
    },
    run,
    close: () => {
      end ??= endInOrder(process, channel);
      return end;
    },
    ...readAfter(start),
  };
}

interface Reading {
  readonly batch: Batch;
  /** Collections that were asked for, one before each run by `testing`. */
  readonly forced: number;
}

function readAnswer(channel: LineChannel, start: Start, answer: Answer, asked: number): Reading {
  const { printed, total_ns: totalNs, collected_ns: collected, forced_cycles: forced } = answer;
  if (typeof printed !== 'string' || !Array.isArray(collected) || typeof forced !== 'number') {
    const cure = 'Build the subject again; its test program is not of this Seamark.';
    throw channel.refuse('subject-prints-garbage', `${start.name} answered without what it printed`, cure);
  }
  const batch = readBatches(start.name, printed, asked, 1)[0]!;
  // What is printed has four digits; a benchmark without others inside also says it to the nanosecond.
  const seconds = typeof totalNs === 'number' && totalNs > 0 ? totalNs / 1e9 : batch.seconds;
  const within = collected.filter((ns: unknown) => typeof ns === 'number' && ns <= seconds * 1e9).length;
  return { batch: { ...batch, seconds, ...(within < REMEMBERED ? { gcCycles: within } : {}) }, forced };
}

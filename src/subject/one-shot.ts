/** One process from start to end: what Go benchmarks and plain commands have in common. */
import type { Readable } from 'node:stream';
import { readBoundary } from '../instrument/boundary-reading.ts';
import { type LaunchReport, launch } from '../machine/launch.ts';
import { Problem } from '../model/problem.ts';
import type { RunEnd, Session } from '../model/run.ts';
import { clearRecords, type Start } from './start.ts';
import { StderrTail } from './stderr-tail.ts';

export interface Finished {
  readonly report: LaunchReport;
  /** Its last 16 MiB, when kept. */
  readonly stdout: string;
  readonly stderr: string;
}

const KEPT_STDOUT = 16 * 1024 * 1024;

/** Nothing ran yet. */
export const NO_END: RunEnd = { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' };

/** What the last process saw of its boundary, where it was probed. */
export function readAfter({ recordFile }: Start): Pick<Session, 'readBoundary'> {
  return recordFile === undefined ? {} : { readBoundary: () => readBoundary(recordFile) };
}

/** Adds what one process used to what those before it did. */
export function addEnd(sum: RunEnd, { report, stderr }: Finished): RunEnd {
  return {
    wallS: sum.wallS + report.wallS,
    cpuS: sum.cpuS + report.userS + report.sysS,
    maxRssBytes: Math.max(sum.maxRssBytes, report.maxRssBytes),
    leaked: sum.leaked + report.leaked,
    stderr,
  };
}

/** Runs to the end, or to the limit of an answer. How it ended is the caller's to judge: see `expectSuccess`. */
export async function runToEnd(start: Start, argv: readonly string[], keep: 'stdout' | 'nothing'): Promise<Finished> {
  clearRecords(start);
  const process = await launch(argv, { ...start.options, timeoutMs: start.answerS * 1000 });
  const stderr = new StderrTail(process.stderr);
  const stdout = keep === 'stdout' ? collect(process.stdout) : discard(process.stdout);
  const report = await process.report;
  return { report, stdout: stdout(), stderr: stderr.text };
}

/** Throws unless it ended by itself, with exit code 0. */
export function expectSuccess(start: Start, { report, stdout, stderr }: Finished): void {
  if (report.ended === 'abort') start.options.signal?.throwIfAborted();
  const detail = stderr || stdout.trimEnd().split('\n').slice(-20).join('\n');
  const told = { blame: 'run' as const, ...(detail ? { detail } : {}) };
  if (report.ended === 'timeout') {
    throw new Problem({
      code: 'subject-hangs',
      message: `${start.name} did not end within ${start.answerS} s and was ended`,
      cure: 'Find out what it waits for, or raise `limits: {answer: …}` when one run takes that long.',
      ...told,
    });
  }
  if (report.exit === 0) return;
  throw new Problem({
    code: 'subject-died',
    message: `${start.name} ${report.signal ? `was ended by ${report.signal}` : `exited with code ${report.exit}`}`,
    cure: 'Run the command of the spec by hand; its last words follow.',
    ...told,
  });
}

function collect(stream: Readable): () => string {
  const chunks: string[] = [];
  let length = 0;
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.push(chunk);
    length += chunk.length;
    while (length > KEPT_STDOUT && chunks.length > 1) length -= chunks.shift()?.length ?? 0;
  });
  return () => chunks.join('');
}

function discard(stream: Readable): () => string {
  stream.resume();
  return () => '';
}

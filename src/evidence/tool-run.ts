/**
 * Runs one arm of a case under a tool, for a number of operations that is known: no time is judged by it. How the subject is
 * driven is the same as in a study, so that what the tool sees is what was timed.
 */
import { launch } from '../machine/launch.ts';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { choosePackage } from '../subject/benchmark-name.ts';
import { askOf } from '../subject/executor.ts';
import { benchArguments } from '../subject/go-bench.ts';
import { type Conversation, converse } from '../subject/harness.ts';
import { LineChannel } from '../subject/line-channel.ts';
import { expectSuccess, runToEnd } from '../subject/one-shot.ts';
import { planStart, type Start } from '../subject/start.ts';
import type { EvidenceRequest } from './gather.ts';

export interface ToolRun {
  /** Words before the subject's own: `strace -f -o FILE`. Its answer goes into a file: the standard streams are the subject's. */
  readonly tool: readonly string[];
  /** Words after those of a Go test program: `-test.cpuprofile=FILE`. Other kinds of subject know none. */
  readonly flags?: readonly string[];
  /** On top of the subject's own, the levels and the planted faults. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How many are wanted; at least 2. A command is one operation. */
  readonly operations: number;
  /** A run that takes longer is ended. */
  readonly limitS: number;
}

/** How it went. Beside the operations the run holds its start, its set-up and one input cycle: take the difference of two. */
export interface ToolRan {
  /** Those that were done: a harness does whole input cycles. */
  readonly operations: number;
  /** Of the whole process, its start included. */
  readonly wallS: number;
}

/** Rejects with a Problem when the subject or the tool failed or took too long, with the reason of the signal when it was interrupted. */
export async function runUnder(tool: ToolRun, arm: Arm, request: EvidenceRequest): Promise<ToolRan> {
  const { experiment, artifacts, conditions, signal } = request;
  signal.throwIfAborted();
  const surroundings = { experiment, artifacts, conditions: { ...conditions, signal } };
  const planned = planStart(surroundings, arm, {
    block: 0,
    mode: 'interleaved',
    paddingBytes: 0,
    seed: experiment.seed,
  });
  const environment = { ...planned.options.env, ...tool.environment };
  const start: Start = {
    ...planned,
    argv: [...tool.tool, ...planned.argv],
    options: { ...planned.options, env: environment },
    answerS: tool.limitS,
  };
  switch (experiment.subject.kind) {
    case 'harness':
      return driveHarness(start, arm, tool, request);
    case 'go-bench':
      return runBenchmark(start, tool);
    case 'command': {
      const finished = await runToEnd(start, start.argv, 'nothing');
      expectSuccess(start, finished);
      return { operations: 1, wallS: finished.report.wallS };
    }
  }
}

async function runBenchmark(start: Start, { tool, flags = [], operations }: ToolRun): Promise<ToolRan> {
  const { name, inside } = choosePackage(start.artifact.packages, start.reality.benchmark ?? '');
  const here: Start = { ...start, options: { ...start.options, cwd: inside.folder } };
  // With N = 1 `testing` would not run it a second time: then the difference of two runs is not what N says.
  const count = Math.max(2, operations);
  const finished = await runToEnd(here, [...tool, ...benchArguments(inside, name, count, 1), ...flags], 'stdout');
  expectSuccess(start, finished);
  return { operations: count, wallS: finished.report.wallS };
}

/** As a study drives it, in a process of its own whatever the mode was; but a tool may take long to write what it saw. */
async function driveHarness(start: Start, arm: Arm, tool: ToolRun, request: EvidenceRequest): Promise<ToolRan> {
  const process = await launch(start.argv, { ...start.options, stdin: 'pipe', timeoutMs: tool.limitS * 1000 });
  const channel = new LineChannel(process, start.name, tool.limitS);
  const conversation: Conversation = {
    name: start.name,
    ask: (verb, fields) => channel.ask(verb, fields),
    refuse: (code, message, cure) => channel.refuse(code, message, cure),
    end: () => Promise.reject(new Error('a run under a tool is ended here')),
  };
  try {
    const session = converse(conversation, askOf(request, arm));
    const { cycle } = await session.prepare();
    const operations = cycle * Math.ceil(Math.max(2, tool.operations) / cycle);
    await session.run(operations);
    await channel.ask('stop');
    process.stdin?.end();
    const report = await process.report;
    if (report.exit !== 0) throw endedBadly(start, report.ended, channel.stderr.text);
    return { operations, wallS: report.wallS };
  } catch (error) {
    await process.end().catch(() => {}); // why it never started is what is being thrown
    request.signal.throwIfAborted();
    throw error;
  }
}

function endedBadly(start: Start, ended: string | undefined, stderr: string): Problem {
  return new Problem({
    code: 'subject-died',
    message: `${start.name} ${ended === 'timeout' ? 'did not end in time' : 'did not end in order'} under ${start.argv[0] ?? 'a tool'}`,
    cure: 'Its last words follow.',
    blame: 'run',
    ...(stderr ? { detail: stderr } : {}),
  });
}

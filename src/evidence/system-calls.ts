/** System calls of one operation by kind, old against new, from strace: exact, waits for a lock among them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arm } from '../model/plan.ts';
import type { Finding, Says } from '../model/witness.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { compareWays, differs } from './judgement.ts';
import { type Counted, chooseSteps, measureSlopes, type Slopes } from './slope.ts';
import { countCalls } from './strace-file.ts';
import { runUnder } from './tool-run.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askSystemCalls = withTool('system calls', 'strace', async (one, request) => {
  const steps = chooseSteps(one, request, NATIVE_S);
  const slopes: Slopes[] = [];
  for (const arm of [one.baselineArm, one.candidateArm]) {
    slopes.push(await measureSlopes((operations) => countOnce(arm, operations, request), steps, request.experiment));
  }
  return tellSystemCalls(one, slopes[0]!, slopes[1]!, perWhat(request));
});

/** Seconds the further operations take without strace: a call costs some 50 µs under it, so 1,000 calls a millisecond are bearable. */
const NATIVE_S = 0.02;
const LIMIT_S = 120;
/** One in 1,000 operations: fewer may be a timer's. */
const LEAST = 0.001;
/** Preempting by signals is done by the clock. */
const STEADY = { GODEBUG: 'asyncpreemptoff=1' };
const NOTHING = { value: 0, spread: 0 };

/** The rule, apart from the runs it is applied to. */
export function tellSystemCalls(one: Case, baseline: Slopes, candidate: Slopes, per: string): Testimony {
  const kinds = [...new Set([...baseline.keys(), ...candidate.keys()])];
  const all = kinds
    .map((kind) => ({ kind, before: baseline.get(kind) ?? NOTHING, after: candidate.get(kind) ?? NOTHING }))
    .filter(({ before, after }) => differs(before, after, LEAST))
    .sort((a, b) => Math.abs(b.after.value - b.before.value) - Math.abs(a.after.value - a.before.value));
  // In a call that strace slows down, Go's scheduler hands the processor on, which wakes and waits: fewer than such calls is that.
  const others = all.filter(({ kind }) => !kind.startsWith('futex'));
  const byTool = others.reduce((sum, { before, after }) => sum + Math.abs(after.value - before.value), 0);
  const moved = all.filter(
    ({ kind, before, after }) => !kind.startsWith('futex') || Math.abs(after.value - before.value) > byTool,
  );
  if (moved.length === 0) return { says: 'blind', seen: sayTheSame(baseline, candidate, per), findings: [] };
  const seen = moved
    .slice(0, 3)
    .map(({ kind, before, after }) => `${kind} ${figure(before.value)} → ${figure(after.value)}`)
    .join(', ');
  const findings = moved.map(
    ({ kind, before, after }): Finding => ({
      what: kind,
      unit: kind === 'futex (wait)' ? 'waits' : 'calls',
      baseline: Math.max(0, before.value),
      candidate: Math.max(0, after.value),
    }),
  );
  // Several kinds may go opposite ways (another call for the same thing): one that goes with time is enough.
  const ways: readonly Says[] = moved.map(({ before, after }) => compareWays(one, after.value - before.value));
  return { says: ways.includes('agrees') ? 'agrees' : 'disagrees', seen: `${seen} ${per}`, findings };
}

function sayTheSame(baseline: Slopes, candidate: Slopes, per: string): string {
  const total = (slopes: Slopes) => [...slopes.values()].reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const most = Math.max(total(baseline), total(candidate));
  return most < LEAST
    ? `neither build makes one in 1,000 operations`
    : `the same in both builds: ${figure(most)} ${per}`;
}

async function countOnce(arm: Arm, operations: number, request: EvidenceRequest): Promise<Counted> {
  const folder = await mkdtemp(join(request.scratch, 'strace-'));
  const file = join(folder, 'calls');
  try {
    const tool = ['strace', '-f', '-qq', '-s', '0', '-e', 'signal=none', '-o', file];
    const ran = await runUnder({ tool, environment: STEADY, operations, limitS: LIMIT_S }, arm, request);
    return { operations: ran.operations, counts: countCalls(await readFile(file, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figure(value: number): string {
  return Math.max(0, value).toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

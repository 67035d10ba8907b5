/** Where the processor was, old against new, as a difference by function: by perf, which sees both halves, else by Go's own profiler. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findOnPath, howToGet } from '../machine/tools.ts';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { formatQuantity } from '../model/unit.ts';
import type { Finding, Witness } from '../model/witness.ts';
import { commonName, demangle, isRustSymbol, languageOf } from './function-name.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { runProfiled } from './go-profile-run.ts';
import { directionOf } from './judgement.ts';
import { type PerfSample, readPerfSamples } from './perf-samples.ts';
import {
  compareProfiles,
  type FunctionSamples,
  type ProfileDifference,
  type SampledRun,
} from './profile-difference.ts';
import { chooseSteps } from './slope.ts';
import { type Place, placeInGo, whereOf } from './stack.ts';
import { runUnder } from './tool-run.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askCpuProfile = withTool('CPU profile', 'go', async (one, request) => {
  const { source, missing } = await chooseSource(request);
  if (source === 'Go’s profiler' && request.experiment.subject.kind === 'command') {
    return {
      says: 'blind',
      seen: 'perf does not work here, and a command can’t be asked for Go’s profile',
      findings: [],
      ...missing,
    };
  }
  const [baseline, candidate] = await sampleBoth(one, request, source);
  return { ...tellProfile(one, compareProfiles(baseline, candidate), source, perWhat(request)), ...missing };
});

export type ProfileSource = 'perf' | 'Go’s profiler';

/** Of each build, in turns: a machine that changes meanwhile is the same for both. */
const RUNS = 4;
/** Seconds of each run; Go's profiler asks a hundred times a second and needs more. */
const NATIVE_S: Readonly<Record<ProfileSource, number>> = { perf: 0.6, 'Go’s profiler': 2 };
const PERF_HERTZ = '3999';
const LIMIT_S = 120;

async function sampleBoth(
  one: Case,
  request: EvidenceRequest,
  source: ProfileSource,
): Promise<[SampledRun[], SampledRun[]]> {
  const { by } = chooseSteps(one, request, NATIVE_S[source]);
  const sample = source === 'perf' ? sampleByPerf : sampleByGo;
  const runs: [SampledRun[], SampledRun[]] = [[], []];
  for (let round = 0; round < RUNS; round++) {
    // A B B A: what drifts falls on both alike.
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      runs[side].push(await sample(side === 0 ? one.baselineArm : one.candidateArm, by, request));
    }
  }
  return runs;
}

/** perf may be there and not be allowed to: it is tried. */
async function chooseSource(
  request: EvidenceRequest,
): Promise<{ readonly source: ProfileSource; readonly missing: Pick<Witness, 'missing'> }> {
  const PATH = request.conditions.environment?.PATH ?? process.env.PATH ?? '';
  if (!(await findOnPath('perf', { PATH })))
    return { source: 'Go’s profiler', missing: { missing: `perf: ${howToGet('perf')}` } };
  const file = join(request.scratch, 'perf-tried');
  const { failed } = await execa('perf', ['record', '-q', '-e', 'cpu-clock', '-o', file, 'true'], {
    reject: false,
    timeout: 10_000,
    env: { PATH },
    extendEnv: false,
  });
  await rm(file, { force: true });
  return failed
    ? {
        source: 'Go’s profiler',
        missing: { missing: 'perf: it is here and may not sample (kernel.perf_event_paranoid)' },
      }
    : { source: 'perf', missing: {} };
}

async function sampleByPerf(arm: Arm, wanted: number, request: EvidenceRequest): Promise<SampledRun> {
  const folder = await mkdtemp(join(request.scratch, 'perf-'));
  const file = join(folder, 'samples');
  try {
    const tool = ['perf', 'record', '-q', '-e', 'cpu-clock', '-F', PERF_HERTZ, '-o', file, '--'];
    const { operations } = await runUnder({ tool, operations: wanted, limitS: LIMIT_S }, arm, request);
    const { stdout, failed, stderr } = await execa(
      'perf',
      ['script', '-i', file, '--no-demangle', '-F', 'period,ip,sym,dso'],
      { reject: false, maxBuffer: 256 * 1024 * 1024 },
    );
    if (failed) {
      const message = '`perf script` could not read what `perf record` wrote';
      throw new Problem({ code: 'tool-output-broken', message, detail: stderr.trimEnd(), blame: 'run' });
    }
    return { operations, functions: await sumPerf(readPerfSamples(stdout)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sumPerf(samples: readonly PerfSample[]): Promise<ReadonlyMap<string, FunctionSamples>> {
  const names = await demangle([...new Set(samples.flatMap(({ symbol }) => symbol ?? []))]);
  const withRust = new Set(samples.filter(({ symbol }) => symbol && isRustSymbol(symbol)).map(({ object }) => object));
  return sum(
    samples.map(({ symbol, object, isKernel, seconds }) => {
      if (isKernel) return { place: KERNEL, seconds, samples: 1 };
      if (symbol === undefined) return { place: nameless(object), seconds, samples: 1 };
      const what = commonName(names.get(symbol) ?? symbol);
      const language = languageOf({ symbol }, withRust.has(object));
      return { place: { key: `${language} ${what}`, what, language }, seconds, samples: 1 };
    }),
  );
}

/** By the kind of work a process asks of it there is no telling old from new; system calls are a witness of their own. */
const KERNEL: Place = { key: 'kernel', what: 'the kernel' };

function nameless(object: string): Place {
  const what = `code without a name in ${object}`;
  return { key: what, what };
}

async function sampleByGo(arm: Arm, wanted: number, request: EvidenceRequest): Promise<SampledRun> {
  const { operations, profiles } = await runProfiled(['cpu'], arm, wanted, request);
  const { samples } = profiles.cpu;
  const parts = samples.flatMap(({ values: [count = 0, ns = 0], stack }) => {
    const leaf = stack[0];
    if (!leaf) return [];
    const isForeign = /^runtime\.(cgocall|asmcgocall|_ExternalCode)$/.test(leaf.function);
    const what = commonName(leaf.function);
    const place: Place = isForeign
      ? foreignBlock(placeInGo(stack))
      : { key: `go ${what}`, what, language: 'go', ...whereOf(leaf) };
    return [{ place, seconds: ns / 1e9, samples: count }];
  });
  return { operations, functions: sum(parts) };
}

/** Go's profiler sees foreign code as one block a call. */
function foreignBlock(caller: Place | undefined): Place {
  const what = caller ? `foreign code called in ${caller.what.replace(/ through C\..*/, '')}` : 'foreign code';
  return { key: what, what };
}

function sum(parts: readonly FunctionSamples[]): ReadonlyMap<string, FunctionSamples> {
  const all = new Map<string, FunctionSamples>();
  for (const { place, samples, seconds } of parts) {
    const known = all.get(place.key);
    all.set(place.key, {
      place,
      samples: samples + (known?.samples ?? 0),
      seconds: seconds + (known?.seconds ?? 0),
    });
  }
  return all;
}

/** Of what time says: less does not explain it. */
const EXPLAINS = 0.1;
const MOST_FINDINGS = 20;

/** The rule, apart from the runs it is applied to. `per`: what a count is given per, `an operation`. */
export function tellProfile(
  one: Pick<Case, 'comparison'>,
  { moved, whole, samples, resolution }: ProfileDifference,
  source: ProfileSource,
  per: string,
): Testimony {
  const all = Math.round(samples.baseline + samples.candidate);
  if (samples.baseline === 0 || samples.candidate === 0) {
    return { says: 'blind', seen: `no sample was taken by ${source}`, findings: [] };
  }
  const way = directionOf(one);
  const asked = whole.baseline * Math.abs(one.comparison.ratio - 1);
  const by = `${all.toLocaleString('en-US')} samples by ${source}`;
  const half = source === 'perf' ? '' : '; foreign code is one block to it, which the instructions tell apart';
  if (moved.length === 0) {
    if (resolution > asked) {
      const needed = Math.ceil((all * (resolution / asked) ** 2) / 1000) * 1000;
      const bound = `${by} tell changes of more than ${percent(resolution / whole.baseline)} from chance`;
      const seen = `${bound}; some ${needed.toLocaleString('en-US')} would be needed for ${percent(asked / whole.baseline)}${half}`;
      return { says: 'blind', seen, findings: [] };
    }
    const told = `${seconds(whole.baseline)} → ${seconds(whole.candidate)} of processor time ${per}`;
    return { says: 'disagrees', seen: `${told}; no function differs by more than chance (${by})${half}`, findings: [] };
  }
  const findings = moved.slice(0, MOST_FINDINGS).map(
    ({ place: { what, language, where }, baseline, candidate }): Finding => ({
      ...{ what, unit: 'seconds', baseline, candidate },
      ...(language === undefined ? {} : { language }),
      ...(where === undefined ? {} : { where }),
    }),
  );
  const difference = moved.reduce((total, { baseline, candidate }) => total + candidate - baseline, 0);
  const explains = Math.abs(difference) >= EXPLAINS * asked;
  const [first] = moved;
  const name = first!.place.language ? `${first!.place.what} (${WRITTEN[first!.place.language]})` : first!.place.what;
  const culprit = `${name} ${seconds(first!.baseline)} → ${seconds(first!.candidate)} ${per}, ± ${seconds(first!.deviation)}`;
  const others = moved.length === 1 ? 'no other function differs' : `${moved.length - 1} others differ`;
  return {
    says: explains && way !== 0 && Math.sign(difference) === way ? 'agrees' : explains ? 'disagrees' : 'blind',
    seen: `${culprit}; ${others} by more than chance (${by})${explains ? '' : '; too little for what time says'}${half}`,
    findings,
  };
}

const WRITTEN = { go: 'Go', rust: 'Rust', c: 'C' } as const;

function seconds(value: number): string {
  return formatQuantity({ dimension: 'seconds', value });
}

function percent(value: number): string {
  return formatQuantity({ dimension: 'fraction', value });
}

/**
 * What the probe costs a crossing on this machine: an empty C call, bare, with the probe off and with it on, in processes
 * that take turns. Measured once for a version of the probe, of Go and of the machine, and kept in the cache folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { clockRate } from '../format/clock.ts';
import { sumTotals } from '../format/total.ts';
import { cacheFolder } from '../machine/cache-folder.ts';
import { buildEmptyCall, runEmptyCall, undisturbed } from './empty-call.ts';
import { instrumentBuild } from './probe-environment.ts';
import { readRecordFiles } from './record-folder.ts';

/** Seconds a crossing, each the median over rounds. */
export interface ProbeCost {
  readonly bareS: number;
  /** On top of bare. */
  readonly offS: number;
  readonly countersS: number;
  /** Where 1 in COST_EVERY crossings is timed and all are counted: the mean. */
  readonly everyS: number;
  readonly fullS: number;
  /** What an empty call reads as: so much of every reading is the bare transition and the probe itself. */
  readonly empty: { readonly entryS: number; readonly calleeS: number; readonly returnS: number };
  readonly rounds: number;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
}

/** Raised when a figure comes to mean something else: what was kept before is measured anew. */
const MEASURED_AS = '2';
const ROUNDS = 9;
/** The lower level that `seamark probe` names and a study goes to by itself. */
export const COST_EVERY = 64;
const VARIANTS = ['bare', 'off', 'counters', 'every', 'full'] as const;
type Variant = (typeof VARIANTS)[number];

/**
 * From the cache, or measured now: some seconds for two builds, one for the runs. Rejects with a Problem, or with the
 * signal's reason as soon as that fires.
 */
export async function measureProbeCost(toolexec: string, signal?: AbortSignal): Promise<ProbeCost> {
  const folder = join(cacheFolder(), 'probe-cost');
  const kept = join(folder, `${await keyOf(toolexec)}.json`);
  if (existsSync(kept)) {
    const cost = JSON.parse(readFileSync(kept, 'utf8')) as ProbeCost;
    if (cost.everyS !== undefined) return cost; // else of a Seamark that did not measure it yet
  }
  const work = mkdtempSync(join(tmpdir(), 'seamark-cost-'));
  try {
    const cost = await measure(toolexec, work, signal ? { signal } : {});
    mkdirSync(folder, { recursive: true });
    const aside = `${kept}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(cost));
    renameSync(aside, kept);
    return cost;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The tool's path names its version: the toolbox keeps each under the hash of its sources. */
async function keyOf(toolexec: string): Promise<string> {
  const { stdout: go } = await execa('go', ['env', 'GOVERSION', 'CC'], { cwd: tmpdir() });
  const machine = cpus()[0]?.model ?? '';
  return createHash('sha256')
    .update([MEASURED_AS, toolexec, go, machine, process.arch].join('\0'))
    .digest('hex')
    .slice(0, 16);
}

async function measure(toolexec: string, work: string, stop: { readonly signal?: AbortSignal }): Promise<ProbeCost> {
  const bare = join(work, 'bare');
  const probed = join(work, 'probed');
  await buildEmptyCall({ out: bare, ...stop });
  await buildEmptyCall({ out: probed, added: instrumentBuild(toolexec, ''), ...stop });
  const records = join(work, 'records');
  const added: Record<Variant, Record<string, string>> = {
    bare: {},
    off: {},
    counters: { SEAMARK_RECORDS: join(work, 'counters'), SEAMARK_PROBE: 'counters' },
    every: { SEAMARK_RECORDS: join(work, 'every'), SEAMARK_PROBE: 'full', SEAMARK_EVERY: String(COST_EVERY) },
    full: { SEAMARK_RECORDS: records, SEAMARK_PROBE: 'full' },
  };
  for (const folder of [records, join(work, 'counters'), join(work, 'every')]) mkdirSync(folder);
  const times: Record<Variant, number[]> = { bare: [], off: [], counters: [], every: [], full: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // Turned by one each time: every variant stands at every place.
    for (let place = 0; place < VARIANTS.length; place++) {
      const variant = VARIANTS[(place + round) % VARIANTS.length]!;
      const file = variant === 'bare' ? bare : probed;
      times[variant].push(undisturbed(await runEmptyCall(file, { added: added[variant], ...stop })) / 1e9);
    }
  }
  const above = (variant: Variant): number => middle(times[variant].map((time, round) => time - times.bare[round]!));
  return {
    bareS: middle(times.bare),
    offS: above('off'),
    countersS: above('counters'),
    everyS: above('every'),
    fullS: above('full'),
    empty: readEmptyCalls(records),
    rounds: ROUNDS,
    measuredAt: new Date().toISOString(),
  };
}

function readEmptyCalls(folder: string): ProbeCost['empty'] {
  const calls = readRecordFiles(folder).files.flatMap(({ file }) => {
    const perSecond = clockRate(file.header)?.ticksPerSecond;
    const totals = sumTotals(file).find(({ site }) => site.symbol === 'empty');
    return totals && perSecond ? [{ totals, unit: perSecond * totals.count }] : [];
  });
  return quietest(
    calls.map(({ totals, unit }) => ({
      entryS: totals.entry / unit,
      calleeS: totals.callee / unit,
      returnS: totals.exit / unit,
    })),
  );
}

/** Means of a process bear what disturbed it, so that of the least disturbed one, whole: its parts belong together. */
export function quietest(readings: readonly ProbeCost['empty'][]): ProbeCost['empty'] {
  const sum = ({ entryS, calleeS, returnS }: ProbeCost['empty']): number => entryS + calleeS + returnS;
  const [least] = [...readings].sort((one, other) => sum(one) - sum(other));
  return least ?? { entryS: Number.NaN, calleeS: Number.NaN, returnS: Number.NaN };
}

/** The upper of two middles: nothing here hangs on it, and `stats` is not this room's. */
function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

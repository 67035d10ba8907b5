/**
 * What the probe costs an empty C call: compiled in but off against bare, on against off, over links that differ in where
 * the code lies; allocations and system calls of the probe; what counting costs a malloc in static code; and a hundred
 * million crossings from 64 goroutines, counted. Wanted: off within 1 ns, on within three readings of the TSC as measured
 * in the same run, no allocation, no system call a crossing, counting within 1 ns a malloc, the count exact. Exit code 1
 * when one is missed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sumTotals } from '../src/format/total.ts';
import { buildEmptyCall, type EmptyCallTimes, runEmptyCall, undisturbed } from '../src/instrument/empty-call.ts';
import { instrumentBuild } from '../src/instrument/probe-environment.ts';
import { readRecordFiles } from '../src/instrument/record-folder.ts';
import { ensureTool } from '../src/machine/toolbox.ts';
import { median } from '../src/stats/quantile.ts';
import { createRandom } from '../src/stats/random.ts';

/** With six links the interval from the least to the largest of their medians holds the median with 96.9 %. */
const PADDINGS = [0, 16, 48, 208, 1040, 4112];
const BLOCKS = 12;
const OFF_TARGET_NS = 1;
const ON_TARGET_READS = 3;
const MALLOC_TARGET_NS = 1;
const TOGETHER = { goroutines: 64, calls: 1000, batches: 1563 }; // 100,032,000 crossings
const VARIANTS = ['bare', 'off', 'counters', 'sampled', 'recorded'] as const;
type Variant = (typeof VARIANTS)[number];

interface Link {
  readonly padding: number;
  readonly times: Record<Variant, number[]>;
}

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'seamark-bench-probe-'));
  try {
    const toolexec = await ensureTool('toolexec');
    const files = (padding: number) => ({
      bare: path.join(work, `bare-${padding}`),
      probed: path.join(work, `probed-${padding}`),
    });
    for (const padding of PADDINGS) {
      await buildEmptyCall({ out: files(padding).bare, padding });
      await buildEmptyCall({ out: files(padding).probed, padding, added: instrumentBuild(toolexec, '') });
    }
    const links: Link[] = PADDINGS.map((padding) => ({
      padding,
      times: { bare: [], off: [], counters: [], sampled: [], recorded: [] },
    }));
    const ticks: number[] = [];
    let mallocs = 0;
    const random = createRandom(1, 'bench-probe');
    for (let block = 0; block < BLOCKS; block++) {
      const order = random.shuffle(links.flatMap((link) => VARIANTS.map((variant) => ({ link, variant }))));
      for (const { link, variant } of order) {
        const file = files(link.padding)[variant === 'bare' ? 'bare' : 'probed'];
        const done = await run(file, variant, work);
        link.times[variant].push(undisturbed(done));
        if (variant === 'recorded' || variant === 'sampled') mallocs += done.mallocs;
        if (variant === 'bare') ticks.push(done.tick_ns ?? Number.NaN);
      }
    }
    const fine = report(links, median(ticks), mallocs);
    const quiet = reportSystemCalls(files(0).probed, work);
    const light = await reportAllocations(PADDINGS.map(files), work);
    const exact = await reportCount(files(0).probed, work);
    if (!fine || !quiet || !light || !exact) process.exitCode = 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Every process does the same calls; `recorded` has a record for each of them, `sampled` is what a long run comes to. */
async function run(file: string, variant: Variant, work: string): Promise<EmptyCallTimes> {
  const size = { calls: 2000, batches: 100, ticks: variant === 'bare' };
  if (variant === 'bare' || variant === 'off') return runEmptyCall(file, size);
  const folder = mkdtempSync(path.join(work, 'records-'));
  const slots = variant === 'recorded' ? String(2 ** 22) : '64';
  const added = { SEAMARK_RECORDS: folder, SEAMARK_PROBE: variant === 'counters' ? 'counters' : 'full' };
  try {
    return await runEmptyCall(file, { ...size, added: { ...added, SEAMARK_RECORDS_PER_LANE: slots } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(links: readonly Link[], tickNs: number, mallocs: number): boolean {
  const bare = median(links.flatMap((link) => link.times.bare));
  print(`an empty C call: ${bare.toFixed(2)} ns bare; a reading of the TSC: ${tickNs.toFixed(2)} ns`);
  print(`median over ${links.length} links of the median over ${BLOCKS} blocks, [least, largest link] (96.9 %)`);
  const off = compare(links, 'off', 'bare');
  const results = [
    ['off, against bare', off],
    ['counting, against bare', compare(links, 'counters', 'bare')],
    ['on, records sampled, against off', compare(links, 'sampled', 'off')],
    ['on, a record each, against off', compare(links, 'recorded', 'off')],
  ] as const;
  for (const [name, { middle, low, high }] of results) {
    const reads = (middle / tickNs).toFixed(2);
    print(`  ${name.padEnd(34)} ${ns(middle)} ns  [${ns(low)}, ${ns(high)}]  ${reads} reads`);
  }
  const dearest = Math.max(results[2][1].middle, results[3][1].middle);
  const offFine = Math.abs(off.middle) <= OFF_TARGET_NS;
  const onFine = dearest <= ON_TARGET_READS * tickNs;
  print(
    `off within ${OFF_TARGET_NS} ns: ${offFine ? 'yes' : 'NO'}; on within ${ON_TARGET_READS} reads: ${onFine ? 'yes' : 'NO'}`,
  );
  const crossings = 2 * PADDINGS.length * BLOCKS * 2000 * 100;
  print(`Go allocations in ${crossings.toLocaleString('en-US')} probed crossings: ${mallocs}`);
  // The runtime itself allocates a little now and then; one a crossing would be millions.
  return offFine && onFine && mallocs < crossings / 10_000;
}

function compare(links: readonly Link[], one: Variant, other: Variant) {
  const differences = links.map(({ times }) => median(times[one].map((time, block) => time - times[other][block]!)));
  return { middle: median(differences), low: Math.min(...differences), high: Math.max(...differences) };
}

/** The same program with ten thousand and with a million crossings, on: what it asks of the system must not grow. */
function reportSystemCalls(file: string, work: string): boolean {
  if (spawnSync('strace', ['-V']).error) {
    print('system calls: strace is not here, so they are not counted');
    return true;
  }
  const few = countSystemCalls(file, work, 5);
  const many = countSystemCalls(file, work, 500);
  // The runtime's own: it sleeps, wakes and preempts by the clock, so a longer run has more of them.
  const clockwork =
    /^(nanosleep|futex|epoll_|sched_yield|rt_sig|tgkill|getpid|gettid|timer_|restart_syscall|munmap|mmap)/;
  const grown = [...many].filter(([name, count]) => !clockwork.test(name) && count > (few.get(name) ?? 0));
  const list = grown.map(([name, count]) => `${name} ${few.get(name) ?? 0} -> ${count}`).join(', ');
  print(`system calls that grow from ten thousand to a million probed crossings: ${list || 'none'}`);
  return grown.every(([name, count]) => count - (few.get(name) ?? 0) < 100);
}

function countSystemCalls(file: string, work: string, batches: number): ReadonlyMap<string, number> {
  const records = path.join(work, `strace-${batches}`);
  const summary = path.join(work, `strace-${batches}.txt`);
  mkdirSync(records);
  const words = ['-c', '-f', '-o', summary, file, '-calls', '2000', '-batches', String(batches)];
  execFileSync('strace', words, { env: { ...process.env, SEAMARK_RECORDS: records } });
  const lines = readFileSync(summary, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return new Map(
    lines
      .filter((words) => Number(words[3]) > 0 && words.at(-1) !== 'total')
      .map((words) => [words.at(-1)!, Number(words[3])]),
  );
}

/** A malloc and a free of 32 bytes in C that is linked statically, bare and with the probe, which counts both. */
async function reportAllocations(links: readonly { bare: string; probed: string }[], work: string): Promise<boolean> {
  const size = { calls: 20_000, batches: 50, pairs: true };
  const differences: Record<'off' | 'on', number[]> = { off: [], on: [] };
  const bareTimes: number[] = [];
  const random = createRandom(2, 'bench-probe');
  for (const { bare, probed } of links) {
    const times: Record<'bare' | 'off' | 'on', number[]> = { bare: [], off: [], on: [] };
    for (let block = 0; block < BLOCKS; block++) {
      for (const variant of random.shuffle(['bare', 'off', 'on'] as const)) {
        const records = mkdtempSync(path.join(work, 'pairs-'));
        const added = variant === 'on' ? { SEAMARK_RECORDS: records } : {};
        times[variant].push(undisturbed(await runEmptyCall(variant === 'bare' ? bare : probed, { ...size, added })));
        rmSync(records, { recursive: true });
      }
    }
    bareTimes.push(...times.bare);
    for (const variant of ['off', 'on'] as const) {
      differences[variant].push(median(times[variant].map((time, block) => time - times.bare[block]!)));
    }
  }
  print(
    `a malloc and a free: ${median(bareTimes).toFixed(2)} ns bare; with the probe, against bare, for the two together`,
  );
  for (const [variant, values] of Object.entries(differences)) {
    print(`  ${variant.padEnd(34)} ${ns(median(values))} ns  [${ns(Math.min(...values))}, ${ns(Math.max(...values))}]`);
  }
  const fine = median(differences.on) / 2 <= MALLOC_TARGET_NS;
  print(`counting within ${MALLOC_TARGET_NS} ns a malloc: ${fine ? 'yes' : 'NO'}`);
  return fine;
}

/** Every crossing of many goroutines is in the totals, and either has a record or is counted as having none. */
async function reportCount(file: string, work: string): Promise<boolean> {
  const records = mkdtempSync(path.join(work, 'together-'));
  const began = performance.now();
  const { ns: each } = await runEmptyCall(file, { ...TOGETHER, added: { SEAMARK_RECORDS: records } });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const made = TOGETHER.goroutines * TOGETHER.calls * TOGETHER.batches;
  const { file: written } = readRecordFiles(records).files[0]!;
  const { count, opened, recorded } = sumTotals(written).find(({ site }) => site.symbol === 'empty')!;
  // Crossings of threads for which no lane was left have no record either.
  const overflow = Number(written.header.overflowCrossings);
  const dropped = written.lanes.reduce((sum, lane) => sum + Number(lane.head.dropped), overflow);
  const figure = (value: number): string => value.toLocaleString('en-US');
  print(
    `${figure(made)} crossings from ${TOGETHER.goroutines} goroutines in ${seconds} s, ${each[0]!.toFixed(1)} ns each`,
  );
  print(
    `  counted ${figure(count)}, recorded ${figure(recorded)} + dropped ${figure(dropped)} = ${figure(recorded + dropped)}`,
  );
  const exact = count === made && opened === made && recorded + dropped === made;
  print(`the count is exact: ${exact ? 'yes' : 'NO'}`);
  return exact;
}

const ns = (value: number): string => value.toFixed(2).padStart(6);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

await main();

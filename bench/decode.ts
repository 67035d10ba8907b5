/**
 * Decoding a record file into per-site histograms, beside its floor: the same work in C at -O2 over the same file
 * (8 Mi records, 540 MB, in memory already). Pairs of fresh processes on one core, in alternating order. Compared is the
 * CPU time of the whole process, system calls and V8's compiling included, from opening the file to the finished
 * histograms; that node starts is not in it, nor what else runs on this machine. Both must find the same cells. Wanted:
 * at least half the speed of C, as the median of the pairs.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { HEADER, KIND, RECORD, STATE } from '../src/format/layout-gen.ts';
import { specimenHeader, specimenLane, specimenRecord, specimenSite } from '../src/format/specimen.ts';
import { writeRecordFile } from '../src/format/writer.ts';

const LANES = 32;
const LANE_SLOTS = 2 ** 18;
const SITES = 8;
const PAIRS = Number(process.argv[2] ?? 12);

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'seamark-decode-'));
try {
  compare(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Run {
  readonly ns: number;
  readonly records: number;
  readonly skipped: number;
  readonly hash: number;
}

function compare(at: string): void {
  const file = path.join(at, 'decode.rec');
  const program = path.join(at, 'decode');
  writeSample(file);
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, path.join(here, 'decode.c'), '-lm']);
  const c = (): Run => run([program, file]);
  const bundle = path.join(at, 'decode-run.mjs');
  // Bundled as the product is: a loader that compiles on the way would be part of the price.
  buildSync({
    entryPoints: [path.join(here, 'decode-run.ts')],
    outfile: bundle,
    bundle: true,
    minifySyntax: true,
    platform: 'node',
    format: 'esm',
  });
  const typescript = (): Run => run([process.execPath, bundle, file]);
  agree(c(), typescript());
  const pairs = Array.from({ length: PAIRS }, (_, index) => {
    if (index % 2 === 0) {
      const first = c();
      return { c: first, typescript: typescript() };
    }
    const first = typescript();
    return { c: c(), typescript: first };
  });
  for (const pair of pairs) agree(pair.c, pair.typescript);
  const ratios = pairs.map((pair) => pair.c.ns / pair.typescript.ns);
  console.log(`${pairs[0]!.c.records} records and ${pairs[0]!.c.skipped} skipped, ${PAIRS} pairs; min, median, max`);
  console.log(`C -O2        ${three(pairs.map((pair) => rate(pair.c)))} million records a second`);
  console.log(`TypeScript   ${three(pairs.map((pair) => rate(pair.typescript)))} million records a second`);
  console.log(`TypeScript's share of C's speed   ${three(ratios, 2)}`);
  process.exitCode = median(ratios) >= 0.5 ? 0 : 1;
}

/** On one core, the same for both. */
function run(words: readonly string[]): Run {
  return JSON.parse(execFileSync('taskset', ['-c', '0', ...words], { encoding: 'utf8' })) as Run;
}

function agree(one: Run, other: Run): void {
  if (one.hash !== other.hash || one.records !== other.records || one.skipped !== other.skipped) {
    throw new Error(`C and TypeScript found different things: ${JSON.stringify([one, other])}`);
  }
}

/** Times of a call over cgo: entry and exit of about 100 ticks, callees from 50 to a million, now and then a long tail; the second half of a lane is sampled. */
function writeSample(file: string): void {
  const header = specimenHeader({
    siteCapacity: SITES,
    siteCount: SITES,
    laneCapacity: LANES,
    laneCount: LANES,
    laneSlots: LANE_SLOTS,
    lanesOffset: BigInt(4096 + 512 * SITES),
  });
  const sites = Array.from({ length: SITES }, (_, index) => specimenSite(index));
  const lane = (slots: number) => ({ head: specimenLane(slots), totals: new Map(), records: new Map() });
  const one = writeRecordFile({
    header: { ...header, laneCapacity: 1 },
    sites,
    lanes: [{ ...lane(LANE_SLOTS), records: new Map([[0, specimenRecord()]]) }],
  });
  const whole = writeRecordFile({ header: { ...header, laneCapacity: 0 }, sites, lanes: [] });
  new DataView(whole.buffer).setUint32(HEADER.laneCapacity, LANES, true);
  const laneBytes = one.subarray(Number(header.lanesOffset));
  const words = new Uint32Array(laneBytes.slice().buffer);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, whole);
  for (let index = 0; index < LANES; index++) {
    fillLane(words, words.length - (LANE_SLOTS * RECORD.size) / 4, index + 1);
    writeSync(descriptor, words);
  }
  closeSync(descriptor);
}

function fillLane(words: Uint32Array, start: number, seed: number): void {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const first = words.slice(start, start + RECORD.size / 4);
  for (let at = start; at < words.length; at += RECORD.size / 4) {
    words.set(first, at);
    const site = next() % SITES;
    const entry = 80 + (next() % 40) + (next() % 64 === 0 ? next() % 5000 : 0);
    const callee = (50 << (2 * site)) + (next() % (20 << (2 * site)));
    const exit = 60 + (next() % 30) + (next() % 256 === 0 ? next() % 100_000 : 0);
    const open = next() % 1000 === 0;
    words[at + RECORD.d1 / 4] = entry;
    words[at + RECORD.d2 / 4] = entry + callee;
    words[at + RECORD.d3 / 4] = entry + callee + exit;
    const sampled = at - start > (words.length - start) / 2;
    const state = (open ? STATE.OPEN : STATE.CLOSED) | (sampled ? STATE.SAMPLED : 0);
    words[at + RECORD.site / 4] = site | (KIND.CALL << 16) | (state << 24);
    words[at + RECORD.aux / 4] = sampled ? 4 + (next() % 60) : 1;
  }
}

function rate({ ns, records, skipped }: Run): number {
  return ((records + skipped) / ns) * 1e3;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function three(values: readonly number[], digits = 1): string {
  return [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(digits)).join(', ');
}

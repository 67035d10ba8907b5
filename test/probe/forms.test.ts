/** The probe on a small program that calls C in every way that cgo knows: exact counts, and nothing else changed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockRate } from '../../src/format/clock.ts';
import { scanSites } from '../../src/format/scan.ts';
import { sumTotals } from '../../src/format/total.ts';
import { countsOf, Laboratory, sumOf } from './laboratory.ts';

const CALLS = {
  nothing: 4,
  add: 5,
  seven: 1,
  makePair: 1,
  onePair: 1,
  wide: 1,
  counted: 1,
  setErrno: 3,
  setErrnoOnly: 1,
  pairAndErrno: 1,
  noErrno: 2,
  fill: 1,
  sum: 1,
  strlen: 1,
  free: 5,
  'C.malloc': 1,
  callBack: 1,
  callNest: 4,
  after: 1,
  quick: 1,
  COMPUTED: 2,
  NOTHING: 1,
  fillLarge: 1,
  turn: 1,
  lastOf: 1,
  callPicked: 1,
  pick: 1,
  next: 1,
  invert: 1,
  errno_: 1,
  _cgo_cmalloc: 1,
  'second.add': 1,
  'second.add2': 1,
};
/** C.CString and C.CBytes cross into malloc. The others copy into Go and cross nothing. */
const COPIES_IN = { 'C.CString': 2, 'C.CBytes': 1 };
const COPIES_OUT = { 'C.GoString': 1, 'C.GoStringN': 1, 'C.GoBytes': 1 };
const CALLBACKS = { goBack: 7, goNest: 4 };

let lab: Laboratory;
let bare: string;
let probed: string;

beforeAll(async () => {
  lab = new Laboratory();
  bare = await lab.build('bare');
  probed = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

describe('a program that calls C in every form', () => {
  it('answers the same bare, with the probe off, counting and on', async () => {
    const answer = await lab.run(bare, ['all']);
    const off = await lab.run(probed, ['all']);
    const switchedOff = await lab.watch(probed, ['all'], { SEAMARK_PROBE: 'off' });
    const counting = await lab.watch(probed, ['all'], { SEAMARK_PROBE: 'counters' });
    const on = await lab.watch(probed, ['all']);
    for (const run of [off, switchedOff, counting, on]) expect(run.stdout).toBe(answer.stdout);
    expect(answer.stdout).toContain('callbacks: 42 7 4 42');
  });

  it('has every crossing of every form counted, and no other', async () => {
    const { map, calls } = await lab.watch(probed, ['all']);
    expect(countsOf(map)).toEqual(CALLS);
    expect(countsOf(map, 'callback')).toEqual(CALLBACKS);
    expect(countsOf(map, 'copy')).toEqual({ ...COPIES_IN, ...COPIES_OUT });
    expect(sumOf(CALLS) + sumOf(COPIES_IN)).toBe(calls);
    expect(map.unpatched).toEqual([]);
  });

  it('has the same counts when only counted, and no time at all', async () => {
    const { map, folder } = await lab.watch(probed, ['all'], { SEAMARK_PROBE: 'counters' });
    expect(countsOf(map)).toEqual(CALLS);
    expect(countsOf(map, 'callback')).toEqual(CALLBACKS);
    expect(countsOf(map, 'copy')).toEqual({ ...COPIES_IN, ...COPIES_OUT });
    expect(map.countsOnly).toBe(true);
    expect(map.foreignS).toBe(0);
    expect(folder.files[0]!.file.lanes.every((lane) => lane.usedSlots === 0)).toBe(true);
  });

  it('counts an error where the errno form saw one, and only there', async () => {
    const { map } = await lab.watch(probed, ['all']);
    const errors = Object.fromEntries(
      map.sites.filter((site) => site.errors > 0).map((site) => [site.site, site.errors]),
    );
    expect(errors).toEqual({ setErrno: 2, setErrnoOnly: 1, pairAndErrno: 1 });
  });

  it('shows where each site is first used', async () => {
    const { map } = await lab.watch(probed, ['all']);
    const where = (symbol: string) =>
      map.sites.find((one) => one.site === symbol && one.package === 'example.com/forms')?.where;
    const lines = readFileSync(path.join(lab.source, 'plain.go'), 'utf8').split('\n');
    expect(where('add')).toBe(`plain.go:${lines.findIndex((line) => line.includes('C.add(')) + 1}`);
    const unusual = readFileSync(path.join(lab.source, 'unusual.go'), 'utf8').split('\n');
    expect(where('COMPUTED')).toBe(`unusual.go:${unusual.findIndex((line) => line.includes('C.COMPUTED')) + 1}`);
    const back = readFileSync(path.join(lab.source, 'back.go'), 'utf8').split('\n');
    expect(where('goBack')).toBe(`back.go:${back.indexOf('//export goBack') + 1}`);
  });

  it('keeps a believable record of every crossing of a short run, children naming their parents', async () => {
    const { folder, map } = await lab.watch(probed, ['all']);
    const scan = scanSites(folder.files[0]!.file);
    expect(scan.skipped).toEqual({ 'open-record': 0, 'torn-record': 0, 'unknown-site': 0, 'disordered-record': 0 });
    expect(scan.sites.reduce((sum, site) => sum + site.records, 0)).toBe(
      sumOf(CALLS) + sumOf(CALLBACKS) + sumOf(COPIES_IN) + sumOf(COPIES_OUT),
    );
    expect(map.sites.every((site) => site.dropped === 0)).toBe(true);
  });

  it('crosses nothing without a word when the record folder is not there', async () => {
    const answer = await lab.run(bare, ['all']);
    const lost = await lab.run(probed, ['all'], { SEAMARK_RECORDS: path.join(lab.work, 'no', 'such', 'folder.rec') });
    expect(lost.stdout).toBe(answer.stdout);
  });

  it('uses the clock of the system where the counter is not to be trusted', async () => {
    const { map, folder } = await lab.watch(probed, ['all'], { SEAMARK_CLOCK: 'os' });
    expect(countsOf(map)).toEqual(CALLS);
    expect(map.clock.kind).toBe('os');
    expect(clockRate(folder.files[0]!.file.header)?.ticksPerSecond).toBe(1e9);
    expect(map.sites.every((site) => site.total.mean > 0 && site.total.mean < 1)).toBe(true);
  });

  it('writes the file that was named, with the process in its name, and a second one beside it', async () => {
    const folder = lab.makeFolder();
    for (let run = 0; run < 2; run++) await lab.run(probed, ['all'], { SEAMARK_RECORDS: path.join(folder, 'one.rec') });
    await lab.run(probed, ['all'], { SEAMARK_RECORDS: path.join(folder, 'at-%p.rec') });
    expect(lab.see(folder).recordFiles).toHaveLength(3);
    expect(
      lab.see(folder).recordFiles.filter((name) => /^(one\.rec|one\.rec\.\d+|at-\d+\.rec)$/.test(name)),
    ).toHaveLength(3);
    expect(countsOf(lab.see(folder).map).add).toBe(15);
  });
});

describe('callbacks', () => {
  it('lie inside their call, whose time counts them once', async () => {
    const { map } = await lab.watch(probed, ['deep', '40']);
    expect(countsOf(map)).toEqual({ callNest: 41, after: 1 });
    expect(countsOf(map, 'callback')).toEqual({ goNest: 41 });
    const outermost = Math.max(...map.sites.map((site) => site.total.mean * site.crossings));
    expect(map.foreignS).toBeGreaterThan(0);
    expect(map.foreignS).toBeLessThan(outermost);
    expect(map.foreignS).toBeLessThanOrEqual(map.wallS);
  });

  it('may move the stack that the call stands on', async () => {
    const answer = await lab.run(bare, ['grow']);
    const seen = await lab.watch(probed, ['grow']);
    expect(seen.stdout).toBe(answer.stdout);
    expect(countsOf(seen.map)).toEqual({ callGrow: 48, after: 48 });
    expect(countsOf(seen.map, 'callback')).toEqual({ goGrow: 48 });
  });

  it('may be left by a panic: those crossings stay open, the next are whole', async () => {
    const answer = await lab.run(bare, ['panic']);
    const { stdout, map, folder } = await lab.watch(probed, ['panic']);
    expect(stdout).toBe(answer.stdout);
    expect(countsOf(map)).toEqual({ callPanic: 2, after: 1, callBack: 1 });
    expect(countsOf(map, 'callback')).toEqual({ goPanic: 2, goBack: 2 });
    expect(map.sites.filter((site) => site.unfinished).map((site) => [site.site, site.unfinished])).toEqual(
      expect.arrayContaining([
        ['callPanic', 2],
        ['goPanic', 2],
      ]),
    );
    const after = sumTotals(folder.files[0]!.file).find((totals) => totals.site.symbol === 'callBack')!;
    expect(after.nested).toBeGreaterThan(0);
    expect(after.nested).toBeLessThan(after.callee);
  });

  it('come from threads that C made as well', async () => {
    const { stdout, map } = await lab.watch(probed, ['foreign', '500']);
    expect(stdout).toBe('foreign: 4000');
    expect(countsOf(map, 'callback')).toEqual({ goBack: 4000 });
  });
});

describe('many threads', () => {
  it('have ten million crossings from 32 goroutines counted to the last', async () => {
    const { stdout, map, calls } = await lab.watch(probed, ['threads', '312500']);
    expect(stdout).toBe('threads: 10000000');
    expect(countsOf(map)).toEqual({ after: 10_000_000 });
    expect(calls).toBe(10_000_000);
    const [site] = map.sites;
    expect(site!.recorded).toBeGreaterThan(1000);
    expect(site!.recorded + site!.dropped).toBe(10_000_000);
  });

  it('have a sampled distribution that stands for all of them', async () => {
    const { folder, map } = await lab.watch(probed, ['threads', '31250'], { SEAMARK_RECORDS_PER_LANE: '1024' });
    const scan = scanSites(folder.files[0]!.file).sites.find((site) => site.records > 0)!;
    expect(map.sites[0]!.crossings).toBe(1_000_000);
    // Each lane's last record stands for crossings it can't be sure of: a few per cent of a million, not more.
    expect(scan.total.count).toBeGreaterThan(700_000);
    expect(scan.total.count).toBeLessThan(1_300_000);
  });
});

describe('the end of a process', () => {
  it('is seen though Go runs nothing of C at its end', async () => {
    const { folder, map } = await lab.watch(probed, ['threads', '20000']);
    const { header } = folder.files[0]!.file;
    expect(header.tripleCount).toBeGreaterThanOrEqual(2);
    expect(header.endNs).toBeGreaterThan(header.startNs);
    expect(map.foreignS).toBeGreaterThan(0);
  });

  it('may be a kill: the file holds what was there until then', async () => {
    const records = lab.makeFolder();
    const child = spawn(probed, ['hang'], {
      env: { ...process.env, SEAMARK_RECORDS: records },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout!, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { map, folder } = lab.see(records);
    expect(folder.refused).toEqual([]);
    expect(countsOf(map).after).toBe(1000);
    expect(map.sites.find((site) => site.site === 'sleepLong')?.unfinished).toBe(1);
  });
});
